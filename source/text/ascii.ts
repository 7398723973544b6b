import { cellWidth } from './width.ts';

const printableAscii = /^[ -~]*$/;

/** What the signs that fathom draws with become: each takes one cell, before and after. */
const standIns: Readonly<Record<string, string>> = {
	'─': '-',
	'━': '=',
	'│': '|',
	'┃': '#',
	'┬': '+',
	'┴': '+',
	'┼': '+',
	'├': '|',
	'┤': '|',
	'└': '`',
	'▾': 'v',
	'▸': '>',
	'▲': '^',
	'▼': 'v',
	'❯': '>',
	'›': ')',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'·': '.',
	'×': 'x',
	'…': '~',
	'⋮': ':',
	'–': '-',
	'—': '-',
	'‘': "'",
	'’': "'",
	'“': '"',
	'”': '"',
	'✓': '+',
	'█': '#',
	'▉': '#',
	'▊': '#',
	'▋': '#',
	'▌': '=',
	'▍': '=',
	'▎': '-',
	'▏': '-',
};

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text in ASCII and in as many cells: what has no stand-in, such as the letters of a name, is a question mark a cell. */
export function asciiOf(text: string): string {
	if (printableAscii.test(text)) return text;
	let shown = '';
	for (const { segment } of segmenter.segment(text)) {
		shown += printableAscii.test(segment) ? segment : (standIns[segment] ?? '?'.repeat(cellWidth(segment)));
	}
	return shown;
}
