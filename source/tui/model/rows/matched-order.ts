import type { Comparison } from '../../../filetree/comparison.ts';
import { type ChildOrder, childOrder, nextOf, type Sorting, sizeBy } from './child-order.ts';
import { isInMatch, type RowRules } from './row-rules.ts';

/**
 * The order of siblings while a filter is on: that of `sums`, in which directories are as large as what matches below them. Above matches,
 * nodes without a row are left out.
 */
export function matchedOrder(rules: RowRules, sums: Comparison, sorting: Sorting): ChildOrder {
	const whole = childOrder(rules.comparison, { ...sorting, isReversed: false });
	const inMatch = childOrder(rules.comparison, sorting);
	if (sorting.order === 'name') return inMatch;
	const known = new Map<number, Int32Array>();
	return {
		children(directory) {
			if (isInMatch(rules, directory)) return inMatch.children(directory);
			let nodes = known.get(directory);
			if (nodes === undefined) {
				nodes = markedChildren(rules, sums, { whole, sorting, directory });
				known.set(directory, nodes);
			}
			return nextOf(nodes, sorting.isReversed);
		},
	};
}

interface Marked {
	/** The largest first, whatever matches: of files that is the order of matches too, so that only directories are sorted anew. */
	readonly whole: ChildOrder;
	readonly sorting: Sorting;
	readonly directory: number;
}

function markedChildren(
	{ comparison, marks }: RowRules,
	sums: Comparison,
	{ whole, sorting, directory }: Marked,
): Int32Array {
	const { innerNumbers } = comparison;
	const files: number[] = [];
	const directories: number[] = [];
	const next = whole.children(directory);
	for (let node = next(); node !== -1; node = next())
		if (marks === null || marks[node] !== 0) (innerNumbers[node] < 0 ? files : directories).push(node);
	const bytesOf = (node: number) => sizeBy(sums, sorting.order, node);
	const compare = (left: number, right: number) => bytesOf(right) - bytesOf(left) || left - right;
	directories.sort(compare);
	const merged = new Int32Array(files.length + directories.length);
	let [file, at] = [0, 0];
	for (let index = 0; index < merged.length; index++) {
		const isFile =
			at === directories.length || (file < files.length && compare(files[file], directories[at]) < 0);
		merged[index] = isFile ? files[file++] : directories[at++];
	}
	return merged;
}
