import type { IBufferCell, Terminal } from '@xterm/headless';

/** How a terminal shows a character. */
export interface CellStyle {
	/** An index into the palette of 256 colours; null for the terminal's own. */
	readonly text: number | null;
	readonly background: number | null;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
	readonly isInverse: boolean;
}

/** Neighbouring characters of one style. */
export interface StyledRun {
	/** The column of the first character, from 0. */
	readonly column: number;
	readonly columns: number;
	readonly text: string;
	readonly style: CellStyle;
}

export type StyledLine = readonly StyledRun[];

/** What a terminal shows, line by line, with colours. */
export function styledScreen({ buffer: { active }, rows, cols }: Terminal): readonly StyledLine[] {
	return Array.from({ length: rows }, (_, row) => {
		const line = active.getLine(active.baseY + row);
		const runs: StyledRun[] = [];
		for (let column = 0; line && column < cols; ) {
			const cell = line.getCell(column);
			if (!cell) break;
			append(runs, column, cell);
			column += Math.max(1, cell.getWidth());
		}
		return runs;
	});
}

/** The columns, line by line, that show one of these characters. */
export function columnsOf(
	{ buffer: { active }, rows, cols }: Terminal,
	characters: string,
): readonly number[][] {
	return Array.from({ length: rows }, (_, row) => {
		const line = active.getLine(active.baseY + row);
		const shown = Array.from({ length: cols }, (_, column) => line?.getCell(column)?.getChars() ?? '');
		return shown.flatMap((text, column) => (text !== '' && characters.includes(text) ? [column] : []));
	});
}

function append(runs: StyledRun[], column: number, cell: IBufferCell): void {
	const text = cell.getChars() || ' ';
	const style = text === ' ' ? styleOfBlank(cell) : styleOf(cell);
	const last = runs.at(-1);
	const columns = Math.max(1, cell.getWidth());
	if (last && sameStyle(last.style, style))
		runs[runs.length - 1] = { ...last, text: last.text + text, columns: last.columns + columns };
	else runs.push({ column, columns, text, style });
}

/** The colour of a blank's text is not to be seen, and is whatever was last written there. */
function styleOfBlank(cell: IBufferCell): CellStyle {
	const style = styleOf(cell);
	return style.isInverse ? style : { ...style, text: null, isBold: false, isDim: false };
}

function styleOf(cell: IBufferCell): CellStyle {
	return {
		text: cell.isFgDefault() ? null : cell.getFgColor(),
		background: cell.isBgDefault() ? null : cell.getBgColor(),
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
		isUnderlined: cell.isUnderline() !== 0,
		isInverse: cell.isInverse() !== 0,
	};
}

function sameStyle(one: CellStyle, other: CellStyle): boolean {
	return nameOfStyle(one) === nameOfStyle(other);
}

/** A style in words, such as `colour 80, bold`; empty for plain text. */
export function nameOfStyle({ text, background, isBold, isDim, isUnderlined, isInverse }: CellStyle): string {
	return [
		...(text === null ? [] : [`colour ${text}`]),
		...(background === null ? [] : [`on ${background}`]),
		...(isBold ? ['bold'] : []),
		...(isDim ? ['dim'] : []),
		...(isUnderlined ? ['underlined'] : []),
		...(isInverse ? ['inverse'] : []),
	].join(', ');
}
