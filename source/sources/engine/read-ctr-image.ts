import { diffIdKey } from '../../cache/layer-cache.ts';
import { describeImage, type LayerFacts } from '../../image/describe.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { StreamScan } from '../../tar/scan-stream.ts';
import { type Chunks, unpack } from '../../tar/unpack.ts';
import { assembleImage } from '../assemble-image.ts';
import { Breather } from '../breathe.ts';
import { answersByDiffId } from '../content-answers.ts';
import type { OpenOptions, ReadImage } from '../image-source.ts';
import { locateFault } from '../locate-fault.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { passedDigests, passOptions } from '../verified-layers.ts';
import { type Ctr, streamBlob } from './ctr.ts';
import { ctrFiles } from './ctr-files.ts';
import type { ImageRecord } from './engine-image.ts';

export interface CtrReading {
	readonly ctr: Ctr;
	readonly names: readonly string[];
	readonly record: ImageRecord;
}

/** Reads the layers that are not in the cache, one after the other. Throws `FathomError`. */
export async function readCtrImage(reading: CtrReading, options: OpenOptions): Promise<ReadImage> {
	const { ctr, names, record } = reading;
	const { config, configDigest, manifestDigest, annotations } = record;
	const layers = record.layers ?? [];
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
		diffIdOf: passedDigests(changesets, options),
		warnings,
		notices: [],
		content: null,
		answers: answersByDiffId(record.config.diffIds, changesets),
		files: ctrFiles(ctr, layers),
	});
}

async function readLayers(
	{ ctr, record }: CtrReading,
	layers: readonly LayerFacts[],
	options: OpenOptions,
): Promise<readonly Changeset[]> {
	const { cache, name } = ctr.input;
	const read = new Map<string | null, Changeset>();
	const progress = new BlobProgress(layers, options);
	const changesets: Changeset[] = [];
	for (const [index, { digest }] of layers.entries()) {
		const diffId = record.config.diffIds[index] ?? null;
		const known = read.get(digest) ?? recall(ctr, diffId, options);
		const changeset =
			known ?? (await scanBlob({ ctr, digest, where: `${name}: layer ${index + 1}`, progress }, options));
		if (known === null && diffId !== null && (changeset.diffId ?? diffId) === diffId)
			cache.keepLayer([diffIdKey(diffId)], changeset);
		read.set(digest, changeset);
		changesets.push(changeset);
		progress.finish(index);
	}
	return changesets;
}

/** Checking a diff ID takes all of a layer, unless that has been done. */
function recall({ input }: Ctr, diffId: string | null, { verify }: OpenOptions): Changeset | null {
	const known = diffId === null ? null : input.cache.layer(diffIdKey(diffId));
	return verify && known?.diffId === null ? null : known;
}

interface BlobScan {
	readonly ctr: Ctr;
	readonly digest: string | null;
	readonly where: string;
	readonly progress: BlobProgress;
}

async function scanBlob(
	{ ctr, digest, where, progress }: BlobScan,
	options: OpenOptions,
): Promise<Changeset> {
	if (digest === null) throw new RangeError('A manifest names every layer by a digest.');
	const scan = new StreamScan({ ...passOptions(options, ctr.input.cache.identityKey), expectedBytes: 0 });
	const breather = new Breather(options.signal, () => progress.tell());
	try {
		const { compression, chunks } = await sniffCompression(streamBlob(ctr, digest, options.signal));
		const counted = async function* (): Chunks {
			for await (const chunk of chunks) {
				yield chunk;
				progress.add(chunk.length);
				await breather.breathe();
			}
		};
		await unpack(counted(), compression, (piece) => scan.write(piece));
		return scan.finish();
	} catch (error) {
		throw locateFault(error, where);
	}
}

/** How many stored bytes of the image have come. */
class BlobProgress {
	readonly #layers: readonly LayerFacts[];
	readonly #onProgress: OpenOptions['onProgress'];
	#layersDone = 0;
	#bytesDone = 0;

	constructor(layers: readonly LayerFacts[], { onProgress }: OpenOptions) {
		this.#layers = layers;
		this.#onProgress = onProgress;
	}

	add(bytes: number): void {
		this.#bytesDone += bytes;
	}

	/** A layer that was known counts as read. */
	finish(index: number): void {
		this.#layersDone = index + 1;
		this.#bytesDone = bytesOf(this.#layers.slice(0, index + 1));
		this.tell();
	}

	tell(): void {
		this.#onProgress?.({
			phase: 'layers',
			layersDone: this.#layersDone,
			layersTotal: this.#layers.length,
			bytesDone: this.#bytesDone,
			bytesTotal: bytesOf(this.#layers),
		});
	}
}

function bytesOf(layers: readonly LayerFacts[]): number {
	return layers.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
}
