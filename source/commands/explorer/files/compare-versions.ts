import { changedBlocks } from '../../../report/diff/patch/changed-blocks.ts';
import { type Hunk, hunksOf, rangesOf } from '../../../report/diff/patch/hunks.ts';
import { type LineTable, lacksLineBreak, lineAt, tableLines } from '../../../report/diff/patch/line-table.ts';
import { isText } from '../../../report/diff/patch/text-content.ts';
import type { Steps } from '../../../steps.ts';
import { decodeName } from '../../../text/decode-name.ts';
import type { DiffLine, FileDiff, LineMark } from '../../../tui/model/effects/file-requests.ts';

/** Lines of a diff that are shown; nobody reads more of them. */
const MOST_LINES = 20_000;
/** Of a longer line the start is shown. */
const MOST_LINE_BYTES = 2000;
const LINES_A_STEP = 256;

/**
 * What differs between two contents, line by line, with the lines around it. `shown` are the same bytes, and line breaks, but for those
 * that are not to be seen.
 */
export function* compareVersions(
	contents: readonly [Uint8Array, Uint8Array],
	shown: readonly [Uint8Array, Uint8Array],
): Steps<FileDiff> {
	if (!contents.every(isText)) return withoutLines(notText(contents));
	const tables = yield* tableLines(contents);
	if (tables === null) return withoutLines('These versions have too many lines to be compared.');
	const blocks = yield* changedBlocks([tables[0].numbers, tables[1].numbers]);
	const shownTables = [
		{ ...tables[0], content: shown[0] },
		{ ...tables[1], content: shown[1] },
	] as const;
	const lines: DiffLine[] = [];
	for (const hunk of hunksOf(blocks, tables[0].numbers.length)) {
		lines.push({ mark: '@', text: rangesOf(hunk), oldLine: null, newLine: null });
		for (const line of linesOf(hunk, shownTables)) {
			lines.push(line);
			if (lines.length % LINES_A_STEP === 0) yield;
			if (lines.length >= MOST_LINES)
				return { kind: 'compared', lines, remark: 'only the first 20,000 lines are shown' };
		}
	}
	return { kind: 'compared', lines, remark: null };
}

function notText([older, newer]: readonly [Uint8Array, Uint8Array]): string {
	if (Buffer.compare(older, newer) === 0) return 'Both versions have the same content.';
	const common = Math.min(older.length, newer.length);
	let at = 0;
	while (at < common && older[at] === newer[at]) at += 1;
	return `These versions are not text. They differ from byte ${at} on.`;
}

export function withoutLines(remark: string): FileDiff {
	return { kind: 'compared', lines: [], remark };
}

function* linesOf(
	{ blocks, oldStart, newStart, oldEnd }: Hunk,
	[older, newer]: readonly [LineTable, LineTable],
): Generator<DiffLine, void> {
	let [oldLine, newLine] = [oldStart, newStart];
	for (const block of blocks) {
		for (; oldLine < block.oldStart; oldLine++, newLine++) yield lineOf(' ', older, { oldLine, newLine });
		const oldBlockEnd = block.oldStart + block.oldCount;
		for (; oldLine < oldBlockEnd; oldLine++) yield lineOf('-', older, { oldLine, newLine: null });
		const newBlockEnd = block.newStart + block.newCount;
		for (; newLine < newBlockEnd; newLine++) yield lineOf('+', newer, { oldLine: null, newLine });
	}
	for (; oldLine < oldEnd; oldLine++, newLine++) yield lineOf(' ', older, { oldLine, newLine });
}

interface Numbers {
	readonly oldLine: number | null;
	readonly newLine: number | null;
}

function lineOf(mark: LineMark, table: LineTable, { oldLine, newLine }: Numbers): DiffLine {
	const line = oldLine ?? newLine ?? 0;
	const bytes = lineAt(table, line);
	const shown = decodeName(bytes.subarray(0, MOST_LINE_BYTES));
	const end =
		bytes.length > MOST_LINE_BYTES ? '…' : lacksLineBreak(table, line) ? ' (no line break at the end)' : '';
	return { mark, text: shown + end, oldLine: next(oldLine), newLine: next(newLine) };
}

function next(line: number | null): number | null {
	return line === null ? null : line + 1;
}
