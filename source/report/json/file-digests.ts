import { type FileTree, IMPLIED_DIRECTORY, type LayerFiles, REMOVED } from '../../filetree/file-tree.ts';
import { DIGEST_BYTES, FILE } from '../../tar/changeset.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import { listedChanges } from './change-rows.ts';

/** The regular files that a report lists of a layer, in the order of the rows: those of the changes, then those that are superseded. */
export function listedFiles(tree: FileTree, layerIndex: number, superseded: Uint32Array): LayerFiles {
	const { kinds } = tree.changesets[layerIndex];
	const changes = listedChanges(tree, layerIndex).filter((change) => leavesFile(tree, change));
	const files = superseded.filter((entry) => kinds[entry] === FILE);
	const entries = new Uint32Array(changes.length + files.length);
	for (let index = 0; index < changes.length; index++) entries[index] = tree.changeEntries[changes[index]];
	entries.set(files, changes.length);
	return { layerIndex, entries };
}

/** Whether a change leaves a regular file there, which has a digest in its row. */
export function leavesFile(tree: FileTree, change: number): boolean {
	const entry = tree.changeEntries[change];
	if (tree.changeKindCodes[change] === REMOVED || entry === IMPLIED_DIRECTORY) return false;
	return tree.changesets[tree.changeLayers[change]].kinds[entry] === FILE;
}

const digestKey = byteConstant(',"sha256":"');
const QUOTE = 0x22;
const hexDigits = Buffer.from('0123456789abcdef');

/** Whether there are zeros for a digest, as there are for a sparse file with too many holes. */
function isNone(digests: Uint8Array, position: number): boolean {
	for (let index = position; index < position + DIGEST_BYTES; index++) if (digests[index] !== 0) return false;
	return true;
}

/** Returns a function that appends the digest of the next file to its row: `DIGEST_BYTES` a file, in the order of the rows. */
export function digestAppender(digests: Uint8Array): (buffer: ByteBuffer) => void {
	let position = 0;
	return (buffer) => {
		const end = position + DIGEST_BYTES;
		if (isNone(digests, position)) {
			position = end;
			return;
		}
		buffer.append(digestKey);
		for (; position < end; position++) {
			buffer.appendByte(hexDigits[digests[position] >> 4]);
			buffer.appendByte(hexDigits[digests[position] & 15]);
		}
		buffer.appendByte(QUOTE);
	};
}
