import { bytesAt, type Comparison } from '../../../filetree/comparison.ts';

export type SortOrder = 'name' | 'size';

/** Gives the children of a directory one after the other, then -1. */
export type NextChild = () => number;

/** The order of siblings in one comparison. */
export interface ChildOrder {
	readonly children: (directory: number) => NextChild;
}

export function childOrder(comparison: Comparison, order: SortOrder): ChildOrder {
	return order === 'name' ? nameOrder(comparison) : sizeOrder(comparison);
}

/** The children of directories by size, for each comparison. A directory is sorted when it is first opened. */
const sortedChildren = new WeakMap<Comparison, Map<number, Int32Array>>();

function nameOrder({ tree }: Comparison): ChildOrder {
	return {
		children(directory) {
			const end = tree.subtreeEnds[directory];
			let next = directory + 1;
			return () => {
				if (next >= end) return -1;
				const child = next;
				next = tree.subtreeEnds[child];
				return child;
			};
		},
	};
}

function sizeOrder(comparison: Comparison): ChildOrder {
	const sorted = sortedChildren.get(comparison) ?? new Map<number, Int32Array>();
	sortedChildren.set(comparison, sorted);
	const byName = nameOrder(comparison);
	return {
		children(directory) {
			let nodes = sorted.get(directory);
			if (nodes === undefined) {
				nodes = largestFirst(comparison, byName.children(directory));
				sorted.set(directory, nodes);
			}
			let index = 0;
			const found = nodes;
			return () => (index < found.length ? found[index++] : -1);
		},
	};
}

function largestFirst(comparison: Comparison, next: NextChild): Int32Array {
	const children: { readonly node: number; readonly bytes: number }[] = [];
	for (let node = next(); node !== -1; node = next())
		children.push({ node, bytes: bytesAt(comparison, node) });
	children.sort((left, right) => right.bytes - left.bytes || left.node - right.node);
	return Int32Array.from(children, ({ node }) => node);
}
