import type { FileTree } from '../../filetree/file-tree.ts';
import { inParts, type Steps } from '../../steps.ts';
import { type Changeset, DIRECTORY, FILE, SYMLINK } from '../../tar/changeset.ts';
import { sumOfColumn } from '../sum-of.ts';

/** A header takes one block of a tar, and content takes whole ones (POSIX pax, "ustar Interchange Format"). */
export const TAR_BLOCK_BYTES = 512;

/** A block of the file systems that engines mostly keep layers on. */
const DISK_BLOCK_BYTES = 4096;
/** ext4 keeps the target of a shorter symlink in its inode. */
const LONG_TARGET = 60;

/** What layers take beside the content of their files. */
export interface PackedBytes {
	/** The number of entries' headers. */
	readonly headers: number;
	/** Bytes between the end of each content and the end of its last block in the tar. */
	readonly padding: number;
	/** The holes of sparse files, bytes, which a tar does not have. */
	readonly holes: number;
	/** The lengths of the targets of the symlinks that each layer leaves. */
	readonly symlinkTargets: number;
	/** About what the layers take when each is unpacked into a folder of its own. */
	readonly diskBytes: number;
}

const ENTRIES_A_STEP = 8192;

/** Adds up all layers. */
export function* packedBytesOf(tree: FileTree): Steps<PackedBytes> {
	const sum = { headers: 0, padding: 0, holes: 0, symlinkTargets: 0, diskBytes: 0 };
	for (const [layerIndex, changeset] of tree.changesets.entries()) {
		sum.headers += changeset.headerCount;
		const holes = holesOf(changeset);
		sum.holes += sumOfColumn(Float64Array.from(holes.values()));
		yield* inParts(changeset.count, ENTRIES_A_STEP, (from, to) => {
			for (let entry = from; entry < to; entry++) {
				const bytes = changeset.sizes[entry] - (holes.get(entry) ?? 0);
				if (changeset.kinds[entry] === FILE) sum.padding += upTo(TAR_BLOCK_BYTES, bytes) - bytes;
			}
		});
		const left = tree.layerChanges.subarray(
			tree.layerChangeStarts[layerIndex],
			tree.layerChangeStarts[layerIndex + 1],
		);
		yield* inParts(left.length, ENTRIES_A_STEP, (from, to) => {
			for (const change of left.subarray(from, to)) {
				const entry = tree.changeEntries[change];
				const kind = entry < 0 ? null : changeset.kinds[entry];
				if (kind === SYMLINK) {
					const length = targetLength(changeset, entry);
					sum.symlinkTargets += length;
					if (length >= LONG_TARGET) sum.diskBytes += DISK_BLOCK_BYTES;
				} else if (kind === DIRECTORY) sum.diskBytes += DISK_BLOCK_BYTES;
				else if (kind === FILE)
					sum.diskBytes += upTo(DISK_BLOCK_BYTES, changeset.sizes[entry] - (holes.get(entry) ?? 0));
			}
		});
	}
	return sum;
}

/** The bytes of the holes of each sparse entry. */
function holesOf({ sparse, sizes }: Changeset): ReadonlyMap<number, number> {
	const holes = new Map<number, number>();
	if (sparse === null) return holes;
	for (const [file, entry] of sparse.entries.entries()) {
		const lengths = sparse.lengths.subarray(file === 0 ? 0 : sparse.ends[file - 1], sparse.ends[file]);
		holes.set(entry, sizes[entry] - sumOfColumn(lengths));
	}
	return holes;
}

function targetLength({ targets }: Changeset, entry: number): number {
	return targets.ends[entry] - (entry === 0 ? 0 : targets.ends[entry - 1]);
}

function upTo(block: number, bytes: number): number {
	return Math.ceil(bytes / block) * block;
}
