import { SparseRecords } from './sparse/sparse-records.ts';

/** The records of a pax extended header about the next entry; null for those it lacks. */
export interface PaxRecords {
	readonly path: Uint8Array | null;
	readonly linkPath: Uint8Array | null;
	readonly size: number | null;
	readonly uid: number | null;
	readonly gid: number | null;
	/** Seconds since 1970, with a fraction. */
	readonly mtime: number | null;
	readonly sparse: SparseRecords | null;
}

export const emptyPaxRecords: PaxRecords = {
	path: null,
	linkPath: null,
	size: null,
	uid: null,
	gid: null,
	mtime: null,
	sparse: null,
};

const SPARSE_PREFIX = 'GNU.sparse.';

const SPACE = 0x20;
const NEWLINE = 0x0a;
const EQUALS = 0x3d;

/**
 * Adds the records of an extended header, `LENGTH KEY=VALUE\n` each, to those known (POSIX.1-2017, pax, "pax Extended Header").
 * Reading stops at the first malformed record, because missing records do less harm than wrong ones.
 */
export function applyPaxRecords(known: PaxRecords, content: Uint8Array): PaxRecords {
	let records: PaxRecords = known;
	let position = 0;
	while (position < content.length) {
		const space = content.indexOf(SPACE, position);
		if (space === -1 || space - position > 10) break;
		const length = Number(latin1(content.subarray(position, space)));
		const end = position + length;
		if (!(length > 0) || end > content.length || content[end - 1] !== NEWLINE) break;
		const equals = content.indexOf(EQUALS, space);
		if (equals === -1 || equals >= end) break;
		const key = latin1(content.subarray(space + 1, equals));
		records = withRecord(records, key, content.subarray(equals + 1, end - 1));
		position = end;
	}
	return records;
}

function withRecord(records: PaxRecords, key: string, value: Uint8Array): PaxRecords {
	switch (key) {
		case 'path':
			return { ...records, path: value.length === 0 ? null : value };
		case 'linkpath':
			return { ...records, linkPath: value.length === 0 ? null : value };
		case 'size':
		case 'uid':
		case 'gid':
		case 'mtime':
			return { ...records, [key]: value.length === 0 ? null : Number(latin1(value)) };
		default:
			return key.startsWith(SPARSE_PREFIX) ? withSparseRecord(records, key, value) : records;
	}
}

function withSparseRecord(records: PaxRecords, key: string, value: Uint8Array): PaxRecords {
	const sparse = records.sparse ?? new SparseRecords();
	sparse.add(key.slice(SPARSE_PREFIX.length), value);
	return records.sparse === null ? { ...records, sparse } : records;
}

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
