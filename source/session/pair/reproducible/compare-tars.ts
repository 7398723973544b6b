import { createHash } from 'node:crypto';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { Cause } from '../../../diff/reproducible/causes.ts';
import { EntryMatching, type WaitingEntry } from '../../../diff/reproducible/entry-matching.ts';
import { type BytesDifference, FirstDifference } from '../../../diff/reproducible/first-bytes.ts';
import { compareHeaders, type HeaderDifference } from '../../../diff/reproducible/header-fields.ts';
import { packHeaders, unpackHeaders } from '../../../diff/reproducible/packed-headers.ts';
import {
	causesOfEntry,
	countsOf,
	type TarComparison,
	type TarDifference,
} from '../../../diff/reproducible/tar-difference.ts';
import { runWithin, type TimeSlice } from '../../../sources/time-slice.ts';
import { type RawEntry, RawTarReader } from '../../../tar/raw/raw-tar-reader.ts';
import { compareSequences } from './compare-sequences.ts';

/** An uncompressed tar to be read from its start. */
export interface OpenedTar {
	/** Its bytes, in chunks whose buffer may be reused once the next one is requested. */
	readonly chunks: AsyncIterable<Uint8Array>;
	/** Says of an error where it occurred. */
	readonly wordError: (error: unknown) => unknown;
}

/** Compares two uncompressed tars byte by byte, side by side, from start to end. Throws what `wordError` gives, and `interrupted`. */
export async function compareTars(tars: Both<OpenedTar>, slice: TimeSlice): Promise<TarComparison> {
	const [older, newer] = tars.map((tar) => new WordedReader(tar));
	try {
		return await new TarPair([older, newer], slice).compare();
	} finally {
		await Promise.all([older.close(), newer.close()]);
	}
}

/** A reader whose errors say which tar they are of. */
class WordedReader {
	readonly #reader: RawTarReader;
	readonly #wordError: OpenedTar['wordError'];

	constructor({ chunks, wordError }: OpenedTar) {
		this.#reader = new RawTarReader(chunks);
		this.#wordError = wordError;
	}

	nextEntry(): Promise<RawEntry | null> {
		return this.#worded(this.#reader.nextEntry());
	}

	nextPiece(): Promise<Uint8Array> {
		return this.#worded(this.#reader.nextPiece());
	}

	padding(): Promise<Uint8Array> {
		return this.#worded(this.#reader.padding());
	}

	nextTrailingPiece(): Promise<Uint8Array> {
		return this.#worded(this.#reader.nextTrailingPiece());
	}

	close(): Promise<void> {
		return this.#reader.close();
	}

	async #worded<Result>(work: Promise<Result>): Promise<Result> {
		try {
			return await work;
		} catch (error) {
			throw this.#wordError(error);
		}
	}
}

class TarPair {
	readonly #readers: Both<WordedReader>;
	readonly #slice: TimeSlice;
	readonly #matching = new EntryMatching();
	readonly #counts = new Map<Cause, number>();
	readonly #entries: [number, number] = [0, 0];
	/** The first difference, unless the entries went different ways before. */
	#first: TarDifference | null = null;

	constructor(readers: Both<WordedReader>, slice: TimeSlice) {
		this.#readers = readers;
		this.#slice = slice;
	}

	async compare(): Promise<TarComparison> {
		for (;;) {
			const [older, newer] = [await this.#readers[0].nextEntry(), await this.#readers[1].nextEntry()];
			if (older === null && newer === null) break;
			this.#entries[0] += Number(older !== null);
			this.#entries[1] += Number(newer !== null);
			if (older !== null && newer !== null && this.#areAlike(older, newer))
				await this.#compareInStep(older, newer);
			else await this.#match(older, newer);
			await this.#slice.yield();
		}
		await this.#compareEnds();
		return this.#finish();
	}

	#areAlike(older: RawEntry, newer: RawEntry): boolean {
		return older.path === newer.path && !this.#matching.hasWaiting(older.path);
	}

	async #compareInStep(older: RawEntry, newer: RawEntry): Promise<void> {
		const [before, after] = this.#readers;
		const { difference, bytes } = await compareSequences(
			[() => before.nextPiece(), () => after.nextPiece()],
			this.#slice,
		);
		const headers = compareHeaders(older.headers, newer.headers);
		const padding = comparePadding([await before.padding(), await after.padding()]);
		this.#matching.pair([older.index, newer.index]);
		if (headers.length === 0 && difference === null && padding === null) return;
		this.#noteEntry({ headers, hasOtherContent: difference !== null, hasOtherPadding: padding !== null });
		if (this.#matching.hasDiverged) return;
		const { path, index } = older;
		this.#first ??= {
			kind: 'entry',
			path,
			index,
			headers,
			content: difference,
			contentBytes: bytes,
			padding,
		};
	}

	async #match(older: RawEntry | null, newer: RawEntry | null): Promise<void> {
		if (this.#first === null) this.#matching.diverge([older, newer]);
		for (const [side, entry] of [older, newer].entries()) {
			if (entry === null) continue;
			const own = await this.#waitingEntry(side as 0 | 1, entry);
			const found = this.#matching.match(side as 0 | 1, entry.path, own);
			if (found === null) continue;
			const [before, after] = side === 0 ? [own, found] : [found, own];
			this.#noteEntry({
				headers: comparePacked(before.headers, after.headers),
				hasOtherContent: Buffer.compare(before.content, after.content) !== 0,
				hasOtherPadding: comparePadding([before.padding, after.padding]) !== null,
			});
		}
	}

	async #waitingEntry(side: 0 | 1, { index, headers }: RawEntry): Promise<WaitingEntry> {
		const reader = this.#readers[side];
		const hash = createHash('sha256');
		for (let piece = await reader.nextPiece(); piece.length > 0; piece = await reader.nextPiece()) {
			hash.update(piece);
			await this.#slice.yield();
		}
		return { index, headers: packHeaders(headers), content: hash.digest(), padding: await reader.padding() };
	}

	async #compareEnds(): Promise<void> {
		const [older, newer] = this.#readers;
		const { difference, bytes } = await compareSequences(
			[() => older.nextTrailingPiece(), () => newer.nextTrailingPiece()],
			this.#slice,
		);
		if (difference === null) return;
		this.#note('end', 1);
		if (!this.#matching.hasDiverged) this.#first ??= { kind: 'end', bytes, at: difference };
	}

	#noteEntry(
		compared: Parameters<typeof causesOfEntry>[0] & { readonly headers: readonly HeaderDifference[] },
	): void {
		for (const cause of causesOfEntry(compared)) this.#note(cause, 1);
	}

	#note(cause: Cause, count: number): void {
		this.#counts.set(cause, (this.#counts.get(cause) ?? 0) + count);
	}

	async #finish(): Promise<TarComparison> {
		const [onlyOld, onlyNew] = this.#matching.onlyCounts;
		this.#note('only-in-old', onlyOld);
		this.#note('only-in-new', onlyNew);
		this.#note('order', await runWithin(this.#slice, this.#matching.outOfOrder()));
		return {
			first: this.#first ?? this.#matching.firstDifference(),
			counts: countsOf((cause) => this.#counts.get(cause) ?? 0),
			entries: this.#entries,
		};
	}
}

function comparePacked(older: Uint8Array, newer: Uint8Array): readonly HeaderDifference[] {
	if (Buffer.compare(older, newer) === 0) return [];
	return compareHeaders(unpackHeaders(older), unpackHeaders(newer));
}

/** Where contents differ in size, so do their paddings: only other bytes than zeros count then. */
function comparePadding([older, newer]: Both<Uint8Array>): BytesDifference | null {
	const areZeros = [older, newer].every((bytes) => bytes.every((byte) => byte === 0));
	if (older.length !== newer.length && areZeros) return null;
	const found = new FirstDifference();
	found.add(older, newer);
	return found.finish();
}
