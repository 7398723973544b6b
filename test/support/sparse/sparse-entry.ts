import { checksum, padded, paxRecords, rawEntry } from '../archives/raw-tar.ts';
import { file } from '../archives/tar-entry.ts';

/*
 * GNU sparse entries in all forms that GNU tar has written (GNU tar manual, "Storing Sparse Files"), so that a test can get any of them
 * wrong.
 */

export const sparseForms = ['old-gnu', 'pax-0.0', 'pax-0.1', 'pax-1.0'] as const;

export type SparseForm = (typeof sparseForms)[number];

export interface SparseFile {
	readonly name: string;
	/** With the holes. */
	readonly fileBytes: number;
	readonly extents: readonly Extent[];
}

export interface Extent {
	readonly start: number;
	readonly data: Uint8Array;
	/** What the map says; the length of the data if absent. */
	readonly length?: number;
}

/** The entry with the headers before it. A file that is one hole gets an extent without data at its end, as GNU tar writes it. */
export function sparseEntry(form: SparseForm, sparse: SparseFile): Uint8Array {
	const { name, fileBytes } = sparse;
	const extents =
		sparse.extents.length > 0 ? sparse.extents : [{ start: fileBytes, data: new Uint8Array(0) }];
	const numbers = extents.flatMap(({ start, data, length = data.length }) => [start, length]);
	const data = Buffer.concat(extents.map((extent) => extent.data));
	if (form === 'old-gnu') return oldGnuEntry(sparse, numbers, data);
	const count = String(extents.length);
	const size = ['GNU.sparse.size', String(fileBytes)] as const;
	const blocks = ['GNU.sparse.numblocks', count] as const;
	if (form === 'pax-0.0') {
		const pairs = numbers.map(
			(number, index) => [`GNU.sparse.${index % 2 === 0 ? 'offset' : 'numbytes'}`, String(number)] as const,
		);
		return Buffer.concat([paxRecords([size, blocks, ...pairs]), rawEntry(file(name, data))]);
	}
	const other = rawEntryOf(name, data);
	if (form === 'pax-0.1') {
		const records = [size, blocks, ['GNU.sparse.name', name], ['GNU.sparse.map', numbers.join()]] as const;
		return Buffer.concat([paxRecords(records), other]);
	}
	const records = [
		['GNU.sparse.major', '1'],
		['GNU.sparse.minor', '0'],
		['GNU.sparse.name', name],
		['GNU.sparse.realsize', String(fileBytes)],
	] as const;
	const map = padded(Buffer.from([count, ...numbers].map((number) => `${number}\n`).join('')));
	return Buffer.concat([paxRecords(records), rawEntryOf(name, Buffer.concat([map, data]))]);
}

/** The content with its holes. */
export function contentOf({ fileBytes, extents }: SparseFile): Uint8Array {
	const content = Buffer.alloc(fileBytes);
	for (const { start, data } of extents) content.set(data, start);
	return content;
}

/** From version 0.1 on the header has a name that is made up. */
function rawEntryOf(name: string, data: Uint8Array): Uint8Array {
	return rawEntry(file(`GNUSparseFile.0/${name}`.slice(0, 100), data));
}

const HEADER = { entries: 386, count: 4, more: 482 };
const CONTINUATION = { entries: 0, count: 21, more: 504 };

function oldGnuEntry(
	{ name, fileBytes }: SparseFile,
	numbers: readonly number[],
	data: Uint8Array,
): Uint8Array {
	const entry = rawEntry(file(name, data), { typeFlag: 'S', magic: 'gnu' });
	const content = padded(data);
	// A long name has a header of its own before this one.
	const start = entry.length - content.length - 512;
	const header = Buffer.from(entry.subarray(start, start + 512));
	header.set(field(fileBytes), 483);
	const blocks = [header];
	let left = writeEntries(header, numbers, HEADER);
	while (left.length > 0) {
		const block = Buffer.alloc(512);
		blocks.push(block);
		left = writeEntries(block, left, CONTINUATION);
	}
	header.write(`${checksum(header).toString(8).padStart(6, '0')}\0`, 148, 'latin1');
	return Buffer.concat([entry.subarray(0, start), ...blocks, content]);
}

/** Returns the numbers that did not fit. */
function writeEntries(
	block: Buffer,
	numbers: readonly number[],
	{ entries, count, more }: typeof HEADER,
): readonly number[] {
	for (const [index, number] of numbers.slice(0, 2 * count).entries())
		block.set(field(number), entries + 12 * index);
	const left = numbers.slice(2 * count);
	block[more] = left.length > 0 ? 1 : 0;
	return left;
}

/** Octal digits, or base 256 for what is too large or negative. */
function field(number: number): Uint8Array {
	if (number >= 0 && number < 8 ** 11) return Buffer.from(`${number.toString(8).padStart(11, '0')} `);
	const bytes = Buffer.alloc(12, number < 0 ? 0xff : 0);
	bytes.writeBigInt64BE(BigInt(number), 4);
	bytes[0] |= 0x80;
	return bytes;
}
