import type { RawHeader, RawHeaderRole } from '../../tar/raw/raw-tar-reader.ts';

const roles: readonly RawHeaderRole[] = [
	'entry',
	'pax',
	'pax-global',
	'long-name',
	'long-link',
	'zero-block',
];

/** Fewer zeros than this are stored as they are. */
const LEAST_ZEROS = 9;
const NUMBER_BYTES = 4;

/** Headers with their zeros left out, of which most of a header consists: entries that have not met their like wait in memory. */
export function packHeaders(headers: readonly RawHeader[]): Uint8Array {
	return Buffer.concat(
		headers.flatMap(({ role, block, extension }) => [
			Uint8Array.of(roles.indexOf(role)),
			packBytes(block),
			packBytes(extension),
		]),
	);
}

/** What `packHeaders` was given. */
export function unpackHeaders(packed: Uint8Array): readonly RawHeader[] {
	const headers: RawHeader[] = [];
	for (let at = 0; at < packed.length; ) {
		const role = roles[packed[at]];
		const block = unpackBytes(packed, at + 1);
		const extension = unpackBytes(packed, block.end);
		headers.push({ role, block: block.bytes, extension: extension.bytes });
		at = extension.end;
	}
	return headers;
}

/** The length; then bytes as they are, how many zeros follow them, and so on. */
function packBytes(bytes: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = [numberBytes(bytes.length)];
	for (let at = 0; at < bytes.length; ) {
		const { from, to } = nextZeros(bytes, at);
		parts.push(numberBytes(from - at), bytes.subarray(at, from), numberBytes(to - from));
		at = to;
	}
	return Buffer.concat(parts);
}

/** The next run of zeros that is worth leaving out; empty at the end. */
function nextZeros(bytes: Uint8Array, start: number): { readonly from: number; readonly to: number } {
	for (let from = bytes.indexOf(0, start); from !== -1; ) {
		let to = from;
		while (to < bytes.length && bytes[to] === 0) to += 1;
		if (to - from >= LEAST_ZEROS) return { from, to };
		from = bytes.indexOf(0, to);
	}
	return { from: bytes.length, to: bytes.length };
}

function unpackBytes(
	packed: Uint8Array,
	start: number,
): { readonly bytes: Uint8Array; readonly end: number } {
	const view = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
	const bytes = new Uint8Array(view.readUInt32LE(start));
	let at = start + NUMBER_BYTES;
	for (let filled = 0; filled < bytes.length; ) {
		const literals = view.readUInt32LE(at);
		at += NUMBER_BYTES;
		bytes.set(packed.subarray(at, at + literals), filled);
		at += literals;
		filled += literals + view.readUInt32LE(at);
		at += NUMBER_BYTES;
	}
	return { bytes, end: at };
}

function numberBytes(value: number): Uint8Array {
	const bytes = Buffer.alloc(NUMBER_BYTES);
	bytes.writeUInt32LE(value);
	return bytes;
}
