import { type StringColumn, stringAt } from '../../../tar/changeset.ts';
import { decodeName } from '../../../text/decode-name.ts';

const encoder = new TextEncoder();
const lowerCases = new WeakMap<StringColumn, StringColumn>();
const asShown = new WeakMap<StringColumn, StringColumn>();

const lowerCase = Uint8Array.from({ length: 256 }, (_, byte) =>
	byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);
const sameCase = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * The names as a filter sees them: UTF-8, with `\xHH` for what is none, as they are shown; in lower case where both cases are to
 * be found. It is worked out once for each tree.
 */
export function searchableNames(names: StringColumn, anyCase: boolean): StringColumn {
	const cache = anyCase ? lowerCases : asShown;
	let searchable = cache.get(names);
	if (searchable === undefined) {
		searchable = convert(names, anyCase);
		cache.set(names, searchable);
	}
	return searchable;
}

/** Names of ASCII are copied byte by byte; only the others are decoded. */
function convert({ bytes, ends }: StringColumn, anyCase: boolean): StringColumn {
	const caseOf = anyCase ? lowerCase : sameCase;
	const searchableEnds = new Uint32Array(ends.length);
	let searchable = new Uint8Array(bytes.length);
	let position = 0;
	let source = 0;
	for (let index = 0; index < ends.length; index++) {
		const start = position;
		const end = ends[index];
		let allBits = 0;
		for (; source < end; source++) {
			const byte = bytes[source];
			allBits |= byte;
			searchable[position++] = caseOf[byte];
		}
		if (allBits >= 0x80) {
			const text = encodeShown(stringAt({ bytes, ends }, index), anyCase);
			searchable = withRoom(searchable, start, text.length + bytes.length - end);
			searchable.set(text, start);
			position = start + text.length;
		}
		searchableEnds[index] = position;
	}
	return { bytes: searchable.subarray(0, position), ends: searchableEnds };
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
