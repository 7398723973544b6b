import { type Line, lineText } from '../model/line.ts';
import { highlightLooks, type Look, type Theme } from './theme.ts';

/** A line with the escape sequences of its looks. A highlighted line looks the same over its whole width. */
export function paintLine(line: Line, theme: Theme): string {
	if (line.highlight !== 'none') return paint(lineText(line), highlightLooks[line.highlight]);
	return line.spans.map(({ text, style }) => paint(text, theme[style])).join('');
}

function paint(text: string, looks: readonly Look[]): string {
	if (looks.length === 0 || text === '') return text;
	const on = looks.map(([code]) => `\u{1B}[${code}m`).join('');
	const off = looks.map(([, code]) => `\u{1B}[${code}m`).join('');
	return on + text + off;
}
