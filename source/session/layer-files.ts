import { discard, StringColumnBuilder } from '../columns/grow.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { FileColumns, FilesToRead } from '../sources/facts/read-facts.ts';
import { inParts, type Steps } from '../steps.ts';
import { FILE } from '../tar/changeset.ts';

const NODES_A_STEP = 4096;
const PATHS_A_STEP = 1024;
const PATH_BYTES = 80;
const SLASH = 0x2f;

/** The regular files that layers (0-based) have, sparse ones left out: as `readFacts` takes them. */
export function* filesOfLayers(tree: FileTree, layers: readonly number[]): Steps<readonly FilesToRead[]> {
	const { nodeCount, changeStarts, changeLayers, changeEntries, changesets } = tree;
	const nodes = new Map<number, Int32Array>();
	for (const layer of layers) nodes.set(layer, new Int32Array(changesets[layer].count).fill(-1));
	yield* inParts(nodeCount, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++)
			for (let change = changeStarts[node]; change < changeStarts[node + 1]; change++) {
				const entry = changeEntries[change];
				if (entry >= 0) nodes.get(changeLayers[change])?.fill(node, entry, entry + 1);
			}
	});
	return [...nodes].map(([layer, nodesOfLayer]) => filesOfLayer(tree, layer, nodesOfLayer));
}

/** `nodeOf` has the node of each entry that a path was left as by the layer; -1 for any other. */
function filesOfLayer(tree: FileTree, layerIndex: number, nodeOf: Int32Array): FilesToRead {
	const { kinds, sizes, sparse } = tree.changesets[layerIndex];
	for (const entry of sparse?.entries ?? []) nodeOf[entry] = -1;
	let count = 0;
	for (let entry = 0; entry < nodeOf.length; entry++) {
		if (nodeOf[entry] >= 0 && kinds[entry] === FILE) count += 1;
		else nodeOf[entry] = -1;
	}
	const entries = new Uint32Array(count);
	const nodes = new Int32Array(count);
	let filled = 0;
	for (let entry = 0; entry < nodeOf.length; entry++) {
		if (nodeOf[entry] === -1) continue;
		entries[filled] = entry;
		nodes[filled++] = nodeOf[entry];
	}
	discard(nodeOf);
	return {
		layerIndex,
		count,
		sizeOf: (file) => sizes[entries[file]],
		columns: (from, to) =>
			columnsOf(tree, { layerIndex, nodes: nodes.subarray(from, to), entries: entries.slice(from, to) }),
		discard: () => {
			discard(entries);
			discard(nodes);
		},
	};
}

interface PlacedFiles {
	readonly layerIndex: number;
	readonly nodes: Int32Array;
	readonly entries: Uint32Array;
}

function* columnsOf(tree: FileTree, { layerIndex, nodes, entries }: PlacedFiles): Steps<FileColumns> {
	const { positions, sizes, modes } = tree.changesets[layerIndex];
	const paths = new StringColumnBuilder({ strings: entries.length, bytes: entries.length * PATH_BYTES });
	yield* inParts(entries.length, PATHS_A_STEP, (from, to) => {
		for (let file = from; file < to; file++) pushPath(paths, tree, nodes[file]);
	});
	return {
		entries,
		paths: paths.finish(),
		positions: Float64Array.from(entries, (entry) => positions[entry]),
		sizes: Float64Array.from(entries, (entry) => sizes[entry]),
		modes: Uint16Array.from(entries, (entry) => modes[entry]),
	};
}

/** Writes the path of a node, from its end to its start. */
function pushPath(paths: StringColumnBuilder, { parents, names }: FileTree, node: number): void {
	const startOf = (index: number): number => (index === 0 ? 0 : names.ends[index - 1]);
	let length = -1;
	for (let current = node; current > 0; current = parents[current])
		length += names.ends[current] - startOf(current) + 1;
	const { bytes, start } = paths.open(Math.max(0, length));
	let end = start + length;
	for (let current = node; current > 0; current = parents[current]) {
		const from = startOf(current);
		end -= names.ends[current] - from;
		for (let index = from; index < names.ends[current]; index++)
			bytes[end + index - from] = names.bytes[index];
		if (end > start) bytes[--end] = SLASH;
	}
	paths.close(start + Math.max(0, length));
}
