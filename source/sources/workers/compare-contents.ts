import { closeSync, openSync } from 'node:fs';
import { truncated } from '../../tar/tar-error.ts';
import { newWindow, WindowReader } from '../../tar/window-reader.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { AfterStep, CompareTask, ContentPairs } from './layer-task.ts';

const MOST_WINDOWS = 64;
const WINDOW_BYTES = 256 * 1024;

/**
 * Compares pairs of a task until there is none left that nobody has begun with, and sets `same` for them. Throws `TarError`, and the
 * system's errors.
 */
export async function compareContents(
	{ pairs, runStarts, begun, same }: CompareTask,
	afterStep: AfterStep,
): Promise<void> {
	const windows = new LayerWindows(pairs.locations);
	const runCount = runStarts.length - 1;
	try {
		for (let run = Atomics.add(begun, 0, 1); run < runCount; run = Atomics.add(begun, 0, 1)) {
			compareRun(pairs, { from: runStarts[run], to: runStarts[run + 1], windows, same });
			const pause = afterStep(0);
			if (pause) await pause;
		}
	} finally {
		windows.close();
	}
}

interface Run {
	/** The pairs `[from, to)`. */
	readonly from: number;
	readonly to: number;
	readonly windows: LayerWindows;
	readonly same: Uint8Array;
}

function compareRun(pairs: ContentPairs, { from, to, windows, same }: Run): void {
	for (let pair = from; pair < to; pair++) same[pair] = Number(isSame(pairs, pair, windows));
}

/** Compares piece by piece what both windows have, so that nothing is read twice, and only as far as the two agree. */
function isSame(pairs: ContentPairs, pair: number, windows: LayerWindows): boolean {
	const left = windows.of(pairs.leftLayers[pair]);
	const right = windows.of(pairs.rightLayers[pair]);
	const bytes = pairs.bytes[pair];
	for (let done = 0; done < bytes; ) {
		const leftPosition = pairs.leftPositions[pair] + done;
		const rightPosition = pairs.rightPositions[pair] + done;
		const leftOffset = locate(left, leftPosition);
		const rightOffset = locate(right, rightPosition);
		const length = Math.min(bytes - done, left.available(leftPosition), right.available(rightPosition));
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

function locate(reader: WindowReader, position: number): number {
	const offset = reader.offsetOf(position, 1);
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
		const window = new WindowReader({ fd: this.#open(path), start, bytes }, newWindow(WINDOW_BYTES));
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
