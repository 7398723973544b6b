import { fitLine, spansWidth } from '../cells.ts';
import type { KeyHint } from '../key-binding.ts';
import { type Line, type Span, span } from '../line.ts';

/** A hint with the keys in force. */
export interface ShownHint extends Pick<KeyHint, 'text' | 'always' | 'filterOnly'> {
	readonly keys: string;
}

/** As many hints as fit, in the order of the table. Hints that are always shown come last, and their room is reserved first. */
export function hintLine(hints: readonly ShownHint[], width: number): Line {
	return fitLine([span(' '), ...fittingHints(hints, width).flatMap(hintSpans)], width);
}

/** The hint at a column of that line; null for none. */
export function hintAt<Hint extends ShownHint>(
	hints: readonly Hint[],
	width: number,
	column: number,
): Hint | null {
	let end = 1;
	const found = fittingHints(hints, width).find((hint) => {
		end += hintWidth(hint);
		return column < end;
	});
	return column < 1 ? null : (found ?? null);
}

function fittingHints<Hint extends ShownHint>(hints: readonly Hint[], width: number): readonly Hint[] {
	const always = hints.filter((hint) => hint.always);
	let room = width - 1 - always.reduce((sum, hint) => sum + hintWidth(hint), 0);
	const shown = hints.filter((hint) => {
		const cells = hintWidth(hint);
		if (hint.always || cells > room) return false;
		room -= cells;
		return true;
	});
	return [...shown, ...always];
}

function hintWidth(hint: ShownHint): number {
	return spansWidth(hintSpans(hint));
}

function hintSpans({ keys, text }: ShownHint): readonly Span[] {
	return [span(keys, 'key'), span(` ${text}  `, 'faint')];
}
