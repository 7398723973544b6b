import { escapeForTerminal } from '../../../text/escape.ts';
import { type Span, span } from '../line.ts';
import type { TextInput } from './text-input.ts';

/** A text, with the cursor on the character that it is before while it is typed. */
export function typedSpans({ text, cursor }: TextInput, isTyping: boolean): readonly Span[] {
	if (!isTyping) return [span(escapeForTerminal(text))];
	const [under = ' '] = text.slice(cursor);
	return [
		span(escapeForTerminal(text.slice(0, cursor))),
		span(escapeForTerminal(under), 'caret'),
		span(escapeForTerminal(text.slice(cursor + under.length))),
	];
}
