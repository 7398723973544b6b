/** One line of text that is being typed. */
export interface TextInput {
	readonly text: string;
	/** How many UTF-16 units of the text are before the cursor. */
	readonly cursor: number;
}

export type TextEdit =
	| { readonly type: 'insert'; readonly text: string }
	| { readonly type: 'delete-before' | 'delete-after' | 'delete-word' | 'delete-to-start' }
	| { readonly type: 'left' | 'right' | 'start' | 'end' };

/** More than any path needs, and a bound for what is pasted. */
const MAXIMUM_LENGTH = 1000;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function textInput(text: string): TextInput {
	return { text, cursor: text.length };
}

/** The text after an edit. What a user sees as one character is moved over and deleted as one. */
export function editText(input: TextInput, edit: TextEdit): TextInput {
	const { text, cursor } = input;
	switch (edit.type) {
		case 'insert':
			return replace(input, cursor, cursor, startOf(edit.text, MAXIMUM_LENGTH - text.length));
		case 'delete-before':
			return replace(input, characterBefore(text, cursor), cursor, '');
		case 'delete-after':
			return replace(input, cursor, characterAfter(text, cursor), '');
		case 'delete-word':
			return replace(input, text.slice(0, cursor).replace(/[^\s/]*[\s/]*$/u, '').length, cursor, '');
		case 'delete-to-start':
			return replace(input, 0, cursor, '');
		case 'left':
			return { text, cursor: characterBefore(text, cursor) };
		case 'right':
			return { text, cursor: characterAfter(text, cursor) };
		case 'start':
			return { text, cursor: 0 };
		case 'end':
			return { text, cursor: text.length };
	}
}

/** At most `length` UTF-16 units from the start of a text, without half a character at their end. */
function startOf(text: string, length: number): string {
	return text.length <= length ? text : text.slice(0, Math.max(0, length)).replace(/[\uD800-\uDBFF]$/, '');
}

function replace({ text }: TextInput, start: number, end: number, inserted: string): TextInput {
	return { text: text.slice(0, start) + inserted + text.slice(end), cursor: start + inserted.length };
}

function characterBefore(text: string, cursor: number): number {
	return cursor === 0 ? 0 : (segmenter.segment(text).containing(cursor - 1)?.index ?? cursor - 1);
}

function characterAfter(text: string, cursor: number): number {
	return cursor + (segmenter.segment(text).containing(cursor)?.segment.length ?? 0);
}
