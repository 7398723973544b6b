import type { Warning } from '../warning.ts';
import type { ImageConfig } from './config.ts';
import { historyMismatch, layersOf, pairHistory } from './history.ts';
import type { AbsentLayer, ImageDescription, LayerDescription } from './image.ts';
import type { Platform } from './platform.ts';

/** What is known about an image before its layers are read. */
export interface ImageFacts {
	readonly names: readonly string[];
	readonly manifestDigest: string | null;
	readonly configDigest: string | null;
	/** As the index states it; it takes precedence over the config. */
	readonly platform: Platform | null;
	readonly annotations: Readonly<Record<string, string>>;
	readonly config: ImageConfig;
	/** Lowest first. */
	readonly layers: readonly LayerFacts[];
}

export type LayerFacts = Pick<LayerDescription, 'digest' | 'mediaType' | 'storedBytes'> & {
	/** None by default. */
	readonly absent?: AbsentLayer | null;
};

export interface DescribedImage {
	readonly description: ImageDescription;
	readonly warnings: readonly Warning[];
}

/** Combines manifest, config and history. Numbers of layers that do not match are warnings, never errors. */
export function describeImage(facts: ImageFacts): DescribedImage {
	const { names, manifestDigest, configDigest, annotations, config, layers } = facts;
	const history = pairHistory(config, layers.length);
	return {
		description: {
			names,
			platform: facts.platform ?? config.platform,
			osVersion: config.osVersion,
			osFeatures: config.osFeatures,
			manifestDigest,
			configDigest,
			created: config.created,
			author: config.author,
			config: config.runtime,
			annotations,
			layers: layers.map(({ digest, mediaType, storedBytes, absent = null }, index) => ({
				index,
				digest,
				diffId: config.diffIds[index] ?? null,
				mediaType,
				storedBytes,
				absent,
				createdBy: history.makers[index]?.createdBy ?? null,
				instruction: history.makers[index]?.instruction ?? null,
				created: history.makers[index]?.created ?? null,
				comment: history.makers[index]?.comment ?? null,
			})),
			history: history.steps,
		},
		warnings: [
			layerCountMismatch(layers.length, config.diffIds.length),
			historyMismatch(history, layers.length, config.diffIds.length),
			absentLayers(layers),
		].filter((warning) => warning !== null),
	};
}

/** A config without diff IDs is no reason to warn: it belongs to an artifact of another kind. */
function layerCountMismatch(layerCount: number, diffIdCount: number): Warning | null {
	if (diffIdCount === 0 || diffIdCount === layerCount) return null;
	return {
		code: 'layer-count-mismatch',
		layerIndex: null,
		count: 1,
		example: null,
		message: `The config lists ${layersOf(diffIdCount)} and the image has ${layerCount}: layers may be missing, and instructions may be shown with the wrong ones.`,
	};
}

/** One warning for all of them. */
function absentLayers(layers: readonly LayerFacts[]): Warning | null {
	const indices = layers.flatMap(({ absent }, index) => (absent ? [index] : []));
	if (indices.length === 0) return null;
	const [first] = indices;
	const isOne = indices.length === 1;
	return {
		code: 'layer-absent',
		layerIndex: isOne ? first : null,
		count: indices.length,
		example: layers[first].absent?.urls[0] ?? null,
		message: isOne
			? 'The layer is kept elsewhere by design and is not here; every figure is without it.'
			: 'Layers are kept elsewhere by design and are not here; every figure is without them.',
	};
}
