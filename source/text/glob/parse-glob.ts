import { parseSet, SET_SOURCE, type SetPart } from './parse-set.ts';

/** A parsed glob. Only `folders`, and a `character` that is one, match a slash. */
export type GlobPart =
	| { readonly kind: 'character'; readonly codePoint: number }
	| SetPart
	/** Any characters. */
	| { readonly kind: 'run' }
	/** Any number of components, each with a slash before or behind it, or whatever is there. */
	| { readonly kind: 'folders'; readonly slash: 'before' | 'behind' | 'everything' }
	| { readonly kind: 'choice'; readonly options: readonly (readonly GlobPart[])[] };

/** Parses a glob in which `globFault` has found nothing wrong. What is left open is the character itself. */
export function parseGlob(glob: string): readonly GlobPart[] {
	const reader = new GlobReader(ofComponents(glob));
	return parseSequence(reader, false);
}

/** Slashes at the ends, and components that are empty or a dot, mean nothing. */
function ofComponents(glob: string): string {
	return glob
		.replace(/^(?:\.?\/+)+/, '')
		.replace(/\/(?:\.?\/)+/g, '/')
		.replace(/(?<=.)(?:\/\.?)+$/s, '');
}

class GlobReader {
	readonly text: string;
	position = 0;

	constructor(text: string) {
		this.text = text;
	}

	/** What the expression, which is sticky, finds here; it is taken. */
	accept(expression: RegExp): string | null {
		expression.lastIndex = this.position;
		const found = expression.exec(this.text)?.[0] ?? null;
		if (found !== null) this.position += found.length;
		return found;
	}
}

/** In braces, a comma or the brace ends a sequence. */
function parseSequence(reader: GlobReader, isInBraces: boolean): readonly GlobPart[] {
	const parts: GlobPart[] = [];
	const end = isInBraces ? /(?=[,}])/y : /$/y;
	let isFirst = true;
	while (reader.position < reader.text.length && reader.accept(end) === null) {
		parts.push(folders(reader, { isFirst, isInBraces }) ?? parsePart(reader));
		const last = parts[parts.length - 1];
		isFirst = last.kind === 'folders' && last.slash === 'behind';
	}
	return parts;
}

/** `**` where it is a whole component. */
function folders(
	reader: GlobReader,
	{ isFirst, isInBraces }: { readonly isFirst: boolean; readonly isInBraces: boolean },
): GlobPart | null {
	const before = isInBraces ? /\/\*\*+(?=[/,}])/y : /\/\*\*+(?=\/|$)/y;
	if (reader.accept(before) !== null) return { kind: 'folders', slash: 'before' };
	if (!isFirst) return null;
	if (reader.accept(/\*\*+\//y) !== null) return { kind: 'folders', slash: 'behind' };
	const whole = isInBraces ? /\*\*+(?=[,}])/y : /\*\*+$/y;
	return reader.accept(whole) === null ? null : { kind: 'folders', slash: 'everything' };
}

function parsePart(reader: GlobReader): GlobPart {
	if (reader.accept(/\*+/y) !== null) return { kind: 'run' };
	if (reader.accept(/\?/y) !== null) return { kind: 'set', ranges: [], isNegated: true };
	const set = reader.accept(SET);
	if (set !== null) return parseSet(set);
	const escaped = reader.accept(/\\./suy);
	if (escaped !== null) return character(escaped.slice(1));
	const range = reader.accept(/\{[^\\{},]\.\.[^\\{},]\}/uy);
	if (range !== null) return parseSet(`[${range.slice(1, -1).replace('..', '-')}]`);
	if (reader.accept(/\{/y) !== null) return parseChoice(reader);
	return character(reader.accept(/./suy) ?? '');
}

const SET = new RegExp(SET_SOURCE, 'suy');

function character(text: string): GlobPart {
	return { kind: 'character', codePoint: text.codePointAt(0) ?? 0 };
}

/** Behind its brace. */
function parseChoice(reader: GlobReader): GlobPart {
	const options = [parseSequence(reader, true)];
	while (reader.accept(/,/y) !== null) options.push(parseSequence(reader, true));
	reader.accept(/\}/y);
	if (options.length > 1) return { kind: 'choice', options };
	return { kind: 'choice', options: [[character('{'), ...options[0], character('}')]] };
}
