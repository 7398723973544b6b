import type { CacheKey, LayerCache } from '../../cache/layer-cache.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { ImageDescription, LayerDescription } from '../../image/image.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { type IdentityScheme, PLAIN_SHA256 } from '../../tar/content-identity.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import type { ReadOptions } from '../image-source.ts';
import { isOfOneLayer } from '../layers/layer-watcher.ts';
import { type LayersByDigest, watchedBy } from '../layers/layers-by-digest.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { blobRequest } from './blob-chunks.ts';
import { CachedLayers } from './cached-layers.ts';
import { fetchLayers, type LayersToFetch } from './fetch-layers.ts';
import type { RegistryClient } from './registry-client.ts';
import { distinctLayers, type RegistryLayer, sumOfBytes } from './registry-layer.ts';
import { readTocLayer } from './toc/read-toc-layer.ts';
import type { TocPointer } from './toc/toc-pointer.ts';

export interface RegistryLayersInput {
	readonly client: RegistryClient;
	/** What to call the image in errors. */
	readonly label: string;
	/** Lowest first. */
	readonly layers: readonly Descriptor[];
	readonly description: ImageDescription;
	readonly cache: LayerCache;
	readonly workers: LayerWorkers;
}

export interface RegistryLayers {
	/** Lowest first. */
	readonly changesets: readonly Changeset[];
	/** Digests of the blobs of which only the table of contents was read. */
	readonly byToc: ReadonlySet<string>;
	/** The kind of content identity that all layers have. */
	readonly scheme: IdentityScheme;
	/** The cache key of each layer, lowest first; null where a layer is absent, because what is worked out goes for the others alone. */
	readonly keys: readonly CacheKey[] | null;
}

/**
 * Reads the layers of an image: from the cache where they are in it, the others from the registry, by their tables of contents where that
 * transfers less; with `verify` all of them whole from the registry, and with `comparable` none by its table. All layers get the same kind
 * of content identity, because only equal kinds can be compared. Throws `FathomError`.
 */
export async function readRegistryLayers(
	input: RegistryLayersInput,
	options: ReadOptions,
): Promise<RegistryLayers> {
	const cached = new CachedLayers(input.cache, options.facts ?? []);
	const layers = distinctLayers(input);
	const keyed = absentLayers(layers, cached, 'keyed');
	const plain = absentLayers(layers, cached, 'plain');
	const wholeBytes = sumOfBytes(plain.filter(({ toc }) => toc === null));
	const known = new Map<string, Changeset>();
	const gathered = { cached, known, watched: watchedBy(options.watcher, input) };
	const byToc =
		!options.verify && !options.comparable && wholeBytes < sumOfBytes(keyed)
			? await readTocs(input, plain, gathered)
			: new Set<string>();
	const scheme = byToc.size > 0 ? 'plain' : 'keyed';
	for (const layer of layers) {
		const changeset = known.get(layer.digest) ?? cached.whole(layer, scheme);
		if (changeset) known.set(layer.digest, changeset);
	}
	const fetching = { ...gathered, scheme, options } as const;
	const absent = layers.filter(({ digest }) => !known.has(digest));
	const left = (await fetching.watched?.takeKnown(layers, fetching)) ?? absent;
	await fetchAbsent(input, left, fetching);
	const isAbsent = ({ absent: isElsewhere }: LayerDescription): boolean => isElsewhere !== null;
	const keys = new Map(
		layers.map((layer) => [layer.digest, cached.keyOf(layer, byToc.has(layer.digest) ? 'toc' : scheme)]),
	);
	return {
		changesets: input.layers.map(({ digest }, index) =>
			isAbsent(input.description.layers[index]) ? emptyChangeset() : (known.get(digest) as Changeset),
		),
		byToc,
		scheme,
		keys:
			input.description.layers.some(isAbsent) || fetching.watched?.hasFailed
				? null
				: input.layers.map(({ digest }) => keys.get(digest) as CacheKey),
	};
}

function absentLayers(
	layers: readonly RegistryLayer[],
	cached: CachedLayers,
	scheme: IdentityScheme,
): readonly RegistryLayer[] {
	return layers.filter((layer) => !cached.hasWhole(layer, scheme));
}

interface Gathered {
	readonly cached: CachedLayers;
	/** By the digest of the blob. */
	readonly known: Map<string, Changeset>;
	readonly watched: LayersByDigest | null;
}

/** Reads the tables of the layers that have one. A layer whose table cannot be used is read whole later. */
async function readTocs(
	{ client, label }: RegistryLayersInput,
	layers: readonly RegistryLayer[],
	{ cached, known, watched }: Gathered,
): Promise<ReadonlySet<string>> {
	const byToc = new Set<string>();
	const queue = [...layers];
	const read = async (layer: RegistryLayer, toc: TocPointer): Promise<Changeset | null> => {
		const found = cached.toc(layer) ?? watched?.remembered('toc', layer) ?? null;
		if (found !== null) return found;
		const blob = blobRequest(layer.descriptor, `layer ${layer.layerIndex + 1} of ${label}`);
		return readTocLayer(client, blob, toc).catch((error: unknown) => {
			if (watched === null || !isOfOneLayer(error)) throw error;
			return null;
		});
	};
	const drain = async (): Promise<void> => {
		for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) {
			if (layer.toc === null || watched?.isLeftOut(layer)) continue;
			const changeset = await read(layer, layer.toc);
			if (changeset === null) continue;
			cached.storeToc(layer, changeset);
			watched?.remember('toc', layer, changeset);
			known.set(layer.digest, changeset);
			byToc.add(layer.digest);
		}
	};
	await Promise.all(Array.from({ length: 4 }, drain));
	return byToc;
}

interface Fetching extends Gathered {
	readonly scheme: IdentityScheme;
	readonly options: ReadOptions;
}

async function fetchAbsent(
	{ client, label, workers, cache }: RegistryLayersInput,
	absent: readonly RegistryLayer[],
	{ cached, known, watched, scheme, options }: Fetching,
): Promise<void> {
	const progress = new FetchProgress(absent, options);
	const request: LayersToFetch = {
		client,
		label,
		layers: absent,
		pass: {
			identityKey: scheme === 'plain' ? PLAIN_SHA256 : cache.identityKey,
			largestVerifiedBytes: Number.MAX_SAFE_INTEGER,
			withFileDigests: options.digests ?? false,
			facts: options.facts ?? [],
			budget: options.budget ?? null,
		},
		workers,
		options,
		onProgress: (index, bytes) => {
			progress.set(index, bytes);
			watched?.onProgress(absent[index], bytes);
		},
		onLayer: async (index, changeset) => {
			const layer = absent[index];
			progress.finish();
			cached.storeWhole(layer, scheme, changeset);
			known.set(layer.digest, changeset);
			watched?.remember(scheme, layer, changeset);
			await watched?.onRead(layer, changeset);
		},
	};
	if (watched === null) return fetchLayers(request);
	const { fetchWatched } = await import('./fetch-watched.ts');
	return fetchWatched({
		...request,
		wanted: () => watched.wantedAmong(absent),
		onFailed: (index, error) => {
			watched.fail(absent[index], error);
			known.set(absent[index].digest, emptyChangeset());
		},
	});
}

/** Adds up how far the fetching of layers is, and tells it. */
class FetchProgress {
	readonly #layers: readonly RegistryLayer[];
	readonly #done: Float64Array;
	readonly #onProgress: ReadOptions['onProgress'];
	#bytesDone = 0;
	#layersDone = 0;

	constructor(layers: readonly RegistryLayer[], { onProgress }: ReadOptions) {
		this.#layers = layers;
		this.#done = new Float64Array(layers.length);
		this.#onProgress = onProgress;
	}

	finish(): void {
		this.#layersDone += 1;
	}

	set(index: number, bytes: number): void {
		this.#bytesDone += bytes - this.#done[index];
		this.#done[index] = bytes;
		this.#onProgress?.({
			phase: 'layers',
			layersDone: this.#layersDone,
			layersTotal: this.#layers.length,
			bytesDone: this.#bytesDone,
			bytesTotal: sumOfBytes(this.#layers),
		});
	}
}
