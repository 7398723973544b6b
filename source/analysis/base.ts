import type { ImageDescription } from '../image/image.ts';
import type { Base } from './figures.ts';

const NAME_KEY = 'org.opencontainers.image.base.name';
const DIGEST_KEY = 'org.opencontainers.image.base.digest';

export interface BaseInput {
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	readonly baseLayerCount?: number | undefined;
}

/**
 * Where the base image ends: what the user says, else the image that the `org.opencontainers.image.base.*` annotations or labels name
 * where it is at hand and its layers are the lowest of this image, else the first layer (OCI image specification, annotations.md).
 */
export function resolveBase({ description, others, baseLayerCount }: BaseInput): Base {
	const layerCount = description.layers.length;
	if (baseLayerCount !== undefined)
		return { layerCount: Math.min(baseLayerCount, layerCount), origin: 'named' };
	const facts = { ...description.config.labels, ...description.annotations };
	const name = facts[NAME_KEY];
	const digest = facts[DIGEST_KEY];
	const named = others.find(
		(other) =>
			((digest !== undefined && other.manifestDigest === digest) ||
				(name !== undefined && other.names.includes(name))) &&
			isBelow(other, description),
	);
	if (named) return { layerCount: named.layers.length, origin: 'annotation' };
	return { layerCount: Math.min(1, layerCount), origin: 'first-layer' };
}

/** Whether all layers of `lower` are the lowest layers of `upper`. */
function isBelow(lower: ImageDescription, upper: ImageDescription): boolean {
	return (
		lower.layers.length <= upper.layers.length &&
		lower.layers.every(({ diffId }, index) => diffId !== null && diffId === upper.layers[index].diffId)
	);
}
