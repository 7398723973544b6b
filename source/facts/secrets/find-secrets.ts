import type { NamedRule } from './named-rules.ts';
import { isPlaceholder } from './placeholder.ts';
import { MOST_HITS, type PrefixHit } from './prefixes/prefix.ts';
import { PrefixSearch } from './prefixes/prefix-search.ts';
import { AHEAD_BYTES, BEHIND_BYTES, type InAnyText } from './rules/rule.ts';
import { type SecretKind, secretKinds, secretRules } from './rules/rules.ts';
import { type FoundSecret, MOST_LINES } from './secret-facts.ts';

/** A rule for any text. */
interface TextRule {
	readonly kind: SecretKind;
	readonly find: InAnyText;
}

const textRules: readonly TextRule[] = secretKinds.flatMap((kind) =>
	secretRules[kind].finds.flatMap((find) => ('prefix' in find ? [{ kind, find }] : [])),
);
/** Rules of one prefix share it. */
const prefixes = [...new Map(textRules.map(({ find: { prefix } }) => [prefix.text, prefix])).values()];
const rulesOf = prefixes.map(({ text }) => textRules.filter(({ find }) => find.prefix.text === text));

/** Where something begins that looks secret, bytes from the start; null where it is the file as a whole. */
interface Place {
	readonly kind: SecretKind;
	readonly offset: number | null;
	/** Where the value is. */
	readonly range: ByteRange;
}

/** Bytes from the start, the end not among them. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** Text with more matches than this is no genuine file of credentials. */
const MOST_MATCHES = 200;

let search: PrefixSearch | null = null;

/** What looks secret in a file of at most 1 MiB. `named` are the rules for its name; those for any text are left out where it is none. */
export function findSecrets(
	content: Buffer,
	{ named, isText }: { readonly named: readonly NamedRule[]; readonly isText: boolean },
): readonly FoundSecret[] {
	const places = isText ? findInText(content) : [];
	if (named.length > 0) places.push(...findByName(content, named, MOST_MATCHES));
	return places.length === 0 ? [] : byKind(content, places);
}

/** The values that look secret in at most 1 MiB, ascending; of a private key all of it. */
export function secretRanges(
	content: Uint8Array,
	{ named, isText }: { readonly named: readonly NamedRule[]; readonly isText: boolean },
): readonly ByteRange[] {
	const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	// All of them: what is shown in a mask's place must not depend on how many there are before it.
	const places = [
		...(isText ? findAllInText(bytes) : []),
		...findByName(bytes, named, Number.POSITIVE_INFINITY),
	];
	const ranges = places
		.map(({ kind, range }) =>
			kind.includes('private-key') ? { ...range, end: keyEnd(bytes, range.end) } : range,
		)
		.sort((left, right) => left.start - right.start);
	const apart: ByteRange[] = [];
	for (const range of ranges) {
		const last = apart.at(-1);
		if (last === undefined || range.start >= last.end) apart.push(range);
		else apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
	}
	return apart;
}

/** The end of a key that goes on here: the line that ends it, else the end of all. */
function keyEnd(bytes: Buffer, from: number): number {
	const end = bytes.indexOf('-----END', from);
	return end === -1 ? bytes.length : end;
}

function findInText(bytes: Buffer): Place[] {
	search ??= new PrefixSearch(prefixes);
	return placesOf(search.find(bytes), bytes);
}

/** The same, however many there are: the search stops after so many prefixes, and goes on where the last one is. */
function findAllInText(bytes: Buffer): Place[] {
	search ??= new PrefixSearch(prefixes);
	const places: Place[] = [];
	for (let from = 0; ; ) {
		const start = from;
		const hits = search.find(bytes.subarray(start)).map((hit) => ({ ...hit, offset: start + hit.offset }));
		places.push(...placesOf(hits, bytes));
		const last = hits.at(-1);
		if (last === undefined || hits.length < MOST_HITS) return places;
		from = Math.max(last.offset, start + 1);
	}
}

function placesOf(hits: readonly PrefixHit[], bytes: Buffer): Place[] {
	return hits.flatMap(({ offset, prefix }) => {
		const start = Math.max(0, offset - BEHIND_BYTES);
		const text = bytes.toString('latin1', start, offset + AHEAD_BYTES);
		return rulesOf[prefix].flatMap(({ kind, find: { pattern } }): readonly Place[] => {
			pattern.lastIndex = offset - start;
			const match = pattern.exec(text);
			return match !== null && isSecret(match) ? [{ kind, offset, range: valueIn(match, start) }] : [];
		});
	});
}

function isSecret({ groups }: RegExpExecArray): boolean {
	return groups?.secret === undefined || !isPlaceholder(groups.secret);
}

/** Where the secret of a match is; all of the match where its pattern does not say. */
function valueIn({ 0: whole, index, groups }: RegExpExecArray, start: number): ByteRange {
	const value = groups?.secret;
	const from = start + index + (value === undefined ? 0 : whole.lastIndexOf(value));
	return { start: from, end: from + (value ?? whole).length };
}

function findByName(bytes: Buffer, named: readonly NamedRule[], most: number): readonly Place[] {
	const text = bytes.toString('latin1');
	return named.flatMap(({ kind, find }): readonly Place[] => {
		if ('isSecret' in find)
			return find.isSecret(bytes) ? [{ kind, offset: null, range: { start: 0, end: bytes.length } }] : [];
		return matchesIn(text, find.pattern, most).map((match) => ({
			kind,
			offset: match.index,
			range: valueIn(match, 0),
		}));
	});
}

function matchesIn(text: string, pattern: RegExp, most: number): readonly RegExpExecArray[] {
	const found: RegExpExecArray[] = [];
	let matches = 0;
	for (const match of text.matchAll(pattern)) {
		if (isSecret(match)) found.push(match);
		matches += 1;
		if (matches === most) break;
	}
	return found;
}

/** Of two kinds in one line the first of the table counts. */
function byKind(bytes: Buffer, places: readonly Place[]): readonly FoundSecret[] {
	const lineAt = linesAt(bytes, places);
	const taken = new Set<number>();
	const found: FoundSecret[] = [];
	for (const kind of secretKinds) {
		const own = places.filter((place) => place.kind === kind);
		const lines = new Set(own.flatMap(({ offset }) => (offset === null ? [] : [lineAt.get(offset) ?? 1])));
		const free = [...lines].filter((line) => !taken.has(line)).sort((left, right) => left - right);
		const isWhole = own.some(({ offset }) => offset === null) && free.length === 0;
		if (!isWhole && free.length === 0) continue;
		for (const line of free) taken.add(line);
		found.push({ kind, lines: free.slice(0, MOST_LINES) });
	}
	return found;
}

const LF = 0x0a;

/** The lines of some places, 1-based, in one pass. */
function linesAt(bytes: Buffer, places: readonly Place[]): ReadonlyMap<number, number> {
	const offsets = places.flatMap(({ offset }) => (offset === null ? [] : [offset]));
	const lines = new Map<number, number>();
	let line = 1;
	let next = bytes.indexOf(LF);
	for (const offset of offsets.sort((left, right) => left - right)) {
		for (; next >= 0 && next < offset; next = bytes.indexOf(LF, next + 1)) line += 1;
		lines.set(offset, line);
	}
	return lines;
}
