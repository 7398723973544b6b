import type { CacheKey, LayerCache } from '../../cache/layer-cache.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { ImageDescription, LayerDescription } from '../../image/image.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { type IdentityScheme, PLAIN_SHA256 } from '../../tar/content-identity.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import type { ReadOptions } from '../image-source.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { blobRequest } from './blob-chunks.ts';
import { CachedLayers } from './cached-layers.ts';
import { fetchLayers } from './fetch-layers.ts';
import type { RegistryClient } from './registry-client.ts';
import { distinctLayers, type RegistryLayer, sumOfBytes } from './registry-layer.ts';
import { readTocLayer } from './toc/read-toc-layer.ts';

export interface RegistryLayersInput {
	readonly client: RegistryClient;
	/** What to call the image in errors. */
	readonly label: string;
	/** Lowest first. */
	readonly layers: readonly Descriptor[];
	readonly description: ImageDescription;
	readonly cache: LayerCache;
	readonly workers: LayerWorkers;
	/** Gets the lowest layer once it is read. */
	readonly onLowest: (changeset: Changeset) => Promise<void> | undefined;
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
	const cached = new CachedLayers(input.cache);
	const layers = distinctLayers(input);
	const keyed = absentLayers(layers, cached, 'keyed');
	const plain = absentLayers(layers, cached, 'plain');
	const wholeBytes = sumOfBytes(plain.filter(({ toc }) => toc === null));
	const known = new Map<string, Changeset>();
	const byToc =
		!options.verify && !options.comparable && wholeBytes < sumOfBytes(keyed)
			? await readTocs(input, plain, { cached, known })
			: new Set<string>();
	const scheme = byToc.size > 0 ? 'plain' : 'keyed';
	for (const layer of layers) {
		const changeset = known.get(layer.digest) ?? cached.whole(layer, scheme);
		if (changeset) known.set(layer.digest, changeset);
	}
	const absent = layers.filter(({ digest }) => !known.has(digest));
	await fetchAbsent(input, absent, { cached, known, scheme, options });
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
		keys: input.description.layers.some(isAbsent)
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
}

/** Reads the tables of the layers that have one. A layer whose table cannot be used is read whole later. */
async function readTocs(
	{ client, label }: RegistryLayersInput,
	layers: readonly RegistryLayer[],
	{ cached, known }: Gathered,
): Promise<ReadonlySet<string>> {
	const byToc = new Set<string>();
	const queue = [...layers];
	const drain = async (): Promise<void> => {
		for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) {
			if (layer.toc === null) continue;
			const blob = blobRequest(layer.descriptor, `layer ${layer.layerIndex + 1} of ${label}`);
			const changeset = cached.toc(layer) ?? (await readTocLayer(client, blob, layer.toc));
			if (changeset === null) continue;
			cached.storeToc(layer, changeset);
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
	{ client, label, workers, cache, onLowest }: RegistryLayersInput,
	absent: readonly RegistryLayer[],
	{ cached, known, scheme, options }: Fetching,
): Promise<void> {
	const bytesTotal = sumOfBytes(absent);
	const done = new Float64Array(absent.length);
	let bytesDone = 0;
	let layersDone = 0;
	await fetchLayers({
		client,
		label,
		layers: absent,
		pass: {
			identityKey: scheme === 'plain' ? PLAIN_SHA256 : cache.identityKey,
			largestVerifiedBytes: Number.MAX_SAFE_INTEGER,
			withFileDigests: options.digests ?? false,
			budget: options.budget ?? null,
		},
		workers,
		options,
		onProgress: (index, bytes) => {
			bytesDone += bytes - done[index];
			done[index] = bytes;
			options.onProgress?.({
				phase: 'layers',
				layersDone,
				layersTotal: absent.length,
				bytesDone,
				bytesTotal,
			});
		},
		onLayer: (index, changeset) => {
			layersDone += 1;
			const layer = absent[index];
			cached.storeWhole(layer, scheme, changeset);
			known.set(layer.digest, changeset);
			return layer.layerIndex === 0 ? onLowest(changeset) : undefined;
		},
	});
}
