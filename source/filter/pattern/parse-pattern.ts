import { type CodePointRange, complement, escapes, only } from './code-points.ts';
import { type Pattern, PatternError } from './pattern.ts';

const MAXIMUM_LENGTH = 200;
const MAXIMUM_REPEATS = 1000;

/**
 * Parses the part of JavaScript's regular expressions that docs/filter-patterns.md describes: what can be matched in one pass over the
 * text, without look-around, back-references and word boundaries. Throws `PatternError`.
 */
export function parsePattern(source: string): Pattern {
	if (source.length > MAXIMUM_LENGTH) throw new PatternError(`longer than ${MAXIMUM_LENGTH} characters`);
	const reader = new Reader(source);
	const pattern = parseChoice(reader);
	if (!reader.atEnd) throw new PatternError('unmatched )');
	return pattern;
}

class Reader {
	readonly #characters: readonly string[];
	#position = 0;

	constructor(source: string) {
		this.#characters = [...source];
	}

	get atEnd(): boolean {
		return this.#position === this.#characters.length;
	}

	peek(): string {
		return this.#characters[this.#position] ?? '';
	}

	take(): string {
		return this.#characters[this.#position++] ?? '';
	}

	/** Takes the text if it comes next. */
	accept(text: string): boolean {
		if (!this.rest().startsWith(text)) return false;
		this.#position += [...text].length;
		return true;
	}

	rest(): string {
		return this.#characters.slice(this.#position).join('');
	}
}

function parseChoice(reader: Reader): Pattern {
	const options = [parseSequence(reader)];
	while (reader.accept('|')) options.push(parseSequence(reader));
	return options.length === 1 ? options[0] : { kind: 'choice', options };
}

function parseSequence(reader: Reader): Pattern {
	const parts: Pattern[] = [];
	while (!reader.atEnd && reader.peek() !== '|' && reader.peek() !== ')') {
		parts.push(parseRepeat(reader, parseAtom(reader)));
	}
	return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
}

function parseRepeat(reader: Reader, part: Pattern): Pattern {
	const bounds = parseBounds(reader);
	if (bounds === null) return part;
	if (part.kind === 'start' || part.kind === 'end') throw new PatternError('nothing to repeat');
	const [minimum, maximum] = bounds;
	if (maximum !== null && maximum < minimum) throw new PatternError('numbers out of order in {}');
	if (Math.max(minimum, maximum ?? 0) > MAXIMUM_REPEATS) throw new PatternError('too many repeats');
	// A lazy repeat matches the same texts as a greedy one.
	reader.accept('?');
	if (parseBounds(reader) !== null) throw new PatternError('nothing to repeat');
	return { kind: 'repeat', part, minimum, maximum };
}

function parseBounds(reader: Reader): readonly [number, number | null] | null {
	if (reader.accept('*')) return [0, null];
	if (reader.accept('+')) return [1, null];
	if (reader.accept('?')) return [0, 1];
	const braces = /^\{(\d{1,9})(,(\d{1,9})?)?\}/.exec(reader.rest());
	if (braces === null) return null;
	reader.accept(braces[0]);
	const minimum = Number(braces[1]);
	if (braces[2] === undefined) return [minimum, minimum];
	return [minimum, braces[3] === undefined ? null : Number(braces[3])];
}

function parseAtom(reader: Reader): Pattern {
	const character = reader.take();
	switch (character) {
		case '^':
			return { kind: 'start' };
		case '$':
			return { kind: 'end' };
		case '.':
			return { kind: 'set', ranges: complement([[0x0a, 0x0a]]) };
		case '(':
			return parseGroup(reader);
		case '[':
			return { kind: 'set', ranges: parseClass(reader) };
		case '\\':
			return { kind: 'set', ranges: parseEscape(reader) };
		case '*':
		case '+':
		case '?':
			throw new PatternError('nothing to repeat');
		default:
			return { kind: 'set', ranges: [only(character)] };
	}
}

function parseGroup(reader: Reader): Pattern {
	if (!reader.accept('?:') && reader.peek() === '?') throw new PatternError('(? is not supported');
	const group = parseChoice(reader);
	if (!reader.accept(')')) throw new PatternError('unmatched (');
	// Unlike `^` alone, a group that holds only `^` may be repeated.
	return { kind: 'sequence', parts: [group] };
}

function parseClass(reader: Reader): readonly CodePointRange[] {
	const negated = reader.accept('^');
	const ranges: CodePointRange[] = [];
	while (!reader.accept(']')) {
		const first = parseClassItem(reader);
		if (reader.rest().startsWith('-') && !reader.rest().startsWith('-]')) {
			reader.take();
			ranges.push(between(first, parseClassItem(reader)));
		} else {
			ranges.push(...first);
		}
	}
	return negated ? complement(ranges) : ranges;
}

function parseClassItem(reader: Reader): readonly CodePointRange[] {
	if (reader.atEnd) throw new PatternError('unmatched [');
	const character = reader.take();
	return character === '\\' ? parseEscape(reader) : [only(character)];
}

function between(first: readonly CodePointRange[], last: readonly CodePointRange[]): CodePointRange {
	const from = singleCodePoint(first);
	const to = singleCodePoint(last);
	if (from === null || to === null || from > to) throw new PatternError('range out of order in []');
	return [from, to];
}

/** null when there is more than one. */
function singleCodePoint([range, ...others]: readonly CodePointRange[]): number | null {
	return others.length === 0 && range[0] === range[1] ? range[0] : null;
}

function parseEscape(reader: Reader): readonly CodePointRange[] {
	if (reader.atEnd) throw new PatternError('\\ at the end');
	const character = reader.take();
	if (Object.hasOwn(escapes, character)) return escapes[character];
	if (/[\p{L}\p{N}]/u.test(character)) throw new PatternError(`\\${character} is not supported`);
	return [only(character)];
}
