import { type FileTree, IMPLIED_DIRECTORY, type LayerFiles, REMOVED } from '../../filetree/file-tree.ts';
import { DIGEST_BYTES, FILE } from '../../tar/changeset.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import type { ReportInput } from '../reporter.ts';
import { listedChanges } from './change-rows.ts';

/** The SHA-256 of the files that a report lists, by layer: `DIGEST_BYTES` a file in the order of the rows. */
export function digestsOfChanges(
	{ tree, contents }: ReportInput,
	signal: AbortSignal | undefined,
): Promise<readonly Uint8Array[]> {
	const layers = tree.changesets.map((_, layerIndex) => changedFiles(tree, layerIndex));
	return contents.digests(layers, signal);
}

/** Whether a change leaves a regular file there, which has a digest in its row. */
function leavesFile(tree: FileTree, change: number): boolean {
	const entry = tree.changeEntries[change];
	if (tree.changeKindCodes[change] === REMOVED || entry === IMPLIED_DIRECTORY) return false;
	return tree.changesets[tree.changeLayers[change]].kinds[entry] === FILE;
}

function changedFiles(tree: FileTree, layerIndex: number): LayerFiles {
	const changes = listedChanges(tree, layerIndex).filter((change) => leavesFile(tree, change));
	return { layerIndex, entries: changes.map((change) => tree.changeEntries[change]) };
}

const digestKey = byteConstant(',"sha256":"');
const QUOTE = 0x22;
const hexDigits = Buffer.from('0123456789abcdef');

/** Whether there are zeros for a digest, as there are for a sparse file with too many holes. */
function isNone(digests: Uint8Array, position: number): boolean {
	for (let index = position; index < position + DIGEST_BYTES; index++) if (digests[index] !== 0) return false;
	return true;
}

/** Returns a function that appends the digest of each file of a layer to its row. It expects the rows in their order. */
export function digestAppender(
	tree: FileTree,
	digests: Uint8Array,
): (change: number, buffer: ByteBuffer) => void {
	let position = 0;
	return (change, buffer) => {
		if (!leavesFile(tree, change)) return;
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
