import stringWidth from 'string-width';
import type { CellStyle, StyledLine, StyledRun } from '../tui/support/styled-screen.ts';

const CELL_WIDTH = 8.4;
const LINE_HEIGHT = 18;
const MARGIN = 12;
const GROUND = '#0d1117';
const TEXT = '#c9d1d9';

/** The first 16 colours, which each terminal chooses for itself. */
const ownColours = [
	'#484f58',
	'#ff7b72',
	'#3fb950',
	'#d29922',
	'#58a6ff',
	'#bc8cff',
	'#39c5cf',
	'#b1bac4',
	'#6e7681',
	'#ffa198',
	'#56d364',
	'#e3b341',
	'#79c0ff',
	'#d2a8ff',
	'#56d4dd',
	'#ffffff',
];

/** A screen as an SVG picture. Each run of text has the width of its cells, whatever font is there. */
export function pictureOf(screen: readonly StyledLine[], title: string): string {
	const columns = Math.max(...screen.map((line) => line.reduce((sum, run) => sum + run.columns, 0)));
	const width = Math.ceil(columns * CELL_WIDTH + 2 * MARGIN);
	const height = screen.length * LINE_HEIGHT + 2 * MARGIN;
	return `${[
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escapeXml(title)}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>`,
		`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
		...screen.flatMap((line, row) => line.flatMap((run) => drawRun(run, row))),
		'</g>',
		'</svg>',
	].join('\n')}\n`;
}

function drawRun({ column, columns, text, style }: StyledRun, row: number): readonly string[] {
	const y = MARGIN + row * LINE_HEIGHT;
	const { fill, ground } = coloursOf(style);
	const box = `x="${xOf(column)}" y="${y}" width="${round(columns * CELL_WIDTH)}" height="${LINE_HEIGHT}"`;
	const attributes = [
		`fill="${fill}"`,
		...(style.isBold ? ['font-weight="bold"'] : []),
		...(style.isDim ? ['opacity="0.6"'] : []),
		...(style.isUnderlined ? ['text-decoration="underline"'] : []),
	].join(' ');
	return [
		...(ground === null ? [] : [`<rect ${box} fill="${ground}" shape-rendering="crispEdges"/>`]),
		...phrasesOf(text).map(({ phrase, before }) => {
			const length = round(stringWidth(phrase) * CELL_WIDTH);
			const place = `x="${xOf(column + before)}" y="${y + 13}" textLength="${length}" lengthAdjust="spacingAndGlyphs"`;
			return `<text ${place} ${attributes}>${escapeXml(phrase)}</text>`;
		}),
	];
}

/** The parts of a text between blanks, with the cells before each. Of several blanks in a row SVG keeps one. */
function phrasesOf(text: string): readonly { readonly phrase: string; readonly before: number }[] {
	return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
		phrase: match[0],
		before: stringWidth(text.slice(0, match.index)),
	}));
}

function xOf(column: number): number {
	return round(MARGIN + column * CELL_WIDTH);
}

function coloursOf({ text, background, isInverse }: CellStyle): {
	readonly fill: string;
	readonly ground: string | null;
} {
	const front = text === null ? TEXT : hexOf(text);
	const back = background === null ? null : hexOf(background);
	return isInverse ? { fill: back ?? GROUND, ground: front } : { fill: front, ground: back };
}

/** The colours 16 to 255 are a cube of six steps, then greys (xterm, 256colres). */
function hexOf(index: number): string {
	if (index < 16) return ownColours[index];
	if (index >= 232) return hex([8, 8, 8].map((least) => least + 10 * (index - 232)));
	const steps = [0, 95, 135, 175, 215, 255];
	const place = index - 16;
	return hex([steps[Math.floor(place / 36)], steps[Math.floor(place / 6) % 6], steps[place % 6]]);
}

function hex(parts: readonly number[]): string {
	return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
