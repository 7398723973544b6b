import { type StringColumn, stringAt } from '../../../tar/changeset.ts';
import { decodeName } from '../../../text/decode-name.ts';

/** Names as a filter sees them: UTF-8, with `\xHH` for what is none, as they are shown. */
export interface SearchableNames extends StringColumn {
	/** Which characters are in each name, as `characterMask` has them: a name without all those of a needle need not be read. */
	readonly masks: Int32Array;
}

const encoder = new TextEncoder();
const lowerCases = new WeakMap<StringColumn, SearchableNames>();
const asShown = new WeakMap<StringColumn, SearchableNames>();

/** The names, in lower case where both cases are to be found. They are worked out once for each tree. */
export function searchableNames(names: StringColumn, anyCase: boolean): SearchableNames {
	const cache = anyCase ? lowerCases : asShown;
	let searchable = cache.get(names);
	if (searchable === undefined) {
		searchable = convert(names, anyCase);
		cache.set(names, searchable);
	}
	return searchable;
}

/** A bit for each letter in either case, and bits for groups of other characters. */
export function characterMask(text: Uint8Array): number {
	return text.reduce((mask, byte) => mask | bits[byte], 0);
}

/** Whether the mask alone tells that a lower-case name contains the text: a letter that has a bit for itself. */
export function isToldByMask(text: Uint8Array): boolean {
	return text.length === 1 && text[0] >= 0x61 && text[0] <= 0x7a;
}

/** Names of ASCII are copied byte by byte; only the others, which have the highest bit of the mask, are decoded. */
function convert({ bytes, ends }: StringColumn, anyCase: boolean): SearchableNames {
	const caseOf = anyCase ? lowerCase : sameCase;
	const masks = new Int32Array(ends.length);
	const searchableEnds = new Uint32Array(ends.length);
	let searchable = new Uint8Array(bytes.length);
	let position = 0;
	let source = 0;
	for (let index = 0; index < ends.length; index++) {
		const start = position;
		const end = ends[index];
		let mask = 0;
		for (; source < end; source++) {
			const byte = bytes[source];
			mask |= bits[byte];
			searchable[position++] = caseOf[byte];
		}
		if (mask < 0) {
			const text = encodeShown(stringAt({ bytes, ends }, index), anyCase);
			searchable = withRoom(searchable, start, text.length + bytes.length - end);
			searchable.set(text, start);
			position = start + text.length;
			mask = characterMask(text);
		}
		masks[index] = mask;
		searchableEnds[index] = position;
	}
	return { bytes: searchable.subarray(0, position), ends: searchableEnds, masks };
}

function encodeShown(name: Uint8Array, anyCase: boolean): Uint8Array {
	const shown = decodeName(name);
	return encoder.encode(anyCase ? shown.toLowerCase() : shown);
}

/** The bytes, with room for `needed` more after the first `used`. */
function withRoom(bytes: Uint8Array<ArrayBuffer>, used: number, needed: number): Uint8Array<ArrayBuffer> {
	if (bytes.length >= used + needed) return bytes;
	const larger = new Uint8Array(Math.ceil((used + needed) * 1.1));
	larger.set(bytes.subarray(0, used));
	return larger;
}

const lowerCase = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);
const sameCase = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** After the letters. What is in none of these groups has a bit as well, and the highest one is for bytes beyond ASCII. */
const groups = ['0123456789', '-', '_', '.'];

const bits = Int32Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return 1 << 31;
	const character = String.fromCharCode(byte).toLowerCase();
	if (character >= 'a' && character <= 'z') return 1 << (character.charCodeAt(0) - 0x61);
	const group = groups.findIndex((characters) => characters.includes(character));
	return 1 << (group === -1 ? 30 : 26 + group);
});
