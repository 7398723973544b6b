import { copyOf } from '../../columns/copy-of.ts';
import { EntryDecoder, paddedBytes } from '../entry-decoder.ts';
import { literalPathOf } from '../entry-path.ts';
import { BLOCK_BYTES, isZeroBlock, TYPE_FLAG_OFFSET } from '../header.ts';
import type { Decoded, TarEntry } from '../headers/tar-entry.ts';
import { impossibleSize, invalidHeader, invalidSparseMap, truncated } from '../tar-error.ts';
import { type ExtensionKind, headerTypeOf } from '../type-flags.ts';
import { ByteQueue } from './byte-queue.ts';

/** What a header of an entry is: its own, one that extends it, or a block of zeros before it, which belongs nowhere. */
export type RawHeaderRole = 'entry' | ExtensionKind | 'zero-block';

/** One header of an entry, byte by byte. */
export interface RawHeader {
	readonly role: RawHeaderRole;
	/** The header block. */
	readonly block: Uint8Array;
	/** What follows it in whole blocks, padding included: the text of an extension, the blocks of a sparse map. */
	readonly extension: Uint8Array;
}

/** One entry of a tar with all its headers, in their order. */
export interface RawEntry {
	/** How many entries are before it. */
	readonly index: number;
	/** Its path without leading `/` and `.` components, or its name as it is where that leads out of the root. In Latin-1, a character a byte. */
	readonly path: string;
	readonly headers: readonly RawHeader[];
	/** Stored bytes of its content. */
	readonly contentBytes: number;
}

const nothing = new Uint8Array(0);

/**
 * Reads an uncompressed tar entry by entry without interpreting its headers: every byte is part of a header, of content, of the padding behind
 * content, or of what follows the last entry. It holds one entry's headers and one chunk.
 */
export class RawTarReader {
	readonly #queue: ByteQueue;
	readonly #decoder = new EntryDecoder();
	#index = 0;
	#contentLeft = 0;
	#paddingLeft = 0;
	/** Headers behind which no entry came. */
	#leftOver: Uint8Array = nothing;

	/** The producer may reuse the buffer of a chunk once the next one is requested. */
	constructor(chunks: AsyncIterable<Uint8Array>) {
		this.#queue = new ByteQueue(chunks);
	}

	/** Bytes of the tar that were taken. */
	get position(): number {
		return this.#queue.position;
	}

	/** The next entry, once the content and the padding of the last one were taken; null behind the last. Throws `TarError`, and what the source throws. */
	async nextEntry(): Promise<RawEntry | null> {
		const headers: RawHeader[] = [];
		for (;;) {
			const start = this.#queue.position;
			if (await this.#isAtEnd()) {
				this.#leftOver = Buffer.concat(headers.flatMap(({ block, extension }) => [block, extension]));
				return null;
			}
			const block = await this.#takeBlocks(BLOCK_BYTES);
			const decoded = this.#decoder.decode(block, 0);
			if (decoded === 'zero') headers.push({ role: 'zero-block', block, extension: nothing });
			else if (decoded === 'extension') headers.push(await this.#takeExtension(block));
			else return await this.#takeEntry(decoded, { headers, block, start });
		}
	}

	/** The next piece of the entry's content, valid until the next call, at most `most` bytes; empty behind the last one. Throws `TarError`, and what the source throws. */
	async nextPiece(most: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
		if (this.#contentLeft === 0) return nothing;
		const piece = await this.#queue.take(Math.min(most, this.#contentLeft));
		if (piece.length === 0) throw truncated(this.#queue.position);
		this.#contentLeft -= piece.length;
		return piece;
	}

	/** The padding behind the content, which the last entry of a tar that was cut may lack. */
	async padding(): Promise<Uint8Array> {
		const bytes = this.#paddingLeft;
		const padding = copyOf(this.#queue.has(bytes) ? this.#queue.view(bytes) : await this.#queue.peek(bytes));
		this.#queue.drop(padding.length);
		this.#paddingLeft = 0;
		return padding;
	}

	/** Behind the last entry: the next piece of headers without an entry, of the end mark and of what follows it; empty at the end. */
	async nextTrailingPiece(most: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
		if (this.#leftOver.length === 0) return this.#queue.take(most);
		const piece = this.#leftOver.subarray(0, most);
		this.#leftOver = this.#leftOver.subarray(piece.length);
		return piece;
	}

	close(): Promise<void> {
		return this.#queue.close();
	}

	/** Whether two blocks of zeros follow, or fewer bytes than a header has, or one block of zeros that is the last. */
	async #isAtEnd(): Promise<boolean> {
		const block = await this.#queue.peek(BLOCK_BYTES);
		if (block.length < BLOCK_BYTES) return true;
		if (!isZeroBlock(block, 0)) return false;
		const two = await this.#queue.peek(2 * BLOCK_BYTES);
		return two.length < 2 * BLOCK_BYTES || isZeroBlock(two, BLOCK_BYTES);
	}

	/** A copy of the next bytes. */
	async #takeBlocks(bytes: number): Promise<Uint8Array> {
		const blocks = copyOf(this.#queue.has(bytes) ? this.#queue.view(bytes) : await this.#queue.peek(bytes));
		this.#queue.drop(blocks.length);
		if (blocks.length < bytes) throw truncated(this.#queue.position);
		return blocks;
	}

	async #takeExtension(block: Uint8Array): Promise<RawHeader> {
		const type = headerTypeOf(block[TYPE_FLAG_OFFSET]);
		if (type.role !== 'extension') throw invalidHeader(this.#queue.position - BLOCK_BYTES);
		const bytes = this.#decoder.extensionBytes;
		const extension = await this.#takeBlocks(paddedBytes(bytes));
		this.#decoder.extend(extension.subarray(0, bytes));
		return { role: type.kind, block, extension };
	}

	async #takeEntry(first: Decoded, { headers, block, start }: HeadersSoFar): Promise<RawEntry> {
		const map: Uint8Array[] = [];
		let decoded = first;
		while (decoded === 'sparse-entry') {
			const next = await this.#takeBlocks(BLOCK_BYTES);
			map.push(next);
			decoded = this.#decoder.extendMap(next, 0);
		}
		if (decoded === 'invalid') throw invalidHeader(start);
		if (decoded === 'impossible-size') throw impossibleSize(start);
		if (decoded !== 'entry') throw invalidSparseMap(start);
		headers.push({ role: 'entry', block, extension: Buffer.concat(map) });
		const { contentBytes } = this.#decoder.entry;
		this.#contentLeft = contentBytes;
		this.#paddingLeft = paddedBytes(contentBytes) - contentBytes;
		this.#index += 1;
		return { index: this.#index - 1, path: pathOf(this.#decoder.entry), headers, contentBytes };
	}
}

interface HeadersSoFar {
	/** Those before the entry's own. */
	readonly headers: RawHeader[];
	/** The entry's own, and where it is in the tar. */
	readonly block: Uint8Array;
	readonly start: number;
}

function pathOf(entry: TarEntry): string {
	const { bytes, start, end } = entry.name;
	return Buffer.from(literalPathOf(entry) ?? bytes.subarray(start, end)).toString('latin1');
}
