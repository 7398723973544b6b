import { FactError } from '../../fact-reader.ts';

/** An integer of one to nine bytes, the most significant bits first (SQLite, Database File Format, 1.5). Beyond 2^53 it is not exact. */
export function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
	let value = 0;
	for (let index = start; index < Math.min(start + 9, bytes.length); index++) {
		const byte = bytes[index];
		if (index === start + 8) return { value: value * 256 + byte, end: index + 1 };
		value = value * 128 + (byte & 0x7f);
		if (byte < 0x80) return { value, end: index + 1 };
	}
	throw new FactError('a number beyond the end of its page');
}
