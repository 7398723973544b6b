import { copyOf } from '../../columns/copy-of.ts';
import type { Steps } from '../../steps.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { type Compression, detectCompression } from '../../tar/compression/compression.ts';
import { createSyncInflater } from '../../tar/compression/create-inflater.ts';
import type { SyncInflater } from '../../tar/compression/sync-inflater.ts';
import { inflate } from '../../tar/compression/unpack.ts';
import { BLOCK_BYTES, checksumMatches, isZeroBlock } from '../../tar/header.ts';
import { type HashOptions, StreamScan } from '../../tar/scan-stream.ts';
import { invalidHeader, truncated } from '../../tar/tar-error.ts';
import { streamOptions } from '../facts/observer-of.ts';
import type { FileTarget, StreamedFile } from './streamed-file.ts';

/** Scans a file that begins with `start` if it may be a layer, packed or not. */
export function layerTargetFor(start: Uint8Array, pass: HashOptions): FileTarget {
	const compression = detectCompression(start);
	const inflater = createSyncInflater(compression);
	if (compression !== 'none' && inflater === null) return new RefusedTarget(cannotStream(compression));
	// An archive may hold a hundred thousand files, and to begin a scan for each takes longer than all else.
	if (compression === 'none' && !mayBeTar(start))
		return new RefusedTarget(start.length < BLOCK_BYTES ? truncated(start.length) : invalidHeader(0));
	return new LayerTarget({ compression, inflater, pass });
}

function mayBeTar(start: Uint8Array): boolean {
	if (start.length < BLOCK_BYTES) return isEmpty(start);
	return isZeroBlock(start, 0) || checksumMatches(start, 0);
}

/** Whether there is nothing, or zeros alone, which is a tar without entries. */
export function isEmpty(start: Uint8Array): boolean {
	return start.length < BLOCK_BYTES && start.every((byte) => byte === 0);
}

/** It is scanned only once it is wanted. */
export function emptyLayer(start: Uint8Array, pass: HashOptions): StreamedFile {
	let changeset: Changeset | null = null;
	const scanned = (): Changeset => {
		const scan = new StreamScan(streamOptions(pass));
		scan.write(start);
		return scan.finish();
	};
	return {
		type: 'layer',
		get changeset() {
			changeset ??= scanned();
			return changeset;
		},
	};
}

/** It takes a stream of its own to unpack: of files in an archive that come one after the other, none can wait. */
function cannotStream(compression: Compression): Error {
	return new Error(`it is packed with ${compression}, and such a layer cannot be read from a stream`);
}

/** A file that cannot be read as a layer. */
class RefusedTarget implements FileTarget {
	readonly #reason: Error;

	constructor(reason: Error) {
		this.#reason = reason;
	}

	write(): void {}

	finish(): StreamedFile {
		return { type: 'other', reason: this.#reason };
	}

	close(): void {}
}

/** Buffers of an inflater that most pieces do not fill. */
const STEPS_AT_ONCE = 16;
/** The same where contents are read as well, which may take ten times as long. */
const READING_STEPS_AT_ONCE = 4;

interface LayerTargetParts {
	readonly compression: Compression;
	readonly inflater: SyncInflater | null;
	readonly pass: HashOptions;
}

class LayerTarget implements FileTarget {
	readonly #scan: StreamScan;
	readonly #compression: Compression;
	readonly #inflater: SyncInflater | null;
	readonly #stepsAtOnce: number;
	readonly #toScan = (piece: Uint8Array): void => void this.#scan.write(piece);
	#taken = 0;
	/** What is left to do with the last piece. */
	#steps: Steps<void> | null = null;

	constructor({ compression, inflater, pass }: LayerTargetParts) {
		this.#scan = new StreamScan(streamOptions(pass));
		this.#compression = compression;
		this.#inflater = inflater;
		this.#stepsAtOnce = pass.facts?.length ? READING_STEPS_AT_ONCE : STEPS_AT_ONCE;
	}

	write(piece: Uint8Array): void {
		if (this.#inflater === null) {
			this.#scan.write(piece);
			return;
		}
		this.#taken += piece.length;
		this.#steps = this.#inflater.writeInSteps(copyOf(piece), this.#toScan);
		for (let count = 0; count < this.#stepsAtOnce && this.isBehind; count++) this.step();
	}

	get isBehind(): boolean {
		return this.#steps !== null || this.#scan.isObserverBehind;
	}

	step(): void {
		if (this.#scan.isObserverBehind) {
			this.#scan.stepObserver();
			return;
		}
		const isDone = inflate(this.#compression, this.#taken, () => this.#steps?.next().done !== false);
		if (isDone) this.#steps = null;
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
