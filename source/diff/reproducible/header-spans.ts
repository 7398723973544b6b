import { BLOCK_BYTES, type HeaderFormat } from '../../tar/header.ts';

/** A field of a header block, by its name in POSIX.1-2017, pax, "ustar Interchange Format", and in GNU tar's `tar.h`. */
export type HeaderFieldName =
	| 'name'
	| 'mode'
	| 'uid'
	| 'gid'
	| 'size'
	| 'mtime'
	| 'chksum'
	| 'typeflag'
	| 'linkname'
	/** `magic` and `version`: which format it is. */
	| 'magic'
	| 'uname'
	| 'gname'
	| 'devmajor'
	| 'devminor'
	| 'prefix'
	| 'atime'
	| 'ctime'
	/** Where the data of a sparse file belongs. */
	| 'sparse'
	/** Bytes that no field has. */
	| 'padding';

/** A field, and its bytes `[start, end)` in the block. */
export type HeaderSpan = readonly [name: HeaderFieldName, start: number, end: number];

const common: readonly HeaderSpan[] = [
	['name', 0, 100],
	['mode', 100, 108],
	['uid', 108, 116],
	['gid', 116, 124],
	['size', 124, 136],
	['mtime', 136, 148],
	['typeflag', 156, 157],
	['linkname', 157, 257],
	['magic', 257, 265],
];

const named: readonly HeaderSpan[] = [
	['uname', 265, 297],
	['gname', 297, 329],
	['devmajor', 329, 337],
	['devminor', 337, 345],
];

const rest: Readonly<Record<HeaderFormat, readonly HeaderSpan[]>> = {
	v7: [['padding', 265, BLOCK_BYTES]],
	posix: [...named, ['prefix', 345, 500], ['padding', 500, BLOCK_BYTES]],
	star: [
		...named,
		['prefix', 345, 476],
		['atime', 476, 488],
		['ctime', 488, 500],
		['padding', 500, BLOCK_BYTES],
	],
	gnu: [
		...named,
		['atime', 345, 357],
		['ctime', 357, 369],
		['sparse', 369, 495],
		['padding', 495, BLOCK_BYTES],
	],
};

/** It follows from all others. */
export const checksumSpan: HeaderSpan = ['chksum', 148, 156];

const numbers: ReadonlySet<HeaderFieldName> = new Set([
	'mode',
	'uid',
	'gid',
	'size',
	'mtime',
	'devmajor',
	'devminor',
	'atime',
	'ctime',
]);

/** The fields that two header blocks both have, but for the checksum. What one format has behind the magic, another one has not. */
export function spansOf(older: HeaderFormat, newer: HeaderFormat): readonly HeaderSpan[] {
	if (older === newer) return [...common, ...rest[newer]];
	// star has the magic of POSIX.
	const haveOneMagic = [older, newer].every((format) => format === 'posix' || format === 'star');
	return haveOneMagic ? [...common, ...rest.posix] : common;
}

/** Whether a field holds a number. */
export function isNumber(name: HeaderFieldName): boolean {
	return numbers.has(name);
}
