import { fetchedLayer } from '../../../cache/fetched.ts';
import { diffIdKey } from '../../../cache/layer-cache.ts';
import { lookUpLayer, storeLayer } from '../../../cache/layer-facts.ts';
import { namedGroups } from '../../../facts/fact-groups.ts';
import { describeImage, type LayerFacts } from '../../../image/describe.ts';
import { requireReadableLayers } from '../../../image/layer-type.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import { answersByDiffId } from '../../contents/content-answers.ts';
import type { ReadImage, ReadOptions } from '../../image-source.ts';
import { hashOptions, knownDigests } from '../../layers/verified-layers.ts';
import { assembleImage } from '../../store/assemble-image.ts';
import type { ImageRecord } from '../engine-image.ts';
import { platformNotices } from '../platform-notices.ts';
import { type Ctr, streamBlob } from './ctr.ts';
import { ctrFiles } from './ctr-files.ts';
import { type EngineBlob, scanBlobs } from './scan-blobs.ts';

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
	const changesets = await readLayers(reading, layers, options);
	const { description, warnings } = describeImage({
		names,
		manifestDigest,
		configDigest,
		platform: config.platform,
		annotations,
		config,
		layers,
	});
	return assembleImage({
		reference: ctr.input.reference,
		sourceKind: 'containerd',
		description,
		others: [],
		changesets,
		diffIdOf: knownDigests(changesets, options),
		warnings,
		notices: platformNotices(description, ctr.input),
		content: null,
		answers: answersByDiffId(record.config.diffIds, changesets),
		files: ctrFiles(ctr, layers),
	});
}

async function readLayers(
	{ ctr, record }: CtrReading,
	layers: readonly LayerFacts[],
	options: ReadOptions,
): Promise<readonly Changeset[]> {
	const { cache, name, workers } = ctr.input;
	const diffIdOf = (index: number): string | null => record.config.diffIds[index] ?? null;
	const read = new Map<string | null, Changeset>();
	for (const [index, { digest }] of layers.entries()) {
		const known = read.has(digest) ? null : recall(ctr, diffIdOf(index), options);
		if (known !== null) read.set(digest, known);
	}
	const absent = [...layers.keys()].filter(
		(index) => !read.has(layers[index].digest) && isFirst(layers, index),
	);
	const progress = new BlobProgress(layers, absent, options);
	const changesets = await scanBlobs(
		absent.map((index) =>
			interruptedBy(options.signal, blobOf(ctr, layers[index], `${name}: layer ${index + 1}`)),
		),
		{
			hash: hashOptions(options, cache.identityKey),
			workers,
			options,
			onProgress: (blobIndex, bytesDone) => progress.set(absent[blobIndex], bytesDone),
		},
	);
	for (const [blobIndex, index] of absent.entries()) {
		const changeset = changesets[blobIndex];
		const diffId = diffIdOf(index);
		read.set(layers[index].digest, changeset);
		if (diffId !== null && (changeset.diffId ?? diffId) === diffId)
			storeLayer(cache, fetchedLayer(diffIdKey(diffId)), {
				changeset,
				groups: namedGroups(options.facts ?? []),
			});
	}
	return layers.map(({ digest }) => read.get(digest) as Changeset);
}

function isFirst(layers: readonly LayerFacts[], index: number): boolean {
	return layers.findIndex(({ digest }) => digest === layers[index].digest) === index;
}

function blobOf(ctr: Ctr, { digest, storedBytes }: LayerFacts, where: string): EngineBlob {
	if (digest === null) throw new RangeError('Every layer in a manifest has a digest.');
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

/** How many stored bytes of the image are read. A layer from the cache counts as read. */
class BlobProgress {
	readonly #done: number[];
	readonly #layers: readonly LayerFacts[];
	readonly #onProgress: ReadOptions['onProgress'];

	constructor(layers: readonly LayerFacts[], absent: readonly number[], { onProgress }: ReadOptions) {
		this.#layers = layers;
		this.#done = layers.map(({ storedBytes }, index) => (absent.includes(index) ? 0 : storedBytes));
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
