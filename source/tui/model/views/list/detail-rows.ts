import { formatCount } from '../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../text/escape.ts';
import { instructionLines } from '../../../../text/instruction.ts';
import { padEnd } from '../../cells.ts';
import { wrapWhole } from '../../frame/wrap-whole.ts';
import { type Span, type StyleName, span } from '../../line.ts';

/** A line of details, without the blank at its left. */
export type DetailRow = readonly Span[];

const LABEL_WIDTH = 11;
/** More of a text than anybody reads in a terminal, and a bound for hostile ones. */
const MAXIMUM_LENGTH = 100_000;

/** A value behind its name, over as many lines as it takes. The value is safe for a terminal. */
export function field(
	name: string,
	value: string,
	{ width, style = 'plain' }: { readonly width: number; readonly style?: StyleName },
): readonly DetailRow[] {
	return wrapWhole(value, width - LABEL_WIDTH).map((line, index) => [
		span(padEnd(index === 0 ? name : '', LABEL_WIDTH), 'faint'),
		span(line, style),
	]);
}

/** A text of its own over as many lines as it takes. */
export function paragraph(text: string, width: number, style: StyleName = 'plain'): readonly DetailRow[] {
	return wrapWhole(text, width).map((line) => [span(line, style)]);
}

/** A value of the old and the new image: once where both are equal. Null: it is not there. */
export function bothField(
	name: string,
	both: readonly [string | null, string | null],
	width: number,
): readonly DetailRow[] {
	return field(name, bothText(both), { width });
}

export function bothText([older, newer]: readonly [string | null, string | null]): string {
	return older === newer ? (older ?? '-') : `${older ?? '-'} → ${newer ?? '-'}`;
}

/** The same, where a value that one image alone has is shown by itself. */
export function anyField(
	name: string,
	[older, newer]: readonly [string | null, string | null],
	width: number,
): readonly DetailRow[] {
	return bothField(name, [older ?? newer, newer ?? older], width);
}

/** All lines of an instruction. */
export function instructionRows(
	instruction: string | null,
	width: number,
	style: StyleName = 'plain',
): readonly DetailRow[] {
	if (instruction === null) return paragraph('No history for this layer', width, 'faint');
	const lines = instructionLines(instruction, MAXIMUM_LENGTH);
	return [...lines.flatMap((line) => paragraph(line, width, style)), ...restRows(instruction)];
}

/** Hostile text, such as a label, over as many lines as it has and takes. */
export function textRows(text: string, width: number): readonly DetailRow[] {
	const lines = text.slice(0, MAXIMUM_LENGTH).split(/\r\n|\r|\n/);
	const rows = lines.flatMap((line) => paragraph(escapeForTerminal(line.replaceAll('\t', ' ')), width));
	return [...rows, ...restRows(text)];
}

/** Hostile text as the details show it, in one line, for a filter to look in. */
export function searchedText(text: string): string {
	return escapeForTerminal(text.slice(0, MAXIMUM_LENGTH).replace(/\s+/g, ' '));
}

function restRows({ length }: string): readonly DetailRow[] {
	if (length <= MAXIMUM_LENGTH) return [];
	const left = length - MAXIMUM_LENGTH;
	return [[span(`… and ${formatCount(left)} more ${left === 1 ? 'character' : 'characters'}`, 'warning')]];
}
