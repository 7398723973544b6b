import { type FileTree, type WasteCause, wasteCauses } from '../filetree/file-tree.ts';
import type { WastedPath } from './analysis.ts';

/** Gathers the dead inodes by the path that carried them: most bytes first, then in path order. */
export function findWastedPaths({ waste }: FileTree): readonly WastedPath[] {
	const order = Uint32Array.from({ length: waste.count }, (_, index) => index);
	order.sort((left, right) => waste.nodes[left] - waste.nodes[right] || left - right);
	const paths: WastedPath[] = [];
	for (let from = 0; from < order.length; ) {
		let to = from + 1;
		while (to < order.length && waste.nodes[order[to]] === waste.nodes[order[from]]) to += 1;
		paths.push(gather(waste, order.subarray(from, to)));
		from = to;
	}
	return paths.sort((left, right) => right.bytes - left.bytes || left.node - right.node);
}

function gather(waste: FileTree['waste'], indices: Uint32Array): WastedPath {
	const causes = new Set<WasteCause>();
	const shippedIn = new Set<number>();
	const culprits = new Set<number>();
	let bytes = 0;
	for (const index of indices) {
		bytes += waste.bytes[index];
		causes.add(wasteCauses[waste.causes[index]]);
		shippedIn.add(waste.layers[index]);
		culprits.add(waste.culprits[index]);
	}
	return {
		node: waste.nodes[indices[0]],
		bytes,
		copies: indices.length,
		causes: wasteCauses.filter((cause) => causes.has(cause)),
		shippedIn: ascending(shippedIn),
		culprits: ascending(culprits),
	};
}

function ascending(numbers: ReadonlySet<number>): readonly number[] {
	return [...numbers].sort((left, right) => left - right);
}
