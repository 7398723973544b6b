import { fitLine } from '../cells.ts';
import { FOOTER_ROWS } from '../layout.ts';
import { type Line, span } from '../line.ts';
import { wrapWhole } from './wrap-whole.ts';

/** What is said in the footer: in one line, or in both where it takes more; nothing for null. */
export function saidLines(message: string | null, width: number): readonly Line[] {
	if (message === null) return [];
	const lines = wrapWhole(message, width - 1);
	const last = FOOTER_ROWS - 1;
	const shown = lines.length <= FOOTER_ROWS ? lines : [...lines.slice(0, last), lines.slice(last).join(' ')];
	return shown.map((line) => fitLine([span(` ${line}`, 'strong')], width));
}
