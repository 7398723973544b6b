import { fitLine, padEnd } from '../cells.ts';
import { keyGroups, keyLabel } from '../key-binding.ts';
import { keymap } from '../keymap.ts';
import { type Line, type Span, span } from '../line.ts';
import { letterMeanings } from './change-letters.ts';

const KEYS_WIDTH = 22;

/** All lines of the help: every key, and what the letters in the file tree mean. */
export function helpLines(width: number): readonly Line[] {
	const rows = [
		...keyGroups.flatMap((group) => [[span(group, 'strong')], ...groupRows(group), []]),
		...letterRows(),
	];
	return rows.map((spans) => fitLine([span(' '), ...spans], width));
}

function groupRows(group: (typeof keyGroups)[number]): readonly (readonly Span[])[] {
	return keymap
		.filter((binding) => binding.group === group)
		.map(({ keys, description }) => [
			span(padEnd(`  ${keys.map(keyLabel).join(' ')}`, KEYS_WIDTH), 'key'),
			span(description),
		]);
}

function letterRows(): readonly (readonly Span[])[] {
	return [
		[span('Letters in the file tree', 'strong')],
		...letterMeanings.map(({ letter, style, meaning }) => [
			span(padEnd(`  ${letter}`, KEYS_WIDTH), style),
			span(meaning),
		]),
	];
}
