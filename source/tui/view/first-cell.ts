import type { Line } from '../model/line.ts';
import { bold, dim, italic, type Look } from './theme.ts';

/** Looks that cannot be seen on a blank. */
const invisibleLooks: readonly (readonly Look[])[] = [
	[],
	[bold],
	[dim],
	[italic],
	[bold, dim],
	[bold, italic],
	[dim, italic],
	[bold, dim, italic],
];

/**
 * A look for the blank first cell of a row, by what the row shows. Ink compares a changed row with the one before it character by
 * character, by the rules for wide ones, to write no more than what follows their common beginning: that takes longer than to draw the
 * whole frame. Where already the first cell looks different, it writes the row without a search.
 */
export function firstCellLooks(row: readonly (Line | undefined)[]): readonly Look[] {
	let hash = 0;
	for (const line of row) {
		for (const { text } of line?.spans ?? []) {
			for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) | 0;
		}
	}
	return invisibleLooks[(hash ^ (hash >>> 15)) & 7];
}
