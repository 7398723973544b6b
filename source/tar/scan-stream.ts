import { createHash, type Hash } from 'node:crypto';
import { AfterEnd } from './after-end.ts';
import type { Changeset } from './changeset.ts';
import { ChangesetBuilder } from './changeset-builder.ts';
import { ContentHashing, type ContentHashingOptions } from './content-hashing.ts';
import type { ContentSink } from './content-sink.ts';
import type { EntryBudget } from './entry-budget.ts';
import { EntryDecoder, paddedBytes } from './entry-decoder.ts';
import { BLOCK_BYTES } from './header.ts';
import type { Decoded, TarEntry } from './headers/tar-entry.ts';
import { impossibleSize, invalidHeader, invalidSparseMap, truncated } from './tar-error.ts';

/** What is computed from a tar while it is streamed. */
export interface HashOptions extends ContentHashingOptions {
	/** The diff ID is computed only for a tar up to this size. */
	readonly largestVerifiedBytes: number;
	/** What the entries are counted against; no limit by default. */
	readonly budget?: EntryBudget | null;
}

export interface StreamScanOptions extends HashOptions {
	/** The approximate size of the tar; 0 when it is unknown. */
	readonly expectedBytes: number;
	/**
	 * Called for every entry before its content, with its index, or -1 where it is not listed. A sink that it returns gets the content, and no
	 * identity is computed unless the sink wants one.
	 */
	readonly onEntry?: (entry: TarEntry, index: number) => ContentSink | null;
}

type State = 'header' | 'extension' | 'sparse-map' | 'content' | 'padding' | 'after-end' | 'ended';

/** Scans a streamed uncompressed tar in chunks of any size, and hashes the content of each file. */
export class StreamScan {
	/** Bytes received. */
	position = 0;
	/** Whether a sink is behind: `step` has to be called before more can be written. */
	isBehind = false;
	readonly #decoder = new EntryDecoder((code, name) => this.#builder.note(code, name));
	readonly #builder: ChangesetBuilder;
	readonly #afterEnd = new AfterEnd((name) => this.#builder.note('second-archive', name));
	readonly #hashing: ContentHashing;
	readonly #options: StreamScanOptions;
	readonly #block = new Uint8Array(BLOCK_BYTES);
	#extension = new Uint8Array(0);
	#gathered = 0;
	#state: State = 'header';
	#left = 0;
	#padding = 0;
	#zeroBlocks = 0;
	/** Where the header is whose sparse map follows. */
	#header = 0;
	#entryIndex = -1;
	#sink: ContentSink | null = null;
	/** Whether the present content is hashed. */
	#isHashed = false;
	#whole: Hash | null = createHash('sha256');

	constructor(options: StreamScanOptions) {
		this.#options = options;
		const { expectedBytes, withFileDigests = false, budget = null } = options;
		this.#builder = new ChangesetBuilder({
			withIdentities: true,
			withDigests: withFileDigests,
			expectedBytes,
			budget,
		});
		this.#hashing = new ContentHashing(this.#builder, options);
	}

	/**
	 * Reads a chunk, whose buffer the caller may reuse afterwards. Returns how many bytes were taken: all of them, except where a sink is
	 * behind. Throws `TarError`.
	 */
	write(chunk: Uint8Array): number {
		if (this.position + chunk.length > this.#options.largestVerifiedBytes) this.#whole = null;
		let offset = 0;
		while (offset < chunk.length && !this.isBehind) {
			const taken = this.#take(chunk, offset);
			offset += taken;
			this.position += taken;
		}
		this.#whole?.update(offset === chunk.length ? chunk : chunk.subarray(0, offset));
		return offset;
	}

	/** Lets the sink that is behind do a small piece of its work. Throws what the sink throws. */
	step(): void {
		this.#sink?.step?.();
		if (this.#sink?.isBehind) return;
		this.isBehind = false;
		if (this.#left === 0) this.#endContent();
	}

	/** To be called after the last chunk. Throws `TarError` when the tar ends in the middle of an entry. */
	finish(): Changeset {
		const inHeader = this.#state === 'header' && (this.#gathered === 0 || this.#isZeroRest());
		const isOver = this.#state === 'padding' || this.#zeroBlocks === 2;
		if (!inHeader && !isOver) throw truncated(this.position);
		const hasEndMark = this.#zeroBlocks === 2 || (this.#zeroBlocks === 1 && this.#gathered === 0);
		if (!hasEndMark && this.position > 0) this.#builder.note('no-end-mark', null);
		const diffId = this.#whole === null ? null : `sha256:${this.#whole.digest('hex')}`;
		return this.#builder.finish({ unpackedBytes: this.position, diffId });
	}

	/** Whether the next bytes start a new entry, including its extension headers, and no block of zeros precedes them. */
	get isBetweenEntries(): boolean {
		const isAtHeader = this.#state === 'header' && this.#gathered === 0 && this.#zeroBlocks === 0;
		return isAtHeader && !this.#decoder.isExtended;
	}

	/** Ends between two entries, and returns the changeset of those received. */
	cut(): Changeset {
		return this.#builder.finish({ unpackedBytes: this.position, diffId: null });
	}

	#isZeroRest(): boolean {
		return this.#block.subarray(0, this.#gathered).every((byte) => byte === 0);
	}

	/** Consumes as much of the chunk as belongs to the current state; returns the number of bytes. */
	#take(chunk: Uint8Array, offset: number): number {
		switch (this.#state) {
			case 'header':
			case 'sparse-map':
			case 'after-end':
				return this.#takeBlock(chunk, offset);
			case 'extension':
				return this.#takeExtension(chunk, offset);
			case 'content':
				return this.#takeContent(chunk, offset);
			case 'padding': {
				const taken = Math.min(this.#left, chunk.length - offset);
				this.#left -= taken;
				if (this.#left === 0) this.#state = 'header';
				return taken;
			}
			case 'ended':
				return chunk.length - offset;
		}
	}

	#takeBlock(chunk: Uint8Array, offset: number): number {
		const available = chunk.length - offset;
		if (this.#gathered === 0 && available >= BLOCK_BYTES) {
			this.#blockComplete(chunk, offset, this.position);
			return BLOCK_BYTES;
		}
		const taken = Math.min(BLOCK_BYTES - this.#gathered, available);
		this.#block.set(chunk.subarray(offset, offset + taken), this.#gathered);
		this.#gathered += taken;
		if (this.#gathered === BLOCK_BYTES) {
			this.#gathered = 0;
			this.#blockComplete(this.#block, 0, this.position + taken - BLOCK_BYTES);
		}
		return taken;
	}

	#blockComplete(block: Uint8Array, offset: number, position: number): void {
		if (this.#state === 'sparse-map') {
			this.#takeSparseMap(this.#decoder.extendMap(block, offset), position);
			return;
		}
		if (this.#state === 'after-end') {
			if (this.#afterEnd.take(block, offset)) this.#state = 'ended';
			return;
		}
		const decoded = this.#decoder.decode(block, offset);
		if (decoded === 'invalid') throw invalidHeader(position);
		if (decoded === 'impossible-size') throw impossibleSize(position);
		if (decoded === 'invalid-sparse-map') throw invalidSparseMap(position);
		if (decoded === 'zero') {
			this.#zeroBlocks += 1;
			if (this.#zeroBlocks === 2) this.#state = 'after-end';
			return;
		}
		if (this.#zeroBlocks > 0) this.#builder.note('lone-zero-block', null);
		this.#zeroBlocks = 0;
		if (decoded === 'sparse-entry') this.#startSparseMap(position);
		else if (decoded === 'extension') this.#startExtension();
		else this.#startEntry(position + BLOCK_BYTES);
	}

	#startSparseMap(position: number): void {
		this.#header = position;
		this.#state = 'sparse-map';
	}

	#takeSparseMap(decoded: Decoded, position: number): void {
		if (decoded === 'invalid-sparse-map') throw invalidSparseMap(this.#header);
		if (decoded === 'entry') this.#startEntry(position + BLOCK_BYTES);
	}

	#startExtension(): void {
		const bytes = this.#decoder.extensionBytes;
		this.#extension = new Uint8Array(bytes);
		this.#left = bytes;
		this.#padding = paddedBytes(bytes) - bytes;
		this.#state = 'extension';
		if (bytes === 0) this.#endExtension();
	}

	#takeExtension(chunk: Uint8Array, offset: number): number {
		const taken = Math.min(this.#left, chunk.length - offset);
		this.#extension.set(chunk.subarray(offset, offset + taken), this.#extension.length - this.#left);
		this.#left -= taken;
		if (this.#left === 0) this.#endExtension();
		return taken;
	}

	#endExtension(): void {
		this.#decoder.extend(this.#extension);
		this.#startPadding();
	}

	#startEntry(position: number): void {
		const { entry } = this.#decoder;
		this.#entryIndex = this.#builder.add(entry, position);
		this.#sink = this.#options.onEntry?.(entry, this.#entryIndex) ?? null;
		this.#left = entry.contentBytes;
		this.#padding = paddedBytes(entry.contentBytes) - entry.contentBytes;
		this.#state = 'content';
		this.#isHashed = this.#entryIndex >= 0 && (this.#sink === null || this.#sink.isHashed === true);
		if (this.#isHashed) this.#hashing.start(this.#entryIndex, entry);
		if (entry.contentBytes === 0) this.#endContent();
	}

	#takeContent(chunk: Uint8Array, offset: number): number {
		const taken = Math.min(this.#left, chunk.length - offset);
		const piece = chunk.subarray(offset, offset + taken);
		this.#sink?.write(piece);
		if (this.#isHashed) this.#hashing.write(piece);
		this.#left -= taken;
		if (this.#sink?.isBehind) this.isBehind = true;
		else if (this.#left === 0) this.#endContent();
		return taken;
	}

	#endContent(): void {
		this.#sink?.end();
		if (this.#isHashed) this.#hashing.end();
		this.#sink = null;
		this.#startPadding();
	}

	#startPadding(): void {
		this.#left = this.#padding;
		this.#state = this.#padding === 0 ? 'header' : 'padding';
	}
}
