import { emojiSequence } from '../../../text/emoji.ts';
import { cellWidth } from '../../../text/width.ts';
import { styleSequence } from './style-sequence.ts';

const styling = new RegExp(styleSequence, 'g');
const sequences = new RegExp(emojiSequence, 'gu');
const WRAPS_OFF = '\u{1B}[?7l';
const WRAPS_ON = '\u{1B}[?7h';

/**
 * A row in which what stands behind an emoji of several characters begins in its own column. Terminals do not agree how wide such an emoji
 * is: many draw two or more signs. So the cursor is told where to go on, and a row that gets too long does not go on in the next.
 */
export function holdColumns(row: string): string {
	const held = row.replace(sequences, (found, index: number) => {
		const before = row.slice(0, index + found.length).replace(styling, '');
		return `${found}\u{1B}[${cellWidth(before) + 1}G`;
	});
	return held === row ? row : WRAPS_OFF + held + WRAPS_ON;
}
