import type { Both } from '../../../diff/merge/merge-structure.ts';
import { compareConfigFields, compareManifests } from '../../../diff/reproducible/compare-documents.ts';
import type { LayerDifference, Reproducibility, Side } from '../../../diff/reproducible/reproducibility.ts';
import { TimeSlice } from '../../../sources/time-slice.ts';
import type { ComparedImage } from '../compared-image.ts';
import { recordedDescriptions } from '../recorded-descriptions.ts';
import { compareBlobs } from './compare-blobs.ts';
import { compareTarsOf } from './compare-tars-of.ts';
import { notReadable, type OnLayer, openBlob, type ReadableImage } from './layer-streams.ts';
import { maskConfig, maskManifest } from './mask-documents.ts';

/** An image that should be the same build as another one. */
export type BuiltImage = ReadableImage & Pick<ComparedImage, 'tree' | 'recorded'>;

export interface FindingOptions {
	readonly signal?: AbortSignal;
	readonly onLayer?: OnLayer;
}

/**
 * Finds what differs first between two builds that should be equal, on each level from the outside in. Of the layers, those are read again that
 * digests do not show to be equal, up to the lowest one that differs. Throws `FathomError`.
 */
export async function findFirstDifference(
	images: Both<BuiltImage>,
	options: FindingOptions = {},
): Promise<Reproducibility> {
	const [older, newer] = recordedDescriptions(images);
	const areComparable = isRewritten(images[0]) === isRewritten(images[1]);
	const compared = maskManifest(compareManifests([older, newer]));
	const manifest = areComparable ? compared : { ...compared, isSame: null, changes: [] };
	const config = maskConfig(compareConfigFields([older, newer]));
	const names: Both<readonly string[]> = [older.names, newer.names];
	const layerCounts: Both<number> = [older.layers.length, newer.layers.length];
	const base = { names, manifest, config, layerCounts };
	// What an image is known not to hold, its digests do not show.
	const isSound = images.every(({ image }) => !image.diffIdMatches.includes(false));
	if (manifest.isSame === true && isSound) return { ...base, layer: null, otherLayers: [], unpacked: [] };
	return { ...base, ...(await new LayerSearch(images, options).find()) };
}

/** Whether the source of an image has unpacked its layers, and so has another manifest than the one that was built. */
function isRewritten(image: BuiltImage): boolean {
	const { layers } = image.image.description;
	return (
		unpackingSources.has(image.image.sourceKind) &&
		layers.length > 0 &&
		layers.every(({ index }) => isUncompressed(image, index))
	);
}

/** These may unpack layers when they store or save an image. */
const unpackingSources: ReadonlySet<string> = new Set([
	'docker-archive',
	'docker-engine',
	'podman-engine',
	'container-snapshot',
	'layer',
]);

type Relation = 'same' | 'same-tar' | 'other-tar' | 'absent';

class LayerSearch {
	readonly #images: Both<BuiltImage>;
	readonly #options: FindingOptions;
	readonly #slice: TimeSlice;
	readonly #unpacked: { layerIndex: number; side: Side }[] = [];

	constructor(images: Both<BuiltImage>, options: FindingOptions) {
		this.#images = images;
		this.#options = options;
		this.#slice = new TimeSlice(options.signal);
	}

	async find(): Promise<Pick<Reproducibility, 'layer' | 'otherLayers' | 'unpacked'>> {
		const [older, newer] = this.#images.map(({ image }) => image.description.layers.length);
		for (let index = 0; index < Math.max(older, newer); index++) {
			const difference = index < Math.min(older, newer) ? await this.#compare(index) : onlyIn(index, older);
			if (difference === null) continue;
			return {
				layer: this.#layer(index, difference),
				otherLayers: this.#othersFrom(index + 1),
				unpacked: this.#unpacked,
			};
		}
		return { layer: null, otherLayers: [], unpacked: this.#unpacked };
	}

	#layer(index: number, difference: LayerDifference['difference']): LayerDifference {
		const layers = this.#images.map(({ image }) => image.description.layers.at(index));
		const both = <Value>(read: (layer: (typeof layers)[number]) => Value): Both<Value> => [
			read(layers[0]),
			read(layers[1]),
		];
		return {
			index,
			instructions: both((layer) => layer?.instruction ?? layer?.createdBy ?? null),
			digests: both((layer) => layer?.digest ?? null),
			diffIds: both((layer) => layer?.diffId ?? null),
			difference,
		};
	}

	#othersFrom(start: number): readonly number[] {
		const count = Math.min(...this.#images.map(({ image }) => image.description.layers.length));
		const indices = Array.from({ length: Math.max(0, count - start) }, (_, at) => start + at);
		return indices.filter((index) => this.#relation(index) === 'other-tar' || this.#haveOtherDigests(index));
	}

	/** What is known without reading. A diff ID is believed unless the layer was checked and has another one. */
	#relation(index: number): Relation {
		const [older, newer] = this.#images.map(({ image }) => image.description.layers[index]);
		const isWrong = this.#images.some(({ image }) => image.diffIdMatches[index] === false);
		if (older.digest !== null && older.digest === newer.digest && !isWrong) return 'same';
		if (older.absent !== null || newer.absent !== null) return 'absent';
		if (older.diffId === null || older.diffId !== newer.diffId || isWrong) return 'other-tar';
		return this.#images.every((image) => isUncompressed(image, index)) ? 'same' : 'same-tar';
	}

	#haveOtherDigests(index: number): boolean {
		const [older, newer] = this.#images.map(({ image }) => image.description.layers[index].digest);
		return older !== null && newer !== null && older !== newer;
	}

	async #compare(layerIndex: number): Promise<LayerDifference['difference'] | null> {
		switch (this.#relation(layerIndex)) {
			case 'same':
				return null;
			case 'absent': {
				const isOld = this.#images[0].image.description.layers[layerIndex].absent !== null;
				return { kind: 'absent', side: isOld ? 'old' : 'new' };
			}
			case 'same-tar':
				return this.#compareBlobs(layerIndex);
			case 'other-tar': {
				this.#options.onLayer?.(layerIndex, this.#images[1].image.description.layers.length);
				const compared = await compareTarsOf(this.#images, [layerIndex, layerIndex], {
					slice: this.#slice,
					signal: this.#options.signal,
				});
				if (compared.kind === 'not-readable') return compared;
				const { comparison } = compared;
				return comparison.first === null ? this.#compareBlobs(layerIndex) : { kind: 'tar', comparison };
			}
		}
	}

	async #compareBlobs(layerIndex: number): Promise<LayerDifference['difference'] | null> {
		const sides = ['old', 'new'] as const;
		const unpacking = sides.filter((_, side) => this.#isUnpackedBySource(side as 0 | 1, layerIndex));
		this.#unpacked.push(...unpacking.map((side) => ({ layerIndex, side })));
		if (unpacking.length > 0) return null;
		this.#options.onLayer?.(layerIndex, this.#images[1].image.description.layers.length);
		const wanted = { layerIndex, signal: this.#options.signal };
		const [older, newer] = this.#images.map((image) => openBlob(image, wanted));
		if (older === null || newer === null) return notReadable(this.#images, older === null);
		const compression = await compareBlobs([older, newer], this.#slice);
		return compression && { kind: 'compression', compression };
	}

	#isUnpackedBySource(side: 0 | 1, layerIndex: number): boolean {
		const image = this.#images[side];
		return unpackingSources.has(image.image.sourceKind) && isUncompressed(image, layerIndex);
	}
}

function onlyIn(index: number, oldCount: number): LayerDifference['difference'] {
	return { kind: 'only', side: index < oldCount ? 'old' : 'new' };
}

/** A blob that is as large as the tar in it is that tar: compressed data has a header and a checksum beside it. */
function isUncompressed({ image, tree }: BuiltImage, index: number): boolean {
	return image.description.layers[index].storedBytes === tree.changesets[index].unpackedBytes;
}
