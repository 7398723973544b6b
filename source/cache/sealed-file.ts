import { randomBytes } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import { type CacheKey, codeOf, type KindName, kinds } from './kinds/kind.ts';
import { FINGERPRINT_BYTES, isSameSeal, NONCE_BYTES, type Secret, sealOf, TAG_BYTES } from './seal.ts';

/** What is in a file of the cache. */
export interface Sealed {
	readonly kind: KindName;
	/** All keys that the value belongs to. They are under the seal, so that a file is of no use under the name of another key. */
	readonly keys: readonly CacheKey[];
	/** Plain bytes, each in a buffer of just its size when it was read. */
	readonly parts: readonly Uint8Array[];
}

/** What a file has to be of to be read. */
export interface Wanted {
	readonly kind: KindName;
	readonly key: CacheKey;
	readonly secret: Secret;
}

/** Raise it when the meaning of any part changes. It is independent of the version of fathom. */
const FORMAT_VERSION = 5;

/** As in PNG: a byte above 127, and line ends that a transfer as text would change. */
const magic = Uint8Array.from([0x8f, ...Buffer.from('fathom'), 0x0d, 0x0a, 0x1a, 0x0a, 0]);

const VERSION_OFFSET = 12;
const KIND_OFFSET = 16;
const PART_COUNT_OFFSET = 20;
const FINGERPRINT_OFFSET = 24;
const NONCE_OFFSET = FINGERPRINT_OFFSET + FINGERPRINT_BYTES;
const SEAL_OFFSET = NONCE_OFFSET + NONCE_BYTES;
const PART_BYTES_OFFSET = 72;
const MOST_PARTS = 32;
const HEADER_BYTES = PART_BYTES_OFFSET + 8 * MOST_PARTS;
const MOST_PART_BYTES = 2 ** 31;

/** The pieces of a file, to be written one after the other. Throws `RangeError` for what no file can hold. */
export function seal({ kind, keys, parts: values }: Sealed, secret: Secret): readonly Uint8Array[] {
	const parts = [Buffer.from(JSON.stringify({ keys })), ...values];
	if (parts.length > MOST_PARTS || parts.some(({ length }) => length > MOST_PART_BYTES))
		throw new RangeError('These are more bytes than a file of the cache holds.');
	const header = new Uint8Array(HEADER_BYTES);
	const numbers = numbersOf(header);
	header.set(magic);
	numbers.version[0] = FORMAT_VERSION;
	numbers.kind[0] = codeOf(kind);
	numbers.partCount[0] = parts.length;
	numbers.partBytes.set(parts.map(({ length }) => length));
	const nonce = randomBytes(NONCE_BYTES);
	header.set(secret.fingerprint, FINGERPRINT_OFFSET);
	header.set(nonce, NONCE_OFFSET);
	header.set(sealOf([header, ...parts], nonce, secret), SEAL_OFFSET);
	return [header, ...parts];
}

/**
 * Reads a file; null when it is damaged, was written by another version or under another secret, or is that of another kind or key. Throws
 * the system's errors.
 */
export function unseal(fd: number, { kind, key, secret }: Wanted): Sealed | null {
	const header = readHeader(fd);
	if (header === null || header.kind !== kind) return null;
	if (!isSameSeal(header.fingerprint, secret.fingerprint)) return null;
	const parts = header.partBytes.map((bytes) => new Uint8Array(bytes));
	let position = HEADER_BYTES;
	for (const part of parts) {
		if (!fill(fd, part, position)) return null;
		position += part.length;
	}
	if (!isSameSeal(sealOf([header.bytes, ...parts], header.nonce, secret), header.seal)) return null;
	const [first, ...values] = parts;
	const keys = keysIn(first);
	return keys.includes(key) ? { kind, keys, parts: values } : null;
}

/** The keys that a file says it has, for a list of files. The seal is not checked. Throws the system's errors. */
export function peekKeys(fd: number): readonly CacheKey[] {
	const header = readHeader(fd);
	if (header === null || header.partBytes[0] > MOST_PEEKED_BYTES) return [];
	const first = new Uint8Array(header.partBytes[0]);
	return fill(fd, first, HEADER_BYTES) ? keysIn(first) : [];
}

const MOST_PEEKED_BYTES = 1024 * 1024;

function keysIn(json: Uint8Array): readonly CacheKey[] {
	try {
		const { keys } = JSON.parse(Buffer.from(json).toString('utf8'));
		return Array.isArray(keys) ? keys.map(String) : [];
	} catch {
		return [];
	}
}

interface Header {
	/** All of the header, with zeros in place of the seal. */
	readonly bytes: Uint8Array;
	readonly kind: KindName;
	readonly partBytes: readonly number[];
	readonly fingerprint: Uint8Array;
	readonly nonce: Uint8Array;
	readonly seal: Uint8Array;
}

/** Null unless the file has exactly as many bytes as its header says. Numbers are in the byte order of the machine. */
function readHeader(fd: number): Header | null {
	const stats = fstatSync(fd);
	const bytes = new Uint8Array(HEADER_BYTES);
	if (!stats.isFile() || !fill(fd, bytes, 0)) return null;
	const { version, kind, partCount, partBytes } = numbersOf(bytes);
	if (!magic.every((byte, index) => bytes[index] === byte) || version[0] !== FORMAT_VERSION) return null;
	if (kind[0] >= kinds.length || partCount[0] === 0 || partCount[0] > MOST_PARTS) return null;
	const given = [...partBytes.subarray(0, partCount[0])];
	if (!given.every((length) => Number.isInteger(length) && length >= 0 && length <= MOST_PART_BYTES))
		return null;
	if (given.reduce((sum, length) => sum + length, HEADER_BYTES) !== stats.size) return null;
	const seal = bytes.slice(SEAL_OFFSET, SEAL_OFFSET + TAG_BYTES);
	bytes.fill(0, SEAL_OFFSET, SEAL_OFFSET + TAG_BYTES);
	return {
		bytes,
		kind: kinds[kind[0]].name,
		partBytes: given,
		fingerprint: bytes.subarray(FINGERPRINT_OFFSET, FINGERPRINT_OFFSET + FINGERPRINT_BYTES),
		nonce: bytes.subarray(NONCE_OFFSET, NONCE_OFFSET + NONCE_BYTES),
		seal,
	};
}

/** The numbers of a header, to be read and written in place. */
function numbersOf({ buffer }: Uint8Array<ArrayBuffer>) {
	return {
		version: new Uint32Array(buffer, VERSION_OFFSET, 1),
		kind: new Uint32Array(buffer, KIND_OFFSET, 1),
		partCount: new Uint32Array(buffer, PART_COUNT_OFFSET, 1),
		partBytes: new Float64Array(buffer, PART_BYTES_OFFSET, MOST_PARTS),
	};
}

/** Reads as many bytes as `target` has; false when the file ends before. */
function fill(fd: number, target: Uint8Array, position: number): boolean {
	for (let filled = 0; filled < target.length; ) {
		const read = readSync(fd, target, filled, target.length - filled, position + filled);
		if (read === 0) return false;
		filled += read;
	}
	return true;
}
