import { formatOf, type NumberField, readNumber } from './header.ts';

/** The numbers of a header; NaN for a field that holds none. */
export interface HeaderNumbers {
	size: number;
	mode: number;
	uid: number;
	gid: number;
	/** Seconds since 1970. */
	mtime: number;
	/** 0 in a v7 header, which has no such field. */
	deviceMajor: number;
	deviceMinor: number;
}

export function newHeaderNumbers(): HeaderNumbers {
	return { size: 0, mode: 0, uid: 0, gid: 0, mtime: 0, deviceMajor: 0, deviceMinor: 0 };
}

const starTimes: readonly NumberField[] = ['starAccessTime', 'starChangeTime'];

/**
 * Reads all numbers of a header, whatever its type. False when a field of its format holds no number: Go's archive/tar refuses such a header,
 * although the type of entry may have no use for the field.
 */
export function readNumbers(block: Uint8Array, offset: number, into: HeaderNumbers): boolean {
	const format = formatOf(block, offset);
	into.size = readNumber(block, offset, 'size');
	into.mode = readNumber(block, offset, 'mode');
	into.uid = readNumber(block, offset, 'uid');
	into.gid = readNumber(block, offset, 'gid');
	into.mtime = readNumber(block, offset, 'mtime');
	into.deviceMajor = format === 'v7' ? 0 : readNumber(block, offset, 'deviceMajor');
	into.deviceMinor = format === 'v7' ? 0 : readNumber(block, offset, 'deviceMinor');
	const sum = into.size + into.mode + into.uid + into.gid + into.mtime + into.deviceMajor + into.deviceMinor;
	if (Number.isNaN(sum)) return false;
	return format !== 'star' || starTimes.every((name) => !Number.isNaN(readNumber(block, offset, name)));
}
