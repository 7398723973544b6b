import { createHash, type Hash } from 'node:crypto';
import type { Changeset } from './changeset.ts';
import { ChangesetBuilder } from './changeset-builder.ts';
import {
	createIdentityDigest,
	type IdentityDigest,
	type IdentityKey,
	identityOf,
	type PLAIN_SHA256,
} from './content-identity.ts';
import type { ContentSink } from './content-sink.ts';
import type { EntryBudget } from './entry-budget.ts';
import { EntryDecoder, paddedBytes, type TarEntry } from './entry-decoder.ts';
import { BLOCK_BYTES, SPARSE_CONTINUATION_MORE_OFFSET } from './header.ts';
import { impossibleSize, invalidHeader, truncated } from './tar-error.ts';

/** What is computed from a tar while it is streamed. */
export interface HashOptions {
	/** The key of the content identities. */
	readonly identityKey: IdentityKey | typeof PLAIN_SHA256;
	/** The diff ID is computed only for a tar up to this size. */
	readonly largestVerifiedBytes: number;
	/** Whether the SHA-256 of each file is worked out as well. */
	readonly withFileDigests?: boolean;
	/** What the entries are counted against; no limit by default. */
	readonly budget?: EntryBudget | null;
}

export interface StreamScanOptions extends HashOptions {
	/** The approximate size of the tar; 0 when it is unknown. */
	readonly expectedBytes: number;
	/** Called for every entry before its content. A sink that it returns gets the content, and no identity is computed. */
	readonly onEntry?: (entry: TarEntry) => ContentSink | null;
}

type State = 'header' | 'extension' | 'sparse-map' | 'content' | 'padding' | 'ended';

/** Scans a streamed uncompressed tar in chunks of any size, and hashes the content of each file. */
export class StreamScan {
	/** Bytes received. */
	position = 0;
	/** Whether a sink is behind: `step` has to be called before more can be written. */
	isBehind = false;
	readonly #decoder = new EntryDecoder();
	readonly #builder: ChangesetBuilder;
	readonly #options: StreamScanOptions;
	readonly #block = new Uint8Array(BLOCK_BYTES);
	#extension = new Uint8Array(0);
	#gathered = 0;
	#state: State = 'header';
	#left = 0;
	#padding = 0;
	#zeroBlocks = 0;
	#entryIndex = -1;
	#identity: IdentityDigest | null = null;
	#fileDigest: Hash | null = null;
	#sink: ContentSink | null = null;
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
		if (!inHeader && this.#state !== 'ended' && this.#state !== 'padding') throw truncated(this.position);
		if (this.#zeroBlocks === 0 && this.position > 0) this.#builder.note('no-end-mark', null);
		const diffId = this.#whole === null ? null : `sha256:${this.#whole.digest('hex')}`;
		return this.#builder.finish({ unpackedBytes: this.position, diffId });
	}

	/** Whether the next bytes start a new entry, including its extension headers. */
	get isBetweenEntries(): boolean {
		return this.#state === 'header' && this.#gathered === 0 && !this.#decoder.isExtended;
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
			if (block[offset + SPARSE_CONTINUATION_MORE_OFFSET] === 0) this.#startEntry(position + BLOCK_BYTES);
			return;
		}
		const decoded = this.#decoder.decode(block, offset);
		if (decoded === 'invalid') throw invalidHeader(position);
		if (decoded === 'impossible-size') throw impossibleSize(position);
		if (decoded === 'zero') {
			this.#zeroBlocks += 1;
			if (this.#zeroBlocks === 2) this.#state = 'ended';
			return;
		}
		this.#zeroBlocks = 0;
		if (decoded === 'sparse-entry') this.#state = 'sparse-map';
		else if (decoded === 'extension') this.#startExtension();
		else this.#startEntry(position + BLOCK_BYTES);
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
		this.#sink = this.#options.onEntry?.(entry) ?? null;
		this.#entryIndex = this.#builder.add(entry, position);
		this.#left = entry.contentBytes;
		this.#padding = paddedBytes(entry.contentBytes) - entry.contentBytes;
		this.#state = 'content';
		this.#identity = null;
		if (entry.contentBytes === 0) this.#endContent();
	}

	#takeContent(chunk: Uint8Array, offset: number): number {
		const taken = Math.min(this.#left, chunk.length - offset);
		const piece = chunk.subarray(offset, offset + taken);
		if (this.#sink) this.#sink.write(piece);
		else if (this.#entryIndex >= 0) this.#hashPiece(piece);
		this.#left -= taken;
		if (this.#sink?.isBehind) this.isBehind = true;
		else if (this.#left === 0) this.#endContent();
		return taken;
	}

	#hashPiece(piece: Uint8Array): void {
		const { identityKey, withFileDigests } = this.#options;
		if (withFileDigests) {
			this.#fileDigest ??= createHash('sha256');
			this.#fileDigest.update(piece);
		}
		if (this.#identity === null && piece.length === this.#left) {
			this.#builder.setIdentity(this.#entryIndex, identityOf(piece, identityKey));
			return;
		}
		this.#identity ??= createIdentityDigest(this.#decoder.entry.contentBytes, identityKey);
		this.#identity.update(piece);
	}

	#endContent(): void {
		if (this.#identity) this.#builder.setIdentity(this.#entryIndex, this.#identity.digest());
		if (this.#fileDigest) this.#builder.setDigest(this.#entryIndex, this.#fileDigest.digest());
		this.#fileDigest = null;
		this.#sink?.end();
		this.#identity = null;
		this.#sink = null;
		this.#startPadding();
	}

	#startPadding(): void {
		this.#left = this.#padding;
		this.#state = this.#padding === 0 ? 'header' : 'padding';
	}
}
