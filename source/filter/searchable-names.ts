import { trimmed, withRoom } from '../columns/grow.ts';
import { Prepared, type Steps } from '../steps.ts';
import { type StringColumn, stringAt } from '../tar/changeset.ts';
import { decodeName } from '../text/decode-name.ts';
import { type DistinctNames, findDistinctNames } from './distinct-names.ts';

const encoder = new TextEncoder();

/**
 * The distinct names of a tree as they are shown: UTF-8, with `\xHH` for other bytes. For a search that ignores case they are in
 * lower case.
 */
export interface SearchableNames extends StringColumn {
	/** Which of the names each node has. */
	readonly numbers: Uint32Array;
	/** The `characterMask` of each name. A name that lacks a character of the needle need not be read. */
	readonly masks: Int32Array;
}

interface NamesOfTree {
	readonly lowerCase: Prepared<SearchableNames>;
	readonly asShown: Prepared<SearchableNames>;
}

const known = new WeakMap<StringColumn, NamesOfTree>();

/** The names, in lower case if `anyCase`. They are computed once for each tree. */
export function searchableNames(names: StringColumn, anyCase: boolean): SearchableNames {
	const { lowerCase, asShown } = namesOf(names);
	return (anyCase ? lowerCase : asShown).get();
}

/** Computes ahead of time what nearly every search needs. */
export function prepareNames(names: StringColumn): Steps<void> {
	return namesOf(names).lowerCase.prepare();
}

function namesOf(names: StringColumn): NamesOfTree {
	let ofTree = known.get(names);
	if (ofTree === undefined) {
		const distinct = new Prepared(findDistinctNames(names));
		ofTree = {
			lowerCase: new Prepared(convert(names, distinct, true)),
			asShown: new Prepared(convert(names, distinct, false)),
		};
		known.set(names, ofTree);
	}
	return ofTree;
}

/** A bit for each letter in either case, and bits for groups of other characters. */
export function characterMask(text: Uint8Array): number {
	return text.reduce((mask, byte) => mask | bits[byte], 0);
}

/** Whether the mask alone tells that a lower-case name contains the text: one character that has a bit to itself. */
export function isDecidedByMask(text: Uint8Array): boolean {
	return text.length === 1 && charactersWithBit.has(text[0]);
}

const NAMES_A_STEP = 2048;

function* convert(
	names: StringColumn,
	distinct: Prepared<DistinctNames>,
	anyCase: boolean,
): Steps<SearchableNames> {
	yield* distinct.prepare();
	const { numbers, nodes } = distinct.get();
	const converter = new NameConverter(names, nodes.length, anyCase);
	for (let start = 0; start < nodes.length; start += NAMES_A_STEP) {
		for (const node of nodes.subarray(start, start + NAMES_A_STEP)) converter.add(node);
		yield;
	}
	return { numbers, ...converter.finish() };
}

/** Names of ASCII are copied byte by byte; only the others, which have the highest bit of the mask, are decoded. */
class NameConverter {
	readonly #names: StringColumn;
	readonly #anyCase: boolean;
	readonly #masks: Int32Array;
	readonly #ends: Uint32Array;
	#bytes = new Uint8Array(4096);
	#used = 0;
	#count = 0;

	constructor(names: StringColumn, count: number, anyCase: boolean) {
		this.#names = names;
		this.#anyCase = anyCase;
		this.#masks = new Int32Array(count);
		this.#ends = new Uint32Array(count);
	}

	add(node: number): void {
		const name = stringAt(this.#names, node);
		let mask = this.#copy(name);
		if (mask < 0) {
			const text = encodeShown(name, this.#anyCase);
			this.#bytes = withRoom(this.#bytes, this.#used + text.length);
			this.#bytes.set(text, this.#used);
			this.#ends[this.#count] = this.#used + text.length;
			mask = characterMask(text);
		}
		this.#masks[this.#count] = mask;
		this.#used = this.#ends[this.#count];
		this.#count += 1;
	}

	finish(): Omit<SearchableNames, 'numbers'> {
		return { bytes: trimmed(this.#bytes, this.#used), ends: this.#ends, masks: this.#masks };
	}

	#copy(name: Uint8Array): number {
		this.#bytes = withRoom(this.#bytes, this.#used + name.length);
		const bytes = this.#bytes;
		const caseOf = this.#anyCase ? lowerCase : sameCase;
		let mask = 0;
		let position = this.#used;
		for (let index = 0; index < name.length; index++) {
			mask |= bits[name[index]];
			bytes[position++] = caseOf[name[index]];
		}
		this.#ends[this.#count] = position;
		return mask;
	}
}

function encodeShown(name: Uint8Array, anyCase: boolean): Uint8Array {
	const shown = decodeName(name);
	return encoder.encode(anyCase ? shown.toLowerCase() : shown);
}

const lowerCase = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);
const sameCase = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Each has a bit after those of the letters. What is in none of these groups has a bit as well, and the highest one is for bytes beyond ASCII. */
const groups = ['0123456789', '-', '_', '.'];

const charactersWithBit: ReadonlySet<number> = new Set(
	[...'abcdefghijklmnopqrstuvwxyz', ...groups.filter(({ length }) => length === 1)].map((character) =>
		character.charCodeAt(0),
	),
);

const bits = Int32Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return 1 << 31;
	const character = String.fromCharCode(byte).toLowerCase();
	if (character >= 'a' && character <= 'z') return 1 << (character.charCodeAt(0) - 0x61);
	const group = groups.findIndex((characters) => characters.includes(character));
	return 1 << (group === -1 ? 30 : 26 + group);
});
