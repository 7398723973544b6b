import { textWidth } from './width.ts';

const ESCAPE = '\u{1B}';
const styling = new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'g');

/** How many cells of a terminal the text takes, its styling aside. */
export function printedWidth(text: string): number {
	return textWidth(text.replace(styling, ''));
}
