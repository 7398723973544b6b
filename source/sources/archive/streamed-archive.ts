import type { Changeset } from '../../tar/changeset.ts';
import { type Compression, detectCompression } from '../../tar/compression/compression.ts';
import { createSyncInflater } from '../../tar/compression/create-inflater.ts';
import type { SyncInflater } from '../../tar/compression/sync-inflater.ts';
import { inflate } from '../../tar/compression/unpack.ts';
import type { TarEntry } from '../../tar/entry-decoder.ts';
import { literalPathOf } from '../../tar/entry-path.ts';
import { BLOCK_BYTES, checksumMatches } from '../../tar/header.ts';
import { type ContentSink, type HashOptions, StreamScan } from '../../tar/scan-stream.ts';
import { decodeName } from '../../text/decode-name.ts';
import { isRootFileSystemPath } from './archive-index.ts';
import { DocumentRoom, DocumentTarget } from './document-target.ts';
import { START_BYTES } from './file-kind.ts';

/** What a file of an archive turned out to be, by its content, as the manifest usually comes last. */
export type StreamedFile =
	| { readonly type: 'document'; readonly bytes: Uint8Array }
	| { readonly type: 'layer'; readonly changeset: Changeset }
	/** Neither; `reason` says why it is not a layer. */
	| { readonly type: 'other'; readonly reason: unknown };

/** Reads an outer tar as it streams: stores its documents and scans everything that may be a layer. */
export class StreamedArchive {
	/** By literal path. Of several files with one name the last counts. */
	readonly files = new Map<string, StreamedFile>();
	/** Layers found so far. */
	layerCount = 0;
	/** The first bytes, up to `START_BYTES`. */
	start: Uint8Array = new Uint8Array(0);
	readonly #scan: StreamScan;
	readonly #options: FileOptions;

	constructor(pass: HashOptions) {
		this.#options = { pass, room: new DocumentRoom() };
		this.#scan = new StreamScan({
			...pass,
			expectedBytes: 0,
			onEntry: (entry) => this.#sinkFor(entry),
		});
	}

	get position(): number {
		return this.#scan.position;
	}

	write(chunk: Uint8Array): void {
		if (this.start.length < START_BYTES)
			this.start = Buffer.concat([this.start, chunk.subarray(0, START_BYTES - this.start.length)]);
		this.#scan.write(chunk);
	}

	/** The entries of the outer tar itself. Throws `TarError`. */
	finish(): Changeset {
		return this.#scan.finish();
	}

	#sinkFor(entry: TarEntry): ContentSink {
		const name = fileNameOf(entry);
		if (name === null || entry.sparse !== null || isRootFileSystemPath(name)) return ignored;
		return new FileSink(this.#options, (file) => {
			if (file.type === 'layer') this.layerCount += 1;
			this.files.set(name, file);
		});
	}
}

const ignored: ContentSink = { write: () => {}, end: () => {} };

function fileNameOf(entry: TarEntry): string | null {
	const path = literalPathOf(entry);
	return path === null ? null : decodeName(path);
}

interface FileOptions {
	readonly pass: HashOptions;
	readonly room: DocumentRoom;
}

/** Takes one file: a document is stored, a tar is scanned, packed or not; anything else is ignored. */
class FileSink implements ContentSink {
	readonly #options: FileOptions;
	readonly #onEnd: (file: StreamedFile) => void;
	#start: Uint8Array = new Uint8Array(0);
	#target: Target | null = null;
	#error: unknown = null;

	constructor(options: FileOptions, onEnd: (file: StreamedFile) => void) {
		this.#options = options;
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
		this.#pass(this.#begin(), piece.subarray(taken));
	}

	end(): void {
		if (this.#target === null) this.#begin();
		this.#onEnd(this.#finish());
	}

	#begin(): Target {
		const target = targetFor(this.#start, this.#options);
		this.#target = target;
		this.#pass(target, this.#start);
		this.#start = new Uint8Array(0);
		return target;
	}

	/** An error matters only if the file is wanted as a layer, so it is stored and not thrown. */
	#pass(target: Target, piece: Uint8Array): void {
		if (this.#error !== null) return;
		try {
			target.write(piece);
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

interface Target {
	write(piece: Uint8Array): void;
	finish(): StreamedFile;
	close(): void;
}

function targetFor(start: Uint8Array, { pass, room }: FileOptions): Target {
	if (looksLikeJson(start)) return new DocumentTarget(room);
	const compression = detectCompression(start);
	const inflater = createSyncInflater(compression);
	if (compression !== 'none' && inflater === null) return new UnreadableTarget(compression);
	return new LayerTarget({ compression, inflater, pass });
}

/**
 * Whether a document may begin so: with an object, a list or `null`, behind a byte order mark and any number of blanks. The first name in
 * a tar may begin with a bracket as well, but then its header is a valid one.
 */
function looksLikeJson(start: Uint8Array): boolean {
	if (start.length === 0 || (start.length >= BLOCK_BYTES && checksumMatches(start, 0))) return false;
	return /^(?:\xef\xbb\xbf)?[\t\n\r ]*(?:[{[n]|$)/.test(Buffer.from(start).toString('latin1'));
}

/** A file that is packed in a way that takes a stream of its own to unpack: of files in an archive that come one after the other, none can wait. */
class UnreadableTarget implements Target {
	readonly #compression: Compression;

	constructor(compression: Compression) {
		this.#compression = compression;
	}

	write(): void {}

	finish(): StreamedFile {
		return {
			type: 'other',
			reason: new Error(
				`it is packed with ${this.#compression}, and such a layer cannot be read from a stream`,
			),
		};
	}

	close(): void {}
}

interface LayerTargetParts {
	readonly compression: Compression;
	readonly inflater: SyncInflater | null;
	readonly pass: HashOptions;
}

class LayerTarget implements Target {
	readonly #scan: StreamScan;
	readonly #compression: Compression;
	readonly #inflater: SyncInflater | null;
	readonly #toScan = (piece: Uint8Array): void => this.#scan.write(piece);
	#taken = 0;

	constructor({ compression, inflater, pass }: LayerTargetParts) {
		this.#scan = new StreamScan({ ...pass, expectedBytes: 0 });
		this.#compression = compression;
		this.#inflater = inflater;
	}

	write(piece: Uint8Array): void {
		this.#taken += piece.length;
		const inflater = this.#inflater;
		if (inflater) inflate(this.#compression, this.#taken, () => inflater.write(piece, this.#toScan));
		else this.#scan.write(piece);
	}

	finish(): StreamedFile {
		const inflater = this.#inflater;
		if (inflater) inflate(this.#compression, this.#taken, () => inflater.finish(this.#toScan));
		return { type: 'layer', changeset: this.#scan.finish() };
	}

	close(): void {
		this.#inflater?.close();
	}
}
