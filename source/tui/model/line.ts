/** What a piece of text means. The theme decides what that looks like. */
export type StyleName =
	| 'plain'
	| 'faint'
	| 'strong'
	| 'heading'
	| 'rule'
	| 'key'
	| 'bar'
	| 'good'
	| 'bad'
	| 'warning'
	| 'added'
	| 'content'
	| 'metadata'
	| 'identical'
	| 'removed'
	| 'directory'
	| 'caret'
	/** What a filter or a search found. */
	| 'match'
	| 'word'
	| 'text'
	| 'number'
	| 'comment'
	| 'called';

/** What parts of a text can be in its language: `word` for keywords, `called` for names that are defined or called. */
export const syntaxStyles = [
	'word',
	'text',
	'number',
	'comment',
	'called',
] as const satisfies readonly StyleName[];

/** Text that is safe for a terminal, with its meaning. */
export interface Span {
	readonly text: string;
	readonly style: StyleName;
}

/** Whether the row is the one the cursor is on, and whether keys go there. */
export type Highlight = 'none' | 'focused' | 'unfocused';

/** One line of a pane: exactly as many cells as the pane is wide. */
export interface Line {
	readonly spans: readonly Span[];
	readonly highlight: Highlight;
}

export function span(text: string, style: StyleName = 'plain'): Span {
	return { text, style };
}

/** The text of a line without its styles. */
export function lineText(line: Line): string {
	return line.spans.map(({ text }) => text).join('');
}
