import { availableParallelism } from 'node:os';
import type { Changeset } from '../../tar/changeset.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import { TarError } from '../../tar/tar-error.ts';
import type { OpenOptions } from '../image-source.ts';
import { asLayerError } from '../layer-error.ts';
import { readingCost } from '../layers/reading-cost.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { blobRequest } from './blob-chunks.ts';
import type { RegistryClient } from './registry-client.ts';
import type { RegistryLayer } from './registry-layer.ts';
import { StreamedLayer } from './streamed-layer.ts';

/** Layers to be fetched whole, each once. */
export interface LayersToFetch {
	readonly client: RegistryClient;
	/** What to call the image in errors. */
	readonly label: string;
	readonly layers: readonly RegistryLayer[];
	readonly pass: HashOptions;
	readonly workers: LayerWorkers;
	readonly options: OpenOptions;
	/** Told how many bytes of the layer at `index` of the list have come. */
	readonly onProgress: (index: number, bytesDone: number) => void;
	/** Gets each layer as soon as it is read and checked. */
	readonly onLayer: (index: number, changeset: Changeset) => Promise<void> | undefined;
}

/** So many blobs come side by side, whatever number of them can be read at once: most of the time a registry is slower than we are. */
const LEAST_SIDE_BY_SIDE = 3;

/** Fetches blobs side by side, the largest first, and reads them as they arrive. Nothing is kept of one whose digest is wrong. Throws `FathomError`. */
export async function fetchLayers(request: LayersToFetch): Promise<void> {
	if (request.layers.length === 0) return;
	const order = [...request.layers.keys()].sort(
		(left, right) => sizeAt(request, right) - sizeAt(request, left),
	);
	const fed = order.map((index) => streamedLayer(request, index));
	const bytes = order.reduce((sum, index) => sum + sizeAt(request, index), 0);
	request.workers.start({ tasks: order.length, cost: readingCost(bytes, true) });
	try {
		await Promise.all([feedInTurn(fed), readStreamed(request, order, fed)]);
	} catch (error) {
		throw await blame(error, fed);
	} finally {
		for (const layer of fed) layer.stopReading();
	}
}

function sizeAt({ layers }: LayersToFetch, index: number): number {
	return layers[index].descriptor.size ?? 0;
}

function streamedLayer({ client, layers, label, pass }: LayersToFetch, index: number): StreamedLayer {
	const { descriptor, layerIndex } = layers[index];
	const blob = blobRequest(descriptor, `layer ${layerIndex + 1} of ${label}`);
	return new StreamedLayer({ client, descriptor, blob, pass });
}

/** In the order in which they are read, so that whoever reads never waits for one whose turn has not come. */
async function feedInTurn(fed: readonly StreamedLayer[]): Promise<void> {
	const queue = [...fed];
	const drain = async (): Promise<void> => {
		for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) await layer.feed();
	};
	const width = Math.max(LEAST_SIDE_BY_SIDE, availableParallelism());
	await Promise.all(Array.from({ length: width }, drain));
}

async function readStreamed(
	{ workers, options, label, layers, onProgress, onLayer }: LayersToFetch,
	order: readonly number[],
	fed: readonly StreamedLayer[],
): Promise<void> {
	await workers.run(
		fed.map(({ task }) => task),
		{
			signal: options.signal,
			onProgress: (place, bytesDone) => onProgress(order[place], bytesDone),
			onResult: async (place, changeset) => {
				await fed[place].feed();
				await onLayer(order[place], changeset);
			},
			wordError: (place, error) => {
				if (!(error instanceof TarError)) return error;
				const where = `${label}: layer ${layers[order[place]].layerIndex + 1}`;
				return new UnreadLayer(fed[place], asLayerError(error, where));
			},
		},
	);
}

/** A layer whose content makes no sense, which may be its own fault or that of the way it came. */
class UnreadLayer extends Error {
	override readonly name = 'UnreadLayer';
	readonly layer: StreamedLayer;
	readonly fault: unknown;

	constructor(layer: StreamedLayer, fault: unknown) {
		super('unread layer');
		this.layer = layer;
		this.fault = fault;
	}
}

/** A wrong digest comes before whatever the wrong content looked like. */
async function blame(error: unknown, fed: readonly StreamedLayer[]): Promise<unknown> {
	if (!(error instanceof UnreadLayer)) return error;
	for (const layer of fed) layer.stopReading();
	return error.layer.feed().then(
		() => error.fault,
		(failure: unknown) => failure,
	);
}
