import { availableParallelism } from 'node:os';
import type { Changeset } from '../../tar/changeset.ts';
import { asErrorOfLayer } from '../layer-error.ts';
import { readingCost } from '../layers/reading-cost.ts';
import type { TakenTask } from '../workers/take-tasks.ts';
import { type LayersToFetch, LEAST_SIDE_BY_SIDE, sizeAt, streamedLayer } from './fetch-layers.ts';
import type { StreamedLayer } from './streamed-layer.ts';

export interface WatchedFetching extends LayersToFetch {
	/** Which of the layers to read next, by its place in the list; null for none in particular. It may change at any time. */
	readonly wanted: () => number | null;
	/** Gets why the layer at a place could not be had. What it throws ends the fetching. */
	readonly onFailed: (index: number, error: unknown) => void;
}

/** Fetches blobs side by side and reads them as they arrive: the one that is wanted first, then the largest. A layer whose digest is wrong has failed. */
export async function fetchWatched(request: WatchedFetching): Promise<void> {
	if (request.layers.length === 0) return;
	const { workers, options } = request;
	const queue = new FetchQueue(request);
	const bytes = request.layers.reduce((sum, _, index) => sum + sizeAt(request, index), 0);
	workers.start({ tasks: request.layers.length, cost: readingCost(bytes, true) });
	try {
		await workers.drain({ signal: options.signal, take: () => queue.take() });
	} finally {
		queue.close();
	}
}

/** The layers that nobody reads yet. Some of them are fetched already, as most registries are slower than reading. */
class FetchQueue {
	readonly #request: WatchedFetching;
	/** Places in the list, the largest layer first. */
	readonly #waiting: Set<number>;
	/** What is fetched and not read to its end. */
	readonly #begun = new Map<number, StreamedLayer>();
	/** What ends the fetching, of a layer that nobody reads yet. */
	#fatal: { readonly error: unknown } | null = null;

	constructor(request: WatchedFetching) {
		this.#request = request;
		this.#waiting = new Set(
			[...request.layers.keys()].sort((left, right) => sizeAt(request, right) - sizeAt(request, left)),
		);
	}

	take(): TakenTask | null {
		if (this.#fatal !== null) throw this.#fatal.error;
		const index = this.#next();
		if (index === null) return null;
		this.#waiting.delete(index);
		const layer = this.#begin(index);
		if (layer === null) return this.take();
		this.#fetchAhead();
		const { onProgress } = this.#request;
		onProgress(index, 0);
		return {
			task: layer.task,
			onProgress: (bytesDone) => onProgress(index, bytesDone),
			onResult: (changeset) => this.#finish(index, layer, changeset as Changeset),
			onFailure: async (error) => this.#fail(index, await causeOf(layer, this.#worded(index, error))),
		};
	}

	/** Ends what is still being fetched. */
	close(): void {
		for (const layer of this.#begun.values()) layer.stopReading();
	}

	#next(): number | null {
		const wanted = this.#request.wanted();
		if (wanted !== null && this.#waiting.has(wanted)) return wanted;
		const [begun] = [...this.#begun.keys()].filter((index) => this.#waiting.has(index));
		const [first] = this.#waiting;
		return begun ?? first ?? null;
	}

	/** Begins to fetch the layer at a place; null where it cannot be asked for. */
	#begin(index: number): StreamedLayer | null {
		const begun = this.#begun.get(index);
		if (begun !== undefined) return begun;
		try {
			const layer = streamedLayer(this.#request, index);
			this.#begun.set(index, layer);
			layer.stream().catch((error: unknown) => {
				// Who reads it must not wait for what does not come.
				layer.stopReading();
				if (this.#waiting.delete(index)) this.#failUnread(index, error);
			});
			return layer;
		} catch (error) {
			this.#waiting.delete(index);
			this.#failUnread(index, error);
			return null;
		}
	}

	#fetchAhead(): void {
		const width = Math.max(LEAST_SIDE_BY_SIDE, availableParallelism());
		for (const index of this.#waiting) {
			if (this.#begun.size >= width) return;
			this.#begin(index);
		}
	}

	async #finish(index: number, layer: StreamedLayer, changeset: Changeset): Promise<void> {
		// The digest is known by then.
		const failure = await layer.stream().then(
			() => null,
			(error: unknown) => ({ error }),
		);
		this.#begun.delete(index);
		if (failure !== null) return this.#fail(index, failure.error);
		const { onProgress, onLayer } = this.#request;
		onProgress(index, sizeAt(this.#request, index));
		await onLayer(index, changeset);
	}

	#fail(index: number, error: unknown): void {
		this.#begun.delete(index);
		this.#request.onFailed(index, error);
	}

	/** The same for one that no thread has taken: the next one that asks throws what ends the fetching. */
	#failUnread(index: number, error: unknown): void {
		try {
			this.#fail(index, error);
		} catch (fatal) {
			this.#fatal = { error: fatal };
		}
	}

	#worded(index: number, error: unknown): unknown {
		const { label, layers } = this.#request;
		const { layerIndex, descriptor } = layers[index];
		return asErrorOfLayer(error, `${label}: layer ${layerIndex + 1}`, descriptor.mediaType);
	}
}

/** That a layer could not be fetched, or has a wrong digest, explains whatever error its content caused. */
async function causeOf(layer: StreamedLayer, readError: unknown): Promise<unknown> {
	layer.stopReading();
	return layer.stream().then(
		() => readError,
		(failure: unknown) => failure,
	);
}
