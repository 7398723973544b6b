import { readSync } from 'node:fs';
import { AfterEnd } from './after-end.ts';
import type { Changeset } from './changeset.ts';
import { ChangesetBuilder } from './changeset-builder.ts';
import type { EntryBudget } from './entry-budget.ts';
import { EntryDecoder, paddedBytes } from './entry-decoder.ts';
import { BLOCK_BYTES } from './header.ts';
import { giveBackPlainHeaders, takePlainHeaders } from './headers/plain-headers.ts';
import type { Decoded } from './headers/tar-entry.ts';
import { impossibleSize, invalidHeader, invalidSparseMap, truncated } from './tar-error.ts';
import { type FileRange, WindowReader } from './window-reader.ts';

/** A step ends with the header or map that goes beyond this. */
const MOST_EXTRA_BLOCKS = 64;

export interface FileScanOptions {
	/** What the entries are counted against; no limit by default. */
	readonly budget?: EntryBudget | null;
	/** Whether it is a file system and no layer: names such as `.wh.x` are then those of files. */
	readonly isFileSystem?: boolean;
}

/** Scans an uncompressed tar in a file by position: it reads headers and skips content. It works in steps, so that the caller can yield between them. */
export class FileScan {
	/** Position of the next header, bytes from the start of the tar. */
	position = 0;
	readonly #range: FileRange;
	readonly #reader: WindowReader;
	/** Reads plain headers; the decoder reads the others, and all of them without WebAssembly. */
	readonly #plain = takePlainHeaders();
	readonly #decoder = new EntryDecoder((code, name) => this.#builder.note(code, name));
	readonly #builder: ChangesetBuilder;
	readonly #afterEnd = new AfterEnd((name) => this.#builder.note('second-archive', name));
	#zeroBlocks = 0;
	/** Whether the tar ends in the middle of a block. */
	#endsInBlock = false;
	/** Blocks of extension headers and sparse maps in this step. */
	#extraBlocks = 0;
	#ended = false;

	constructor(range: FileRange, { budget = null, isFileSystem = false }: FileScanOptions = {}) {
		this.#range = range;
		this.#reader = new WindowReader(range, this.#plain?.window);
		this.#builder = new ChangesetBuilder({
			withIdentities: false,
			expectedBytes: range.bytes,
			budget,
			isFileSystem,
		});
	}

	/** Reads the headers in up to `windows` more windows. True when the archive has ended. Throws `TarError`. */
	step(windows: number): boolean {
		this.#extraBlocks = 0;
		for (let count = 0; count < windows && !this.#ended; count++) {
			this.#window();
			// Long ones take as long as many windows.
			if (this.#extraBlocks > MOST_EXTRA_BLOCKS) break;
		}
		return this.#ended;
	}

	finish(): Changeset {
		this.#takeRows();
		if (this.#plain) giveBackPlainHeaders(this.#plain);
		const hasEndMark = this.#zeroBlocks > 0 && !this.#endsInBlock;
		if (!hasEndMark && this.#range.bytes > 0) this.#builder.note('no-end-mark', null);
		return this.#builder.finish({ unpackedBytes: this.#range.bytes, diffId: null });
	}

	#window(): void {
		const { position } = this;
		const offset = this.#reader.offsetOf(position, BLOCK_BYTES);
		if (this.#zeroBlocks === 2) {
			this.#ended = offset === -1 || this.#afterEnd.take(this.#reader.buffer, offset);
			this.position = position + BLOCK_BYTES;
		} else if (offset === -1) this.#end();
		else if (!this.#plainHeaders(offset)) this.#header(offset);
	}

	/** Reads the run of plain headers at the start of the window. False when the first header is not plain. */
	#plainHeaders(offset: number): boolean {
		if (this.#plain === null || this.#zeroBlocks > 0 || this.#decoder.isExtended) return false;
		const { position } = this;
		if (this.#plain.isFull) this.#takeRows();
		const to = offset + this.#reader.available(position);
		this.position = this.#plain.scan({ from: offset, to, position, limit: this.#range.bytes });
		return this.position > position;
	}

	#takeRows(): void {
		if (this.#plain) this.#builder.addRows(this.#plain.take());
	}

	/** Reads one header of any kind. */
	#header(offset: number): void {
		const { position } = this;
		this.#takeRows();
		const decoded = this.#decoder.decode(this.#reader.buffer, offset);
		this.position = position + BLOCK_BYTES;
		if (decoded === 'zero') {
			this.#zeroBlocks += 1;
			return;
		}
		if (decoded === 'invalid') throw invalidHeader(position);
		if (decoded === 'impossible-size') throw impossibleSize(position);
		if (decoded === 'invalid-sparse-map') throw invalidSparseMap(position);
		if (this.#zeroBlocks > 0) this.#builder.note('lone-zero-block', null);
		this.#zeroBlocks = 0;
		if (decoded === 'extension') this.#extension();
		else {
			if (decoded === 'sparse-entry') this.#readSparseMap(position);
			this.#entry();
		}
	}

	#entry(): void {
		const { entry } = this.#decoder;
		if (this.position + entry.contentBytes > this.#range.bytes) throw truncated(this.#range.bytes);
		this.#builder.add(entry, this.position);
		this.position += paddedBytes(entry.contentBytes);
	}

	#extension(): void {
		const bytes = this.#decoder.extensionBytes;
		if (this.position + bytes > this.#range.bytes) throw truncated(this.#range.bytes);
		this.#decoder.extend(this.#content(bytes));
		this.position += paddedBytes(bytes);
		this.#extraBlocks += paddedBytes(bytes) / BLOCK_BYTES;
	}

	#content(bytes: number): Uint8Array {
		if (bytes <= this.#reader.buffer.length) {
			const offset = this.#reader.offsetOf(this.position, bytes);
			if (offset === -1) throw truncated(this.#range.bytes);
			return this.#reader.buffer.subarray(offset, offset + bytes);
		}
		const content = new Uint8Array(bytes);
		const read = readSync(this.#range.fd, content, 0, bytes, this.#range.start + this.position);
		if (read < bytes) throw truncated(this.#range.bytes);
		return content;
	}

	/** `header` is the position of the header, for errors. */
	#readSparseMap(header: number): void {
		for (let decoded: Decoded = 'sparse-entry'; decoded === 'sparse-entry'; ) {
			const offset = this.#reader.offsetOf(this.position, BLOCK_BYTES);
			if (offset === -1) throw truncated(this.#range.bytes);
			decoded = this.#decoder.extendMap(this.#reader.buffer, offset);
			if (decoded === 'invalid-sparse-map') throw invalidSparseMap(header);
			this.position += BLOCK_BYTES;
			this.#extraBlocks += 1;
		}
	}

	/** Less than a header is left, which is the end if it is zero: old tools leave out the two zero blocks. */
	#end(): void {
		const left = this.#range.bytes - this.position;
		if (left >= BLOCK_BYTES) throw truncated(this.#range.bytes);
		if (left > 0) {
			const offset = this.#reader.offsetOf(this.position, left);
			const rest = offset === -1 ? null : this.#reader.buffer.subarray(offset, offset + left);
			if (rest === null || rest.some((byte) => byte !== 0)) throw truncated(this.#range.bytes);
			this.#endsInBlock = true;
		}
		this.#ended = true;
	}
}
