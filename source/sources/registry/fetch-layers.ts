import { availableParallelism } from 'node:os';
import type { Changeset } from '../../tar/changeset.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import { TarError } from '../../tar/tar-error.ts';
import type { ReadOptions } from '../image-source.ts';
import { asErrorOfLayer } from '../layer-error.ts';
import { readingCost } from '../layers/reading-cost.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { blobRequest } from './blob-chunks.ts';
import type { RegistryClient } from './registry-client.ts';
import type { RegistryLayer } from './registry-layer.ts';
import { StreamedLayer } from './streamed-layer.ts';

/** Layers to fetch whole, each once. */
export interface LayersToFetch {
	readonly client: RegistryClient;
	/** What to call the image in errors. */
	readonly label: string;
	readonly layers: readonly RegistryLayer[];
	readonly pass: HashOptions;
	readonly workers: LayerWorkers;
	readonly options: ReadOptions;
	/** Gets the number of bytes that have arrived of the layer at `index` of the list. */
	readonly onProgress: (index: number, bytesDone: number) => void;
	/** Gets each layer as soon as it is read and checked. */
	readonly onLayer: (index: number, changeset: Changeset) => Promise<void> | undefined;
}

/** Blobs to fetch side by side at least, however few can be read at once: most registries are slower than reading. */
export const LEAST_SIDE_BY_SIDE = 3;

/** Fetches blobs side by side, the largest first, and reads them as they arrive. A layer whose digest is wrong is discarded. Throws `FathomError`. */
export async function fetchLayers(request: LayersToFetch): Promise<void> {
	if (request.layers.length === 0) return;
	const order = [...request.layers.keys()].sort(
		(left, right) => sizeAt(request, right) - sizeAt(request, left),
	);
	const streams = order.map((index) => streamedLayer(request, index));
	const bytes = order.reduce((sum, index) => sum + sizeAt(request, index), 0);
	request.workers.start({ tasks: order.length, cost: readingCost(bytes, true) });
	try {
		await Promise.all([fetchInOrder(streams), readStreamed(request, order, streams)]);
	} catch (error) {
		throw await causeOf(error, streams);
	} finally {
		for (const layer of streams) layer.stopReading();
	}
}

/** The stored bytes of the layer at a place in the list. */
export function sizeAt({ layers }: LayersToFetch, index: number): number {
	return layers[index].descriptor.size ?? 0;
}

/** The layer at a place in the list, of which nothing is fetched yet. */
export function streamedLayer({ client, layers, label, pass }: LayersToFetch, index: number): StreamedLayer {
	const { descriptor, layerIndex } = layers[index];
	const blob = blobRequest(descriptor, `layer ${layerIndex + 1} of ${label}`);
	return new StreamedLayer({ client, blob, pass });
}

/** In the order in which they are read, so that no reader waits for a layer that is still queued. */
async function fetchInOrder(streams: readonly StreamedLayer[]): Promise<void> {
	const queue = [...streams];
	const drain = async (): Promise<void> => {
		for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) await layer.stream();
	};
	const width = Math.max(LEAST_SIDE_BY_SIDE, availableParallelism());
	await Promise.all(Array.from({ length: width }, drain));
}

async function readStreamed(
	{ workers, options, label, layers, onProgress, onLayer }: LayersToFetch,
	order: readonly number[],
	streams: readonly StreamedLayer[],
): Promise<void> {
	await workers.run(
		streams.map(({ task }) => task),
		{
			signal: options.signal,
			onProgress: (taskIndex, bytesDone) => onProgress(order[taskIndex], bytesDone),
			onResult: async (taskIndex, changeset) => {
				await streams[taskIndex].stream();
				await onLayer(order[taskIndex], changeset);
			},
			wordError: (taskIndex, error) => {
				if (!(error instanceof TarError)) return error;
				const { layerIndex, descriptor } = layers[order[taskIndex]];
				const where = `${label}: layer ${layerIndex + 1}`;
				const worded = asErrorOfLayer(error, where, descriptor.mediaType);
				return new UnreadLayer(streams[taskIndex], worded);
			},
		},
	);
}

/** A layer that cannot be read: it is damaged, or it was changed on the way. */
class UnreadLayer extends Error {
	override readonly name = 'UnreadLayer';
	readonly layer: StreamedLayer;
	readonly readError: unknown;

	constructor(layer: StreamedLayer, readError: unknown) {
		super('unread layer');
		this.layer = layer;
		this.readError = readError;
	}
}

/** A wrong digest explains whatever error the content caused. */
async function causeOf(error: unknown, streams: readonly StreamedLayer[]): Promise<unknown> {
	if (!(error instanceof UnreadLayer)) return error;
	for (const layer of streams) layer.stopReading();
	return error.layer.stream().then(
		() => error.readError,
		(failure: unknown) => failure,
	);
}
