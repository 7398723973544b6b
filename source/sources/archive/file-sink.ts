import type { ContentSink } from '../../tar/contents/content-sink.ts';
import { BLOCK_BYTES, checksumMatches } from '../../tar/header.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import { type DocumentRoom, DocumentTarget } from './document-target.ts';
import { emptyLayer, isEmpty, layerTargetFor } from './layer-target.ts';
import type { FileTarget, StreamedFile } from './streamed-file.ts';

export interface FileOptions {
	readonly pass: HashOptions;
	readonly room: DocumentRoom;
}

/** Takes one file: a document is stored, a tar is scanned, packed or not; anything else is ignored. */
export class FileSink implements ContentSink {
	readonly isHashed: boolean;
	readonly #options: FileOptions;
	readonly #onEnd: (file: StreamedFile) => void;
	#start: Uint8Array = new Uint8Array(0);
	#target: FileTarget | null = null;
	#error: unknown = null;

	constructor(options: FileOptions, isHashed: boolean, onEnd: (file: StreamedFile) => void) {
		this.#options = options;
		this.isHashed = isHashed;
		this.#onEnd = onEnd;
	}

	write(piece: Uint8Array): void {
		if (this.#target) {
			this.#pass(this.#target, piece);
			return;
		}
		// What the file is told by as many bytes as a header has, however the stream is cut.
		const taken = Math.min(BLOCK_BYTES - this.#start.length, piece.length);
		this.#start = Buffer.concat([this.#start, piece.subarray(0, taken)]);
		if (this.#start.length < BLOCK_BYTES) return;
		this.#begin(piece.subarray(taken));
	}

	end(): void {
		if (this.#target === null && isEmpty(this.#start)) {
			this.#onEnd(emptyLayer(this.#start, this.#options.pass));
			return;
		}
		if (this.#target === null) this.#begin();
		this.#onEnd(this.#finish());
	}

	/** Tells what the file is, and takes its start and the rest of the present piece: in one, as a target may be behind after each. */
	#begin(rest: Uint8Array = new Uint8Array(0)): void {
		const target = targetFor(this.#start, this.#options);
		this.#target = target;
		this.#pass(target, Buffer.concat([this.#start, rest]));
		this.#start = new Uint8Array(0);
	}

	get isBehind(): boolean {
		return this.#error === null && this.#target?.isBehind === true;
	}

	step(): void {
		const target = this.#target;
		if (target !== null) this.#try(target, () => target.step?.());
	}

	#pass(target: FileTarget, piece: Uint8Array): void {
		if (this.#error === null) this.#try(target, () => target.write(piece));
	}

	/** An error matters only if the file is wanted as a layer, so it is stored and not thrown. */
	#try(target: FileTarget, work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#error = error;
			target.close();
		}
	}

	#finish(): StreamedFile {
		if (this.#error !== null || this.#target === null) return { type: 'other', reason: this.#error };
		try {
			return this.#target.finish();
		} catch (error) {
			return { type: 'other', reason: error };
		} finally {
			this.#target.close();
		}
	}
}

function targetFor(start: Uint8Array, { pass, room }: FileOptions): FileTarget {
	return looksLikeJson(start) ? new DocumentTarget(room) : layerTargetFor(start, pass);
}

/**
 * Whether a document may begin so: with an object, a list or `null`, behind a byte order mark and any number of blanks. The first name in
 * a tar may begin with a bracket as well, but then its header is a valid one.
 */
function looksLikeJson(start: Uint8Array): boolean {
	if (start.length === 0 || (start.length >= BLOCK_BYTES && checksumMatches(start, 0))) return false;
	return /^(?:\xef\xbb\xbf)?[\t\n\r ]*(?:[{[n]|$)/.test(Buffer.from(start).toString('latin1'));
}
