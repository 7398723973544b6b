import type { ChangeKind } from '../../filetree/file-tree.ts';
import {
	BLOCK_DEVICE,
	CHARACTER_DEVICE,
	DIRECTORY,
	FIFO,
	FILE,
	HARD_LINK,
	SYMLINK,
} from '../../tar/changeset.ts';
import { parseByteCount } from '../../text/parse-bytes.ts';
import { splitWords, type Word } from './split-words.ts';
import type { Condition, OwnerId, ParsedFilter, Term } from './terms.ts';

/** Reads a filter such as `>10MB kind:added !~\.pyc$`. */
export function parseFilter(text: string): ParsedFilter {
	const words = splitWords(text);
	if (words === null) return { ok: false, problem: 'a quote is not closed' };
	const terms: Term[] = [];
	for (const [index, word] of words.entries()) {
		const problem = sizeInTwoWords(word, words[index + 1]);
		if (problem !== null) return { ok: false, problem };
		const isNegated = !word.isQuoted && word.text.startsWith('!');
		const condition = conditionOf(isNegated ? { ...word, text: word.text.slice(1) } : word);
		if (typeof condition === 'string') return { ok: false, problem: condition };
		terms.push({ ...condition, isNegated });
	}
	return { ok: true, terms };
}

/** `>10 MB` would be all of more than ten bytes with `MB` in the path, which nobody means. */
function sizeInTwoWords({ text, isQuoted }: Word, next: Word | undefined): string | null {
	if (isQuoted || next === undefined || next.isQuoted || !/^!?[<>]=?[\d.]*$/.test(text)) return null;
	const isSize = /\d$/.test(text)
		? /^[a-z]/i.test(next.text) && parseByteCount(`1${next.text}`) !== null
		: parseByteCount(next.text) !== null;
	if (!isSize) return null;
	return `${text} ${next.text} is one size, which has no blank in it: ${text}${next.text}`;
}

/** A text says what is wrong. */
function conditionOf({ text, isQuoted }: Word): Condition | string {
	if (isQuoted) return text === '' ? 'a text is empty' : { kind: 'path', text };
	if (text === '' || text === '~') return 'a text is missing after ! or ~';
	if (/^[<>]/.test(text)) return sizeOf(text);
	const [, name, value] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
	const read = name === undefined ? undefined : readers.get(name);
	return read === undefined ? { kind: 'path', text } : read(value);
}

/** Of the words before a colon. Any other is a part of a path: names of packages may have a colon. */
const readers: ReadonlyMap<string, (value: string) => Condition | string> = new Map([
	['kind', changeOf],
	['layer', layerOf],
	['owner', ownerOf],
	['type', typeOf],
]);

function sizeOf(text: string): Condition | string {
	const [, sign, amount] = /^([<>]=?)(.*)$/s.exec(text) ?? ['', '', ''];
	const bytes = parseByteCount(amount.trim());
	if (bytes === null) return `${sign} needs a size such as ${sign}10MB`;
	const [least, most] = [0, Number.POSITIVE_INFINITY];
	switch (sign) {
		case '>':
			return { kind: 'size', least: bytes + 1, most };
		case '>=':
			return { kind: 'size', least: bytes, most };
		case '<':
			return { kind: 'size', least, most: bytes - 1 };
		default:
			return { kind: 'size', least, most: bytes };
	}
}

const changesOfWord: Readonly<Record<string, readonly ChangeKind[]>> = {
	added: ['added'],
	changed: ['content', 'metadata', 'identical'],
	content: ['content'],
	metadata: ['metadata'],
	identical: ['identical'],
	removed: ['removed'],
};

function changeOf(value: string): Condition | string {
	return Object.hasOwn(changesOfWord, value)
		? { kind: 'change', changes: changesOfWord[value] }
		: `kind: needs ${listed(Object.keys(changesOfWord))}`;
}

const typesOfWord: Readonly<Record<string, readonly number[]>> = {
	file: [FILE, HARD_LINK],
	directory: [DIRECTORY],
	dir: [DIRECTORY],
	link: [SYMLINK, HARD_LINK],
	symlink: [SYMLINK],
	'hard-link': [HARD_LINK],
	device: [CHARACTER_DEVICE, BLOCK_DEVICE],
	fifo: [FIFO],
};

function typeOf(value: string): Condition | string {
	return Object.hasOwn(typesOfWord, value)
		? { kind: 'type', types: typesOfWord[value] }
		: `type: needs ${listed(Object.keys(typesOfWord))}`;
}

function layerOf(value: string): Condition | string {
	const [, first, last = first] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(value) ?? [];
	if (first === undefined) return 'layer: needs the number of a layer, or two such as layer:2-4';
	return Number(first) > Number(last)
		? `layer: needs the lower number first, as in layer:${last}-${first}`
		: { kind: 'layer', first: Number(first) - 1, last: Number(last) - 1 };
}

function ownerOf(value: string): Condition | string {
	const [, uid = '', gid = ''] = /^([^:]*)(?::([^:]+))?$/.exec(value) ?? [];
	return uid === '' && gid === ''
		? 'owner: needs a user, by ID or by name, or with a group owner:1000:1000'
		: { kind: 'owner', uid: ownerIdOf(uid), gid: ownerIdOf(gid) };
}

function ownerIdOf(text: string): OwnerId {
	if (text === '') return null;
	return /^\d{1,10}$/.test(text) ? Number(text) : text;
}

function listed(words: readonly string[]): string {
	return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
