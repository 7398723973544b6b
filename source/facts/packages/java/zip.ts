import { inflateRawSync } from 'node:zlib';
import type { Steps } from '../../../steps.ts';
import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';
import { inflateInSteps } from './inflate-in-steps.ts';

/** A file in a zip archive, as the archive's directory has it. */
export interface ZipEntry {
	/** One character a byte. */
	readonly name: string;
	/** 0 is stored, 8 is deflated. */
	readonly method: number;
	readonly isEncrypted: boolean;
	readonly crc32: number;
	readonly storedBytes: number;
	/** Of its content. */
	readonly bytes: number;
	/** Where its own header lies in the archive. */
	readonly headerAt: number;
}

const END_BYTES = 22;
const ENTRIES_A_STEP = 2048;
/** Unfold to at most a thousand times as many, which takes some milliseconds. */
const SMALL_BYTES = 4096;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_BYTES = 20;
/** It may have data of extensions at its end. */
const LONGEST_RECORD = 64 * 1024;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const DAMAGED = 'the directory of the archive is damaged';
const signature = { end: 0x06054b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 };

/**
 * The files in a zip archive, by the directory at its end (APPNOTE.TXT 6.3.10). What stands before the archive, such as a script that starts
 * it, is skipped. If the directory is damaged, the files before the damage are returned. Throws `FactError` if the file is no zip archive, or
 * has too many files.
 */
export function* readZipDirectory(
	archive: Buffer,
	mostEntries: number,
	damage: Damage,
): Steps<readonly ZipEntry[]> {
	const { directoryAt, shift, endAt } = findDirectory(archive);
	const entries: ZipEntry[] = [];
	let at = directoryAt;
	while (at + ENTRY_BYTES <= endAt && archive.readUInt32LE(at) === signature.entry) {
		if (entries.length === mostEntries) throw new FactError('it has too many files');
		const nameEnd = at + ENTRY_BYTES + archive.readUInt16LE(at + 28);
		if (nameEnd > endAt) break;
		entries.push({
			name: archive.toString('latin1', at + ENTRY_BYTES, nameEnd),
			method: archive.readUInt16LE(at + 10),
			isEncrypted: (archive.readUInt16LE(at + 8) & 1) !== 0,
			crc32: archive.readUInt32LE(at + 16),
			storedBytes: archive.readUInt32LE(at + 20),
			bytes: archive.readUInt32LE(at + 24),
			headerAt: archive.readUInt32LE(at + 42) + shift,
		});
		if (entries.length % ENTRIES_A_STEP === 0) yield;
		at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
	}
	if (at !== endAt) {
		if (entries.length === 0) throw new FactError(DAMAGED);
		damage.add(`${DAMAGED} behind ${entries.length} of its files`);
	}
	return entries;
}

/** The content of a file; null where it is stored in a way that no Java reads. Throws `FactError` where it is damaged or too long. */
export function* readZipFile(archive: Buffer, entry: ZipEntry, mostBytes: number): Steps<Buffer | null> {
	const { headerAt, storedBytes, method } = entry;
	if (entry.isEncrypted || (method !== 0 && method !== 8)) return null;
	if (headerAt + LOCAL_BYTES > archive.length || archive.readUInt32LE(headerAt) !== signature.local)
		throw new FactError('a file of the archive is not where its directory says');
	const from =
		headerAt + LOCAL_BYTES + archive.readUInt16LE(headerAt + 26) + archive.readUInt16LE(headerAt + 28);
	const stored = archive.subarray(from, from + storedBytes);
	if (stored.length < storedBytes) throw new FactError('a file of the archive is cut off');
	if (method === 0 && storedBytes <= mostBytes) return stored;
	if (method === 8 && storedBytes <= SMALL_BYTES) return inflateAtOnce(stored, mostBytes);
	if (method === 0 || entry.bytes > mostBytes) throw tooLong(mostBytes);
	return yield* inflateInSteps(stored, entry);
}

function inflateAtOnce(stored: Buffer, mostBytes: number): Buffer {
	try {
		return inflateRawSync(stored, { maxOutputLength: mostBytes });
	} catch (error) {
		throw error instanceof RangeError
			? tooLong(mostBytes)
			: new FactError('a file of the archive is damaged');
	}
}

function tooLong(mostBytes: number): FactError {
	return new FactError(`a file of the archive is longer than ${mostBytes} bytes, and no more are read`);
}

interface Directory {
	readonly directoryAt: number;
	readonly endAt: number;
	/** What positions in the archive are less than those in the file. */
	readonly shift: number;
}

/** The directory lies right before the record at the end, which says how long it is and where it should begin. */
function findDirectory(archive: Buffer): Directory {
	const recordAt = findEnd(archive);
	const record64 = findEnd64(archive, recordAt);
	const [endAt, bytes, from] = record64 ?? [
		recordAt,
		archive.readUInt32LE(recordAt + 12),
		archive.readUInt32LE(recordAt + 16),
	];
	const directoryAt = endAt - bytes;
	if (directoryAt < 0 || from > directoryAt) throw new FactError(DAMAGED);
	return { directoryAt, endAt, shift: directoryAt - from };
}

/** The record has a comment after it, whose length it knows. */
function findEnd(archive: Buffer): number {
	const lowest = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT);
	for (let at = archive.length - END_BYTES; at >= lowest; at--) {
		const isRecord = archive.readUInt32LE(at) === signature.end;
		if (isRecord && at + END_BYTES + archive.readUInt16LE(at + 20) === archive.length) return at;
	}
	throw new FactError('it is no zip archive, or its end is cut off');
}

/** The larger record of an archive with more than 65,534 files: its place, and what it says of the directory. */
function findEnd64(archive: Buffer, recordAt: number): readonly [number, number, number] | null {
	const locatorAt = recordAt - LOCATOR_BYTES;
	if (locatorAt < 0 || archive.readUInt32LE(locatorAt) !== signature.locator64) return null;
	const lowest = Math.max(0, locatorAt - LONGEST_RECORD);
	const at = lowest + archive.subarray(lowest, locatorAt).lastIndexOf('PK\x06\x06', undefined, 'latin1');
	if (at < lowest || at + 56 > locatorAt) return null;
	return [at, Number(archive.readBigUInt64LE(at + 40)), Number(archive.readBigUInt64LE(at + 48))];
}
