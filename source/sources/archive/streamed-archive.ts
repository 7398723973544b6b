import { copyOf } from '../../columns/copy-of.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentSink } from '../../tar/contents/content-sink.ts';
import { budgetBeside } from '../../tar/entry-budget.ts';
import { literalPathOf } from '../../tar/entry-path.ts';
import { BLOCK_BYTES, checksumMatches, isZeroBlock } from '../../tar/header.ts';
import type { TarEntry } from '../../tar/headers/tar-entry.ts';
import { type HashOptions, StreamScan } from '../../tar/scan-stream.ts';
import { decodeName } from '../../text/decode-name.ts';
import { streamOptions } from '../facts/observer-of.ts';
import { isRootFileSystemPath } from './archive-index.ts';
import { DocumentRoom } from './document-target.ts';
import { START_BYTES } from './file-kind.ts';
import { type FileOptions, FileSink } from './file-sink.ts';
import type { StreamedFile } from './streamed-file.ts';

/** What the archive may turn out to be itself, if it is no image. */
export interface OuterTar {
	/** Whether it may be a layer, so that every file is hashed. */
	readonly isLayer?: boolean;
	/** Whether that is a file system, in which names such as `.wh.x` are those of files. */
	readonly isFileSystem?: boolean;
}

/** Hears of each file of an archive as it passes. */
export interface FileListener {
	/** Gets a file, and where its content begins, before that. Says whether its diff ID is to be worked out if it is a layer, however large that is. */
	readonly onFile: (name: string, bytes: number, position: number) => 'verified' | 'as-usual';
	readonly onEnd: (name: string, file: StreamedFile) => void;
}

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
	readonly #isLayer: boolean;
	readonly #listener: FileListener | null;
	#hasBegun = false;
	/** From where on nothing matters. */
	#end: number | null = null;
	/** Chunks that came while a layer was behind. */
	readonly #waiting: Uint8Array[] = [];

	constructor(
		pass: HashOptions,
		{ isLayer = false, isFileSystem = false }: OuterTar = {},
		listener: FileListener | null = null,
	) {
		this.#options = { pass, room: new DocumentRoom() };
		this.#isLayer = isLayer;
		this.#listener = listener;
		this.#scan = new StreamScan({
			...(isLayer ? streamOptions(pass) : pass),
			budget: budgetBeside(pass.budget),
			expectedBytes: 0,
			isFileSystem,
			onEntry: (entry, index) => (index < 0 ? ignored : this.#sinkFor(entry)),
		});
	}

	get position(): number {
		return this.#scan.position;
	}

	/** How much has come that does not matter, because the archive is over. */
	get bytesBehindEnd(): number {
		return this.#end === null ? 0 : this.position - this.#end;
	}

	/** Takes a chunk, whose buffer the caller may reuse afterwards. Throws `TarError`. */
	write(chunk: Uint8Array): void {
		const rest = this.#hasBegun ? chunk : this.#gatherStart(chunk);
		if (rest.length === 0) return;
		if (this.isBehind) this.#waiting.push(copyOf(rest));
		else this.#take(rest);
	}

	/** Whether it is no tar, and what it is instead takes more of its start to tell. */
	get isUndecided(): boolean {
		return !this.#hasBegun && this.start.length >= BLOCK_BYTES;
	}

	/** What is no tar is scanned once there is all of its start: it is then named the same, however the stream is cut. */
	#gatherStart(chunk: Uint8Array): Uint8Array {
		const taken = Math.min(START_BYTES - this.start.length, chunk.length);
		this.start = Buffer.concat([this.start, chunk.subarray(0, taken)]);
		if (this.start.length === START_BYTES || beginsLikeTar(this.start)) this.#begin();
		return chunk.subarray(taken);
	}

	#begin(): void {
		this.#hasBegun = true;
		this.#take(this.start);
	}

	/** Whether something is left to do with what was written: a packed layer may become thousands of times as many bytes. */
	get isBehind(): boolean {
		return this.#scan.isBehind || this.#scan.isObserverBehind || this.#waiting.length > 0;
	}

	/** Does a small piece of what is left. Throws `TarError`. */
	step(): void {
		if (this.#scan.isBehind) {
			this.#scan.step();
			return;
		}
		if (this.#scan.isObserverBehind) {
			this.#scan.stepObserver();
			return;
		}
		const next = this.#waiting.shift();
		if (next !== undefined) this.#take(next);
	}

	/** The entries of the outer tar itself. Throws `TarError`. */
	finish(): Changeset {
		if (!this.#hasBegun) this.#begin();
		while (this.isBehind) this.step();
		return this.#scan.finish();
	}

	#take(chunk: Uint8Array): void {
		const taken = this.#scan.write(chunk);
		if (this.#scan.isOver) this.#end ??= this.position;
		if (taken < chunk.length) this.#waiting.unshift(copyOf(chunk.subarray(taken)));
	}

	/** Null for what can be no part of an image archive: it is hashed, as the files of a layer are. */
	#sinkFor(entry: TarEntry): ContentSink | null {
		const name = fileNameOf(entry);
		if (name === null || entry.sparse !== null || isRootFileSystemPath(name)) return null;
		const isHashed = this.#isLayer || !isNameOfBlob(name);
		return new FileSink(this.#optionsFor(name, entry), isHashed, (file) => {
			if (file.type === 'layer') this.layerCount += 1;
			this.files.set(name, file);
			this.#listener?.onEnd(name, file);
		});
	}

	#optionsFor(name: string, { contentBytes }: TarEntry): FileOptions {
		if (this.#listener?.onFile(name, contentBytes, this.position + BLOCK_BYTES) !== 'verified')
			return this.#options;
		const { pass, room } = this.#options;
		return { pass: { ...pass, largestVerifiedBytes: Number.MAX_SAFE_INTEGER }, room };
	}
}

const ignored: ContentSink = { write: () => {}, end: () => {} };

function fileNameOf(entry: TarEntry): string | null {
	const path = literalPathOf(entry);
	return path === null ? null : decodeName(path);
}

/** Layers are large, and hashed by what is in them: hashing them twice would take time. */
function isNameOfBlob(name: string): boolean {
	return /[0-9a-f]{64}|(?:^|\/)layer\.tar$/.test(name);
}

function beginsLikeTar(start: Uint8Array): boolean {
	return start.length >= BLOCK_BYTES && (checksumMatches(start, 0) || isZeroBlock(start, 0));
}
