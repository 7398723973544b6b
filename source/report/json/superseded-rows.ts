import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { DIRECTORY, entryKinds, FILE, WHITEOUT } from '../../tar/changeset.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import type { PathBytes } from './path-bytes.ts';

/** Where the entries of an image belong. */
export interface PlacedEntries {
	readonly tree: FileTree;
	/** The node of each entry, layer by layer. */
	readonly entryNodes: readonly Int32Array[];
}

/**
 * The entries of a layer that a later entry of the same layer took the place of, in the order of the tar. Directories are left out: nothing
 * is left of them.
 */
export function supersededEntries({ tree, entryNodes }: PlacedEntries, layerIndex: number): Uint32Array {
	const { layerChanges, layerChangeStarts, changeEntries } = tree;
	const { kinds } = tree.changesets[layerIndex];
	const { length } = entryNodes[layerIndex];
	const isLeft = new Uint8Array(length);
	for (let index = layerChangeStarts[layerIndex]; index < layerChangeStarts[layerIndex + 1]; index++) {
		const entry = changeEntries[layerChanges[index]];
		if (entry >= 0) isLeft[entry] = 1;
	}
	const superseded: number[] = [];
	for (let entry = 0; entry < length; entry++)
		if (isLeft[entry] === 0 && kinds[entry] < WHITEOUT && kinds[entry] !== DIRECTORY) superseded.push(entry);
	return Uint32Array.from(superseded);
}

/** The position of an entry in an ascending list; NO_ENTRY where it is not there. */
export function positionIn(entries: Uint32Array, entry: number): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (entries[middle] < entry) low = middle + 1;
		else high = middle;
	}
	return entries[low] === entry ? low : NO_ENTRY;
}

const pathKey = byteConstant('{"path":"');
const typeKeys = entryKinds.map((type) => byteConstant(`","type":"${type}","sizeBytes":`));
const CLOSING_BRACE = 0x7d;

export interface SupersededRows extends PlacedEntries {
	readonly paths: PathBytes;
	readonly layerIndex: number;
	/** Appends the digest of the next file; null without digests. */
	readonly appendDigest: ((buffer: ByteBuffer) => void) | null;
}

/** Returns a function that appends the row of one superseded entry. */
export function supersededRowWriter({
	tree,
	entryNodes,
	paths,
	layerIndex,
	appendDigest,
}: SupersededRows): (entry: number, buffer: ByteBuffer) => void {
	const { kinds, sizes } = tree.changesets[layerIndex];
	return (entry, buffer) => {
		buffer.append(pathKey);
		paths.append(buffer, entryNodes[layerIndex][entry]);
		buffer.append(typeKeys[kinds[entry]]);
		buffer.appendNumber(sizes[entry]);
		if (kinds[entry] === FILE) appendDigest?.(buffer);
		buffer.appendByte(CLOSING_BRACE);
	};
}
