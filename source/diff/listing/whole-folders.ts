import { inParts, type Steps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import { differingBytesAt } from './differing-path.ts';
import { type DifferenceKind, differenceKinds } from './file-differences.ts';

/** A folder that was added or removed, with all that is listed in it. */
export interface WholeFolder {
	/** How many rows of the differences it stands for: its own, and those right behind it. */
	readonly rows: number;
	/** Everything in it but directories. */
	readonly files: number;
	readonly bytes: number;
}

interface OpenFolder {
	readonly row: number;
	readonly end: number;
	readonly kind: DifferenceKind;
	isWhole: boolean;
	files: number;
	bytes: number;
}

const ROWS_A_STEP = 1024;
/** One file says more by its own name. */
const LEAST_FILES = 2;

/**
 * The folders that can be listed in place of what is in them, by their row: those in which all rows are of the folder's own kind. One may be
 * in another.
 */
export function* findWholeFolders(difference: ImageDifference): Steps<ReadonlyMap<number, WholeFolder>> {
	const { tree, files } = difference;
	const found = new Map<number, WholeFolder>();
	const open: OpenFolder[] = [];
	const close = (endRow: number): void => {
		const folder = open.pop() as OpenFolder;
		const above = open.at(-1);
		if (above !== undefined) {
			above.files += folder.files;
			above.bytes += folder.bytes;
			if (!folder.isWhole || folder.kind !== above.kind) above.isWhole = false;
		}
		if (!folder.isWhole || folder.files < LEAST_FILES) return;
		found.set(folder.row, { rows: endRow - folder.row, files: folder.files, bytes: folder.bytes });
	};
	yield* inParts(files.count, ROWS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			const node = files.nodes[row];
			while (open.length > 0 && open[open.length - 1].end <= node) close(row);
			const kind = differenceKinds[files.kinds[row]];
			const above = open.at(-1);
			if (above !== undefined && kind !== above.kind) above.isWhole = false;
			if (files.isDirectory[row] === 1) {
				const isWhole = kind === 'added' || kind === 'removed';
				open.push({ row, end: tree.subtreeEnds[node], kind, isWhole, files: 0, bytes: 0 });
			} else if (above !== undefined) {
				const { oldBytes, newBytes } = differingBytesAt(difference, row);
				above.files += 1;
				above.bytes += (oldBytes ?? 0) + (newBytes ?? 0);
			}
		}
	});
	while (open.length > 0) close(files.count);
	return found;
}
