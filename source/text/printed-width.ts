import { textWidth } from './width.ts';

const ESCAPE = '\u{1B}';
const styling = new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'g');

/**
 * How many cells of a terminal the text takes, its styling aside. In the built program it stands in for string-width in Ink, which
 * measures every line of every frame: string-width takes 20 ms to see its first frame line, and a segmenter for each after that.
 */
export function printedWidth(text: string): number {
	return textWidth(text.replace(styling, ''));
}
