import { ATTRIBUTES_DIGEST_BYTES, type Changeset } from '../tar/changeset.ts';
import type { Warning } from '../warning.ts';
import type { ChangeAttributes, FileTree } from './file-tree.ts';
import type { StackedImage } from './stacked-image.ts';

/** What is stored beside the columns of a tree, as JSON. */
interface StoredFacts {
	readonly version: typeof STACKING_VERSION;
	readonly warnings: readonly Warning[];
}

/** Has to grow when stacking gives another result for the same layers. */
const STACKING_VERSION = 2;

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A stacked image less its changesets, as bytes: facts as JSON, then the columns as they lie in memory, which are not copied. */
export function storedTree({ tree, entryNodes, warnings }: StackedImage): readonly Uint8Array[] {
	const facts: StoredFacts = { version: STACKING_VERSION, warnings };
	const { names, links, waste } = tree;
	const columns: readonly Column[] = [
		tree.parents,
		tree.subtreeEnds,
		names.bytes,
		names.ends,
		tree.changeStarts,
		tree.changeLayers,
		tree.changeKindCodes,
		tree.changeEntries,
		tree.changeBytes,
		tree.changeContents,
		tree.layerChanges,
		tree.layerChangeStarts,
		links.changes,
		links.layers,
		links.entries,
		waste.nodes,
		waste.bytes,
		waste.layers,
		waste.culprits,
		waste.causes,
		joined(entryNodes),
		tree.changeAttributes?.numbers ?? new Uint32Array(0),
		tree.changeAttributes?.digests ?? new Uint8Array(0),
	];
	const bytes = columns.map(
		({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
	);
	return [Buffer.from(JSON.stringify(facts)), ...bytes];
}

function joined(columns: readonly Int32Array[]): Int32Array {
	const all = new Int32Array(columns.reduce((sum, { length }) => sum + length, 0));
	let position = 0;
	for (const column of columns) {
		all.set(column, position);
		position += column.length;
	}
	return all;
}

const PART_COUNT = 24;

/**
 * The stacked image that was stored for these changesets, lowest first; null where the parts are of another version or do not fit. Each
 * part has a buffer of its own, which becomes a column.
 */
export function restoredTree(
	parts: readonly Uint8Array[],
	changesets: readonly Changeset[],
): StackedImage | null {
	if (parts.length !== PART_COUNT) return null;
	const facts: StoredFacts = JSON.parse(Buffer.from(parts[0]).toString('utf8'));
	if (facts.version !== STACKING_VERSION) return null;
	const tree = treeOf(parts, changesets);
	const entryNodes = new Int32Array(parts[21].buffer);
	if (!fits(tree, entryNodes)) return null;
	return { tree, entryNodes: splitByLayer(entryNodes, changesets), warnings: facts.warnings };
}

function splitByLayer(entryNodes: Int32Array, changesets: readonly Changeset[]): readonly Int32Array[] {
	let end = 0;
	return changesets.map(({ count }) => {
		end += count;
		return entryNodes.subarray(end - count, end);
	});
}

function treeOf(parts: readonly Uint8Array[], changesets: readonly Changeset[]): FileTree {
	const [, parents, subtreeEnds, nameBytes, nameEnds, changeStarts, changeLayers, changeKindCodes] = parts;
	const [changeEntries, changeBytes, changeContents, layerChanges, layerChangeStarts] = parts.slice(8);
	const [linkChanges, linkLayers, linkEntries] = parts.slice(13);
	const [nodes, bytes, layers, culprits, causes] = parts.slice(16);
	return {
		nodeCount: parents.length / 4,
		layerCount: changesets.length,
		parents: new Int32Array(parents.buffer),
		subtreeEnds: new Uint32Array(subtreeEnds.buffer),
		names: { bytes: nameBytes, ends: new Uint32Array(nameEnds.buffer) },
		changeStarts: new Uint32Array(changeStarts.buffer),
		changeLayers: new Uint16Array(changeLayers.buffer),
		changeKindCodes,
		changeEntries: new Int32Array(changeEntries.buffer),
		changeBytes: new Float64Array(changeBytes.buffer),
		changeContents: new Uint32Array(changeContents.buffer),
		changeAttributes: attributesOf(parts[22], parts[23]),
		layerChanges: new Uint32Array(layerChanges.buffer),
		layerChangeStarts: new Uint32Array(layerChangeStarts.buffer),
		links: {
			changes: new Uint32Array(linkChanges.buffer),
			layers: new Uint16Array(linkLayers.buffer),
			entries: new Int32Array(linkEntries.buffer),
		},
		changesets,
		waste: {
			count: nodes.length / 4,
			nodes: new Int32Array(nodes.buffer),
			bytes: new Float64Array(bytes.buffer),
			layers: new Uint16Array(layers.buffer),
			culprits: new Uint16Array(culprits.buffer),
			causes,
		},
	};
}

function attributesOf(numbers: Uint8Array, digests: Uint8Array): ChangeAttributes | null {
	return digests.length === 0 ? null : { numbers: new Uint32Array(numbers.buffer), digests };
}

/** Whether all columns are as long as they have to be, and the entries are those of the changesets. */
function fits(tree: FileTree, entryNodes: Int32Array): boolean {
	const { nodeCount, layerCount, links, waste, changesets } = tree;
	const changeCount = tree.changeLayers.length;
	const entryCount = changesets.reduce((sum, { count }) => sum + count, 0);
	return (
		[tree.subtreeEnds, tree.names.ends].every(({ length }) => length === nodeCount) &&
		tree.names.ends.at(-1) === tree.names.bytes.length &&
		tree.changeStarts.length === nodeCount + 1 &&
		tree.changeStarts.at(-1) === changeCount &&
		[
			tree.changeKindCodes,
			tree.changeEntries,
			tree.changeBytes,
			tree.changeContents,
			tree.layerChanges,
		].every(({ length }) => length === changeCount) &&
		areAttributesSound(tree.changeAttributes, changeCount) &&
		tree.layerChangeStarts.length === layerCount + 1 &&
		tree.layerChangeStarts.at(-1) === changeCount &&
		[links.layers, links.entries].every(({ length }) => length === links.changes.length) &&
		[waste.bytes, waste.layers, waste.culprits, waste.causes].every(({ length }) => length === waste.count) &&
		entryNodes.length === entryCount
	);
}

function areAttributesSound(attributes: ChangeAttributes | null, changeCount: number): boolean {
	if (attributes === null) return true;
	const most = attributes.digests.length / ATTRIBUTES_DIGEST_BYTES;
	return attributes.numbers.length === changeCount && attributes.numbers.every((number) => number <= most);
}
