import { createHash, type Hash } from 'node:crypto';
import { AfterEnd } from './after-end.ts';
import type { Changeset, FactGroup } from './changeset.ts';
import { ChangesetBuilder } from './changeset-builder.ts';
import type { ContentHashingOptions } from './contents/content-hashing.ts';
import { type ContentTakers, PassingContent } from './contents/passing-content.ts';
import type { EntryBudget } from './entry-budget.ts';
import { EntryDecoder, paddedBytes } from './entry-decoder.ts';
import { BLOCK_BYTES } from './header.ts';
import type { Decoded } from './headers/tar-entry.ts';
import { impossibleSize, invalidHeader, invalidSparseMap, truncated } from './tar-error.ts';

/** What is computed from a tar while it is streamed. */
export interface HashOptions extends ContentHashingOptions {
	/** The diff ID is computed only for a tar up to this size. */
	readonly largestVerifiedBytes: number;
	/** What the entries are counted against; no limit by default. */
	readonly budget?: EntryBudget | null;
	/** Which facts are read from the contents (`facts/fact-groups.ts`); none by default. */
	readonly facts?: readonly FactGroup[];
}

export interface StreamScanOptions extends HashOptions, ContentTakers {
	/** The approximate size of the tar; 0 when it is unknown. */
	readonly expectedBytes: number;
	/** Whether it is a file system and no layer: names such as `.wh.x` are then those of files. */
	readonly isFileSystem?: boolean;
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
	readonly #content: PassingContent;
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
	#whole: Hash | null = createHash('sha256');

	constructor(options: StreamScanOptions) {
		this.#options = options;
		const columns = { withIdentities: true, withDigests: options.withFileDigests ?? false };
		this.#builder = new ChangesetBuilder({ budget: null, ...options, ...columns });
		this.#content = new PassingContent(this.#builder, options);
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
		this.#content.step();
		if (this.#content.isBehind) return;
		this.isBehind = false;
		if (this.#left === 0) this.#endContent();
	}

	/** Whether the reader of facts has something left to do with what has passed (`ContentObserver`). More can be written all the same. */
	get isObserverBehind(): boolean {
		return this.#options.observer?.isBehind === true;
	}

	/** Lets the reader of facts do a small piece of its work. */
	stepObserver(): void {
		this.#options.observer?.step();
	}

	/** To be called after the last chunk. Throws `TarError` when the tar ends in the middle of an entry. */
	finish(): Changeset {
		const isZeroRest = this.#block.subarray(0, this.#gathered).every((byte) => byte === 0);
		const inHeader = this.#state === 'header' && isZeroRest;
		const isOver = this.#state === 'padding' || this.#zeroBlocks === 2;
		if (!inHeader && !isOver) throw truncated(this.position);
		const hasEndMark = this.#zeroBlocks === 2 || (this.#zeroBlocks === 1 && this.#gathered === 0);
		if (!hasEndMark && this.position > 0) this.#builder.note('no-end-mark', null);
		const diffId = this.#whole === null ? null : `sha256:${this.#whole.digest('hex')}`;
		return this.#finish(diffId);
	}

	/** Whether the next bytes start a new entry, including its extension headers, and no block of zeros precedes them. */
	get isBetweenEntries(): boolean {
		const isAtHeader = this.#state === 'header' && this.#gathered === 0 && this.#zeroBlocks === 0;
		return isAtHeader && !this.#decoder.isExtended;
	}

	/** Whether nothing matters that comes: it is far behind the end mark, or behind what is no second tar. */
	get isOver(): boolean {
		return this.#state === 'ended';
	}

	/** Ends between two entries, and returns the changeset of those received. */
	cut(): Changeset {
		return this.#finish(null);
	}

	#finish(diffId: string | null): Changeset {
		const facts = this.#options.observer?.finish() ?? null;
		return this.#builder.finish({ unpackedBytes: this.position, diffId, facts });
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
		if (decoded === 'sparse-entry') {
			this.#header = position;
			this.#state = 'sparse-map';
		} else if (decoded === 'extension') this.#startExtension();
		else this.#startEntry(position + BLOCK_BYTES);
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
		this.#content.start(this.#builder.add(entry, position), entry);
		this.#left = entry.contentBytes;
		this.#padding = paddedBytes(entry.contentBytes) - entry.contentBytes;
		this.#state = 'content';
		if (entry.contentBytes === 0) this.#endContent();
	}

	#takeContent(chunk: Uint8Array, offset: number): number {
		const taken = Math.min(this.#left, chunk.length - offset);
		this.#content.write(chunk.subarray(offset, offset + taken));
		this.#left -= taken;
		if (this.#content.isBehind) this.isBehind = true;
		else if (this.#left === 0) this.#endContent();
		return taken;
	}

	#endContent(): void {
		this.#content.end();
		this.#startPadding();
	}

	#startPadding(): void {
		this.#left = this.#padding;
		this.#state = this.#padding === 0 ? 'header' : 'padding';
	}
}
