import { type Line, lineText } from '../../line.ts';
import type { DetailRow } from './detail-rows.ts';

/** Wider than any text of details, so that each is in one line. */
export const SPOKEN_WIDTH = 200_000;

/** A line above a list as it is read aloud: without the rule and the signs in it. */
export function spokenHeading(line: Line): string {
	const parts = lineText(line)
		.split(/[━─]+/)
		.map((part) => part.replace(/ [▲▼=] (?=[-+s])/g, ', '))
		.map((part) => part.replaceAll(' → ', ' to ').replaceAll(' · ', ', ').trim());
	return `${parts.filter((part) => part !== '').join(', ')}.`;
}

/** A line of details as it is read aloud: a value behind its name, and the signs of what is old and new as words. */
export function spokenDetail(row: DetailRow): string {
	const [first, ...rest] = row;
	if (first === undefined) return '';
	if (rest.length === 0) return first.text.trimEnd();
	const texts = rest.map(({ text }) => text.trimEnd()).filter((text) => text !== '');
	const label = first.text.trim();
	if (first.style === 'removed' && label === '-') return `old: ${texts.join(' ')}`;
	if (first.style === 'added' && label === '+') return `new: ${texts.join(' ')}`;
	const isName = first.style === 'faint' && /[^\s\d] +$/.test(first.text);
	const said = texts.map((text) => text.trimStart()).join(' ');
	return (isName ? `${label}: ${withoutArrow(said)}` : `${label} ${said}`).trim();
}

/** `- → 2`, `1 → -` and `1 → 2` as `new 2`, `old 1` and `1 to 2`. */
export function withoutArrow(text: string): string {
	return text
		.replace(/(^| )- → /, '$1new ')
		.replace(/^(.*) → -$/, 'old $1')
		.replace(/(\d) → - /, '$1, old, ')
		.replace(' → ', ' to ');
}
