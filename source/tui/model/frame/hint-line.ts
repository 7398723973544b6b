import { fitLine, spansWidth } from '../cells.ts';
import type { KeyHint } from '../key-binding.ts';
import { type Line, type Span, span } from '../line.ts';

/** As many hints as fit, in the order of the table. Hints that are always shown come last, and their room is reserved first. */
export function hintLine(hints: readonly KeyHint[], width: number): Line {
	const always = hints.filter((hint) => hint.always).map(hintSpans);
	let room = width - 1 - always.reduce((sum, spans) => sum + spansWidth(spans), 0);
	const shown = hints
		.filter((hint) => !hint.always)
		.map(hintSpans)
		.filter((spans) => {
			room -= spansWidth(spans);
			return room >= 0;
		});
	return fitLine([span(' '), ...shown.flat(), ...always.flat()], width);
}

function hintSpans({ keys, text }: KeyHint): readonly Span[] {
	return [span(keys, 'key'), span(` ${text}  `, 'faint')];
}
