import type { StringColumn } from '../../../tar/changeset.ts';

const caches = new WeakMap<StringColumn, Uint32Array>();

/** Which characters are in each name, as `characterMask` has them: a name without all those of a needle need not be read. */
export function nameMasks(names: StringColumn): Uint32Array {
	let masks = caches.get(names);
	if (masks === undefined) {
		masks = maskAll(names);
		caches.set(names, masks);
	}
	return masks;
}

/** A bit for each letter in either case, and bits for groups of other characters. */
export function characterMask(text: Uint8Array): number {
	return text.reduce((mask, byte) => mask | bits[byte], 0) >>> 0;
}

function maskAll({ bytes, ends }: StringColumn): Uint32Array {
	const masks = new Uint32Array(ends.length);
	let position = 0;
	for (let index = 0; index < ends.length; index++) {
		let mask = 0;
		for (const end = ends[index]; position < end; position++) mask |= bits[bytes[position]];
		masks[index] = mask;
	}
	return masks;
}

/** After the letters; what is in none of these groups has a bit as well, and so have all bytes beyond ASCII. */
const groups = ['0123456789', '-', '_', '.'];

const bits = Int32Array.from({ length: 256 }, (_, byte) => {
	if (byte >= 0x80) return 1 << 31;
	const character = String.fromCharCode(byte).toLowerCase();
	if (character >= 'a' && character <= 'z') return 1 << (character.charCodeAt(0) - 0x61);
	const group = groups.findIndex((characters) => characters.includes(character));
	return 1 << (group === -1 ? 30 : 26 + group);
});
