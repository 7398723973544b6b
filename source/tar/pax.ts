import { AttributeRecords, isAttributeKey } from './attributes/attribute-records.ts';
import type { ExtendedAttributes } from './attributes/extended-attributes.ts';
import { SparseRecords } from './sparse/sparse-records.ts';

/** The records of a pax extended header about the next entry; null for those it lacks, NaN for what should be a number. */
export interface PaxRecords {
	readonly path: Uint8Array | null;
	readonly linkPath: Uint8Array | null;
	readonly size: number | null;
	readonly uid: number | null;
	readonly gid: number | null;
	/** Seconds since 1970, with a fraction. */
	readonly mtime: number | null;
	readonly atime: number | null;
	readonly ctime: number | null;
	readonly attributes: ExtendedAttributes | null;
	readonly sparse: SparseRecords | null;
	/** Whether a record is malformed, whatever its value is. */
	readonly isMalformed: boolean;
}

export const emptyPaxRecords: PaxRecords = {
	path: null,
	linkPath: null,
	size: null,
	uid: null,
	gid: null,
	mtime: null,
	atime: null,
	ctime: null,
	attributes: null,
	sparse: null,
	isMalformed: false,
};

const SPARSE_PREFIX = 'GNU.sparse.';

const SPACE = 0x20;
const NEWLINE = 0x0a;
const EQUALS = 0x3d;

/** The shortest record is `5 a=\n`. */
const LEAST_RECORD_BYTES = 5;
/** Keys whose values no NUL may be in: they become names. */
const nameKeys: ReadonlySet<string> = new Set(['path', 'linkpath', 'uname', 'gname']);

/**
 * Adds the records of an extended header, `LENGTH KEY=VALUE\n` each, to those known (POSIX.1-2017, pax, "pax Extended Header").
 * What is malformed is what Go's archive/tar refuses. Reading stops at the first malformed record, because missing records do less harm
 * than wrong ones.
 */
export function applyPaxRecords(known: PaxRecords, content: Uint8Array): PaxRecords {
	let records: PaxRecords = known;
	let attributes: AttributeRecords | null = null;
	let position = 0;
	while (position < content.length) {
		const record = recordAt(content, position);
		if (record === null) {
			records = { ...records, isMalformed: true };
			break;
		}
		if (isAttributeKey(record.key)) {
			attributes ??= new AttributeRecords();
			attributes.add(record.key, record.value);
		} else records = withRecord(records, record.key, record.value);
		position = record.end;
	}
	return attributes === null ? records : { ...records, attributes: attributes.attributes() };
}

/** One record of an extended header. The key is in Latin-1. */
export interface PaxRecord {
	readonly key: string;
	readonly value: Uint8Array;
	readonly end: number;
}

/** The record at a position, with where the next one begins; null for a malformed record. */
export function recordAt(content: Uint8Array, position: number): PaxRecord | null {
	const space = content.indexOf(SPACE, position);
	const length = space === -1 ? Number.NaN : lengthOf(content, position, space);
	const end = position + length;
	if (!(length >= LEAST_RECORD_BYTES && end <= content.length && end > space + 1)) return null;
	let equals = space + 1;
	while (equals < end - 1 && content[equals] !== EQUALS) equals += 1;
	if (content[end - 1] !== NEWLINE || equals === space + 1 || equals === end - 1) return null;
	const key = latin1(content.subarray(space + 1, equals));
	const value = content.subarray(equals + 1, end - 1);
	return (nameKeys.has(key) ? value.includes(0) : key.includes('\0')) ? null : { key, value, end };
}

/** The length of a record, which is in plain digits as a rule. */
function lengthOf(content: Uint8Array, start: number, end: number): number {
	let length = 0;
	for (let index = start; index < end; index++) {
		const digit = content[index] - 0x30;
		if (digit < 0 || digit > 9) return integerOf(content.subarray(start, end));
		length = length * 10 + digit;
	}
	return start === end ? Number.NaN : length;
}

/** An empty value means that of the header. */
function withRecord(records: PaxRecords, key: string, value: Uint8Array): PaxRecords {
	const isEmpty = value.length === 0;
	switch (key) {
		case 'path':
			return { ...records, path: isEmpty ? null : value };
		case 'linkpath':
			return { ...records, linkPath: isEmpty ? null : value };
		case 'size':
		case 'uid':
		case 'gid':
			return { ...records, [key]: isEmpty ? null : integerOf(value) };
		case 'mtime':
		case 'atime':
		case 'ctime':
			return { ...records, [key]: isEmpty ? null : secondsOf(value) };
		default:
			return key.startsWith(SPARSE_PREFIX) ? withSparseRecord(records, key, value) : records;
	}
}

/** Whether every number is one. */
export function areNumbersSound({ size, uid, gid, mtime, atime, ctime }: PaxRecords): boolean {
	return ![size, uid, gid, mtime, atime, ctime].some(Number.isNaN);
}

/** NaN for anything but a decimal number of 64 bits. */
function integerOf(value: Uint8Array): number {
	const text = latin1(value);
	if (!/^[+-]?[0-9]+$/.test(text)) return Number.NaN;
	const number = Number(text);
	return number >= -(2 ** 63) && number < 2 ** 63 ? number : Number.NaN;
}

/** Seconds with a fraction; NaN for anything else. */
function secondsOf(value: Uint8Array): number {
	const match = /^([+-]?[0-9]+)(?:\.[0-9]*)?$/.exec(latin1(value));
	if (match === null) return Number.NaN;
	const number = Number(match[0]);
	return number >= -(2 ** 63) && number < 2 ** 63 ? number : Number.NaN;
}

function withSparseRecord(records: PaxRecords, key: string, value: Uint8Array): PaxRecords {
	const sparse = records.sparse ?? new SparseRecords();
	sparse.add(key.slice(SPARSE_PREFIX.length), value);
	return records.sparse === null ? { ...records, sparse } : records;
}

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
