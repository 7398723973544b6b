import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { Steps } from '../../../steps.ts';
import { changedBlocks } from './changed-blocks.ts';
import type { ChangedFile } from './changed-files.ts';
import { describeContent } from './describe-content.ts';
import {
	binaryLines,
	fileLines,
	gitHeader,
	type HeaderInput,
	headerNotes,
	isKnownToGit,
	originNote,
	symlinkLines,
} from './file-header.ts';
import { type Hunk, hunksOf, rangesOf } from './hunks.ts';
import { type LineTable, lacksLineBreak, lineAt } from './line-table.ts';
import type { PatchBody } from './patch-body.ts';
import type { Mark, PatchLines } from './patch-lines.ts';

/** Few enough that what they add to a buffer can be handed on soon. */
const LINES_A_STEP = 256;
const noHunks: ReadonlySet<Hunk> = new Set();
const ESCAPED =
	'lines that a CI system would take for commands are escaped, so this cannot be applied; --output FILE writes the exact patch';

/** Writes the patch of one file. Of what git has no notation for there are notes alone. */
export function* writeFilePatch(
	file: ChangedFile,
	body: PatchBody,
	{ lines, ...input }: HeaderInput & { readonly lines: PatchLines },
): Steps<void> {
	const notes = headerNotes(file);
	const header = isKnownToGit(file) ? gitHeader(file, input) : [];
	const tables = body.kind === 'text' ? body.tables : null;
	const hunks = tables === null ? [] : yield* findHunks(tables);
	const escaped = tables === null ? noHunks : yield* findEscaped(hunks, tables, lines);
	if (notes.length + header.length === 0) return;
	if (hunks.length === 0 || notes.length > 0) lines.note(originNote(file, input));
	for (const note of notes) lines.note(note);
	if (escaped.size > 0) lines.note(ESCAPED);
	for (const line of header) lines.header(line);
	if (body.kind === 'described') {
		for (const line of binaryLines(file, body, input)) lines.header(line);
		for (const note of describeContent(body, file)) lines.note(note);
	}
	if (tables === null || hunks.length === 0) return;
	for (const line of [...symlinkLines(file), ...fileLines(file, input)]) lines.header(line);
	for (const hunk of hunks) {
		lines.hunkHeader(rangesOf(hunk), escaped.has(hunk));
		yield* writeHunk(hunk, tables, lines);
	}
}

function* findHunks(tables: Both<LineTable>): Steps<readonly Hunk[]> {
	const blocks = yield* changedBlocks([tables[0].numbers, tables[1].numbers]);
	return hunksOf(blocks, tables[0].numbers.length);
}

/** The hunks that cannot be written as they are. */
function* findEscaped(
	hunks: readonly Hunk[],
	tables: Both<LineTable>,
	lines: PatchLines,
): Steps<ReadonlySet<Hunk>> {
	const escaped = new Set<Hunk>();
	let inspected = 0;
	for (const hunk of hunks) {
		for (const { mark, table, line } of linesOf(hunk, tables)) {
			inspected += 1;
			if (inspected % LINES_A_STEP === 0) yield;
			if (!lines.escapes(mark, lineAt(table, line))) continue;
			escaped.add(hunk);
			break;
		}
	}
	return escaped;
}

function* writeHunk(hunk: Hunk, tables: Both<LineTable>, lines: PatchLines): Steps<void> {
	let written = 0;
	for (const { mark, table, line } of linesOf(hunk, tables)) {
		lines.content(mark, lineAt(table, line));
		if (lacksLineBreak(table, line)) lines.noLineBreak();
		written += 1;
		if (written % LINES_A_STEP === 0) yield;
	}
	yield;
}

interface MarkedLine {
	readonly mark: Mark;
	readonly table: LineTable;
	readonly line: number;
}

function* linesOf(
	{ blocks, oldStart, oldEnd }: Hunk,
	[older, newer]: Both<LineTable>,
): Generator<MarkedLine, void> {
	let next = oldStart;
	for (const block of blocks) {
		const end = block.oldStart + block.oldCount;
		for (; next < block.oldStart; next++) yield { mark: ' ', table: older, line: next };
		for (; next < end; next++) yield { mark: '-', table: older, line: next };
		const newEnd = block.newStart + block.newCount;
		for (let line = block.newStart; line < newEnd; line++) yield { mark: '+', table: newer, line };
	}
	for (; next < oldEnd; next++) yield { mark: ' ', table: older, line: next };
}
