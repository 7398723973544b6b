import { fetchedLayer } from '../../../cache/fetched.ts';
import { diffIdKey } from '../../../cache/layer-cache.ts';
import { lookUpLayer, storeLayer } from '../../../cache/layer-facts.ts';
import { namedGroups } from '../../../facts/fact-groups.ts';
import { describeImage, type LayerFacts } from '../../../image/describe.ts';
import { requireReadableLayers } from '../../../image/layer-type.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { emptyChangeset } from '../../../tar/empty-changeset.ts';
import { answersByDiffId } from '../../contents/content-answers.ts';
import type { ReadImage, ReadOptions } from '../../image-source.ts';
import { type LayersByDigest, watchedBy } from '../../layers/layers-by-digest.ts';
import { hashOptions, knownDigests } from '../../layers/verified-layers.ts';
import { assembleImage } from '../../store/assemble-image.ts';
import type { ImageRecord } from '../engine-image.ts';
import { platformNotices } from '../platform-notices.ts';
import { type Ctr, streamBlob } from './ctr.ts';
import { ctrFiles } from './ctr-files.ts';
import { type EngineBlob, scanBlobs } from './scan-blobs.ts';
import { scanWatched } from './scan-watched.ts';

export interface CtrReading {
	readonly ctr: Ctr;
	readonly names: readonly string[];
	readonly record: ImageRecord;
}

/** Reads the layers that are not in the cache, side by side. Throws `FathomError`. */
export async function readCtrImage(reading: CtrReading, options: ReadOptions): Promise<ReadImage> {
	const { ctr, names, record } = reading;
	const { config, configDigest, manifestDigest, annotations } = record;
	const layers = record.layers ?? [];
	requireReadableLayers(layers, ctr.input.name);
	const { description, warnings } = describeImage({
		names,
		manifestDigest,
		configDigest,
		platform: config.platform,
		annotations,
		config,
		layers,
	});
	const notices = platformNotices(description, ctr.input);
	await options.watcher?.onDescribed({ description, warnings, notices });
	const { changesets, isWhole } = await readLayers(reading, blobsOf(layers), options);
	return assembleImage({
		reference: ctr.input.reference,
		sourceKind: 'containerd',
		description,
		others: [],
		changesets,
		diffIdOf: knownDigests(changesets, options),
		warnings,
		notices,
		content: null,
		// What is worked out without some layers goes for the others alone.
		answers: isWhole ? answersByDiffId(record.config.diffIds, changesets) : null,
		files: ctrFiles(ctr, layers),
	});
}

/** A layer as it is stored. */
type LayerBlob = Pick<LayerFacts, 'storedBytes'> & { readonly digest: string; readonly layer: number };

function blobsOf(layers: readonly LayerFacts[]): readonly LayerBlob[] {
	return layers.map(({ digest, storedBytes }, layer) => {
		if (digest === null) throw new RangeError('Every layer in a manifest has a digest.');
		return { digest, storedBytes, layer };
	});
}

interface CtrLayers {
	/** Lowest first; empty for one that could not be read. */
	readonly changesets: readonly Changeset[];
	/** Whether all could be read. */
	readonly isWhole: boolean;
}

async function readLayers(
	{ ctr, record }: CtrReading,
	layers: readonly LayerBlob[],
	options: ReadOptions,
): Promise<CtrLayers> {
	const diffIdOf = ({ layer }: LayerBlob): string | null => record.config.diffIds[layer] ?? null;
	const distinct = layers.filter((layer) => isFirst(layers, layer));
	const read = new Map<string, Changeset>();
	for (const layer of distinct) {
		const known = recall(ctr, diffIdOf(layer), options);
		if (known !== null) read.set(layer.digest, known);
	}
	const watched = watchedBy(options.watcher, { layers });
	const absent =
		(await watched?.takeKnown(distinct, { known: read, scheme: 'keyed' })) ??
		distinct.filter(({ digest }) => !read.has(digest));
	const take = (layer: LayerBlob, changeset: Changeset): void => {
		read.set(layer.digest, changeset);
		remember(ctr, diffIdOf(layer), { changeset, options });
	};
	await scanLayers(ctr, { layers, absent, watched, take }, options);
	const empty = emptyChangeset();
	return {
		changesets: layers.map(({ digest }) => read.get(digest) ?? empty),
		isWhole: !watched?.hasFailed,
	};
}

interface LayersToScan {
	readonly layers: readonly LayerBlob[];
	/** Those of them that are to be read. */
	readonly absent: readonly LayerBlob[];
	/** Null where nobody watches. */
	readonly watched: LayersByDigest | null;
	/** Gets each that was read. */
	readonly take: (layer: LayerBlob, changeset: Changeset) => void;
}

async function scanLayers(
	ctr: Ctr,
	{ layers, absent, watched, take }: LayersToScan,
	options: ReadOptions,
): Promise<void> {
	const { cache, name, workers } = ctr.input;
	const blobs = absent.map((each) =>
		interruptedBy(options.signal, blobOf(ctr, each, `${name}: layer ${each.layer + 1}`)),
	);
	const progress = new BlobProgress(layers, absent, options);
	const onProgress = (index: number, bytesDone: number): void => {
		progress.set(absent[index].layer, bytesDone);
		watched?.onProgress(absent[index], bytesDone);
	};
	const scan = { hash: hashOptions(options, cache.identityKey), workers, options, onProgress };
	if (watched === null) {
		for (const [index, changeset] of (await scanBlobs(blobs, scan)).entries()) take(absent[index], changeset);
		return;
	}
	await scanWatched(blobs, {
		...scan,
		wanted: () => watched.wantedAmong(absent),
		onRead: async (index, changeset) => {
			take(absent[index], changeset);
			watched.remember('keyed', absent[index], changeset);
			await watched.onRead(absent[index], changeset);
		},
		onFailed: (index, error) => watched.fail(absent[index], error),
	});
}

function isFirst(layers: readonly LayerBlob[], { digest, layer }: LayerBlob): boolean {
	return layers.findIndex((other) => other.digest === digest) === layer;
}

function blobOf(ctr: Ctr, { digest, storedBytes }: LayerBlob, where: string): EngineBlob {
	return { where, bytes: storedBytes, open: (signal) => streamBlob(ctr, digest, signal) };
}

/** The layer in the cache; null where it is missing, or where its diff ID has to be checked and was not. */
function recall(
	{ input }: Ctr,
	diffId: string | null,
	{ verify, facts = [] }: ReadOptions,
): Changeset | null {
	const known =
		diffId === null ? null : lookUpLayer(input.cache, fetchedLayer(diffIdKey(diffId)), namedGroups(facts));
	return verify && known?.diffId === null ? null : known;
}

/** Stores a layer in the cache, unless its content is not what its diff ID says. */
function remember(
	{ input }: Ctr,
	diffId: string | null,
	{ changeset, options }: { readonly changeset: Changeset; readonly options: ReadOptions },
): void {
	if (diffId === null || (changeset.diffId ?? diffId) !== diffId) return;
	const groups = namedGroups(options.facts ?? []);
	storeLayer(input.cache, fetchedLayer(diffIdKey(diffId)), { changeset, groups });
}

/** How many stored bytes of the image are read. A layer from the cache counts as read. */
class BlobProgress {
	readonly #done: number[];
	readonly #layers: readonly LayerBlob[];
	readonly #onProgress: ReadOptions['onProgress'];

	constructor(layers: readonly LayerBlob[], absent: readonly LayerBlob[], { onProgress }: ReadOptions) {
		this.#layers = layers;
		this.#done = layers.map((layer) => (absent.includes(layer) ? 0 : layer.storedBytes));
		this.#onProgress = onProgress;
	}

	set(index: number, bytesDone: number): void {
		this.#done[index] = bytesDone;
		this.#onProgress?.({
			phase: 'layers',
			layersDone: this.#layers.filter(({ storedBytes }, layer) => this.#done[layer] >= storedBytes).length,
			layersTotal: this.#layers.length,
			bytesDone: sum(this.#done),
			bytesTotal: sum(this.#layers.map(({ storedBytes }) => storedBytes)),
		});
	}
}

function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}

/** A thread that waits for a silent blob does not notice an interruption; the transfer does. */
function interruptedBy(signal: AbortSignal | undefined, { open, ...blob }: EngineBlob): EngineBlob {
	return { ...blob, open: (stop) => open(signal === undefined ? stop : AbortSignal.any([stop, signal])) };
}
