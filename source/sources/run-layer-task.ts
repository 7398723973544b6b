import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import type { Changeset } from '../tar/changeset.ts';
import { FileScan } from '../tar/scan-file.ts';
import { StreamScan } from '../tar/scan-stream.ts';
import { truncated } from '../tar/tar-fault.ts';
import { unpack } from '../tar/unpack.ts';
import { newWindow, WindowReader } from '../tar/window-reader.ts';
import { fedChunks } from './fed-chunks.ts';
import type { ContentPairs, DigestTask, LayerTask, PassTask, ScanTask, TaskResults } from './layer-task.ts';
import { type BlobLocation, chunksOf, withRange } from './located-blobs.ts';
import { sniffCompression } from './sniff-compression.ts';

const WINDOWS_A_STEP = 16;
/** Layers unpack to about three times their size. */
const USUAL_RATIO = 3;
const PAIRS_A_STEP = 64;
const MOST_WINDOWS = 64;
const COMPARED_BYTES = 256 * 1024;

/** Called between small pieces of work with how many bytes of the task are done; what it gives back is awaited. */
export type AfterStep = (bytesDone: number) => Promise<void> | undefined;

/** Does a task. Throws `TarFault`, and the system's errors. */
export async function runLayerTask<T extends LayerTask>(
	task: T,
	afterStep: AfterStep,
): Promise<TaskResults[T['type']]> {
	const results: { [K in LayerTask['type']]?: TaskResults[K] } = {};
	if (task.type === 'scan') results.scan = await scan(task, afterStep);
	else if (task.type === 'pass') results.pass = await scanFed(task, afterStep);
	else if (task.type === 'digest') results.digest = await digest(task, afterStep);
	else results.compare = await compare(task.pairs, afterStep);
	return results[task.type] as TaskResults[T['type']];
}

function scan(task: ScanTask, afterStep: AfterStep): Promise<Changeset> {
	return task.compression === 'none'
		? scanByPosition(task.location, afterStep)
		: scanUnpacked(task, afterStep);
}

/** Scans an uncompressed tar on disk by position. */
export function scanByPosition(location: BlobLocation, afterStep: AfterStep): Promise<Changeset> {
	return withRange(location, async (range) => {
		const scan = new FileScan(range);
		while (!scan.step(WINDOWS_A_STEP)) {
			const pause = afterStep(Math.min(scan.position, range.bytes));
			if (pause) await pause;
		}
		return scan.finish();
	});
}

function scanUnpacked({ location, compression, pass }: ScanTask, afterStep: AfterStep): Promise<Changeset> {
	const scan = new StreamScan({ ...pass, expectedBytes: location.bytes * USUAL_RATIO });
	return withRange(location, async (range) => {
		await unpack(withPauses(chunksOf(range), afterStep), compression, (piece) => scan.write(piece));
		return scan.finish();
	});
}

async function scanFed({ port, bytes, pass }: PassTask, afterStep: AfterStep): Promise<Changeset> {
	const scan = new StreamScan({ ...pass, expectedBytes: bytes * USUAL_RATIO });
	const { compression, chunks } = await sniffCompression(fedChunks(port));
	await unpack(withPauses(chunks, afterStep), compression, (piece) => scan.write(piece));
	return scan.finish();
}

function digest({ location }: DigestTask, afterStep: AfterStep): Promise<string> {
	return withRange(location, async (range) => {
		const hash = createHash('sha256');
		for await (const chunk of withPauses(chunksOf(range), afterStep)) hash.update(chunk);
		return `sha256:${hash.digest('hex')}`;
	});
}

async function* withPauses(
	chunks: AsyncIterable<Uint8Array>,
	afterStep: AfterStep,
): AsyncGenerator<Uint8Array> {
	let done = 0;
	for await (const chunk of chunks) {
		yield chunk;
		done += chunk.length;
		const pause = afterStep(done);
		if (pause) await pause;
	}
}

async function compare(pairs: ContentPairs, afterStep: AfterStep): Promise<Uint8Array> {
	const same = new Uint8Array(pairs.bytes.length);
	const windows = new LayerWindows(pairs.locations);
	let done = 0;
	try {
		for (let pair = 0; pair < same.length; pair++) {
			same[pair] = Number(isSame(pairs, pair, windows));
			done += pairs.bytes[pair] * 2;
			const pause = pair % PAIRS_A_STEP === 0 ? afterStep(done) : undefined;
			if (pause) await pause;
		}
	} finally {
		windows.close();
	}
	return same;
}

/** Compares piece by piece, and only as far as the two agree. */
function isSame(pairs: ContentPairs, pair: number, windows: LayerWindows): boolean {
	const left = windows.of(pairs.leftLayers[pair]);
	const right = windows.of(pairs.rightLayers[pair]);
	const bytes = pairs.bytes[pair];
	for (let done = 0; done < bytes; ) {
		const length = Math.min(bytes - done, COMPARED_BYTES);
		const leftOffset = locate(left, pairs.leftPositions[pair] + done, length);
		const rightOffset = locate(right, pairs.rightPositions[pair] + done, length);
		const difference = left.buffer.compare(
			right.buffer,
			rightOffset,
			rightOffset + length,
			leftOffset,
			leftOffset + length,
		);
		if (difference !== 0) return false;
		done += length;
	}
	return true;
}

function locate(reader: WindowReader, position: number, length: number): number {
	const offset = reader.locate(position, length);
	if (offset === -1) throw truncated(reader.bytes);
	return offset;
}

/** A window on each layer, as long as they are not too many. */
class LayerWindows {
	readonly #locations: readonly BlobLocation[];
	readonly #windows = new Map<number, WindowReader>();
	readonly #descriptors = new Map<string, number>();

	constructor(locations: readonly BlobLocation[]) {
		this.#locations = locations;
	}

	of(layer: number): WindowReader {
		const known = this.#windows.get(layer);
		if (known) return known;
		const [oldest] = this.#windows.keys();
		if (this.#windows.size === MOST_WINDOWS && oldest !== undefined) this.#windows.delete(oldest);
		const { path, start, bytes } = this.#locations[layer];
		const window = new WindowReader({ fd: this.#open(path), start, bytes }, newWindow(COMPARED_BYTES));
		this.#windows.set(layer, window);
		return window;
	}

	close(): void {
		for (const fd of this.#descriptors.values()) closeSync(fd);
	}

	#open(path: string): number {
		const fd = this.#descriptors.get(path) ?? openSync(path, 'r');
		this.#descriptors.set(path, fd);
		return fd;
	}
}
