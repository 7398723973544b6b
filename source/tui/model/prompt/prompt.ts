import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { fitEnds, fitLine, spansWidth } from '../cells.ts';
import type { TypedFilter } from '../filter/typed-filter.ts';
import { type Line, type Span, span } from '../line.ts';
import type { TextInput } from './text-input.ts';

/** The line in which the user types a filter. It replaces the footer line that says where the user is. */
export interface Prompt {
	readonly input: TextInput;
}

/** The typed text on the left, and the number of matches on the right. */
export function promptLine({ input }: Prompt, filter: TypedFilter, width: number): Line {
	const { text, cursor } = input;
	const before = span(escapeForTerminal(text.slice(0, cursor)));
	const [under = ' '] = text.slice(cursor);
	const after = text.slice(cursor + under.length);
	const typed = [
		span(' /', 'key'),
		before,
		span(escapeForTerminal(under), 'caret'),
		span(escapeForTerminal(after)),
	];
	const room = width - spansWidth(typed) - 2;
	return fitEnds(typed, fitLine([findings(filter)], Math.max(0, room)).spans, width);
}

/** What is said of a text that is no filter. */
export function noUsableFilter(problem: string): string {
	return `This is no usable filter: ${escapeForTerminal(problem)}.`;
}

function findings({ text, found, problem }: TypedFilter): Span {
	if (problem !== null) return span(`no usable filter: ${escapeForTerminal(problem)} `, 'bad');
	if (found !== null) return span(`${formatCount(found)} found `, 'faint');
	return span(text === '' ? '~ for a regular expression ' : '', 'faint');
}
