import { FathomError } from '../errors.ts';
import type { ImageDescription } from '../image/image.ts';
import type { Base } from './figures.ts';

const NAME_KEY = 'org.opencontainers.image.base.name';
const DIGEST_KEY = 'org.opencontainers.image.base.digest';

/** What the user says the base is. */
export type NamedBase =
	/** How many of the lowest layers. */
	| { readonly kind: 'layers'; readonly count: number }
	/** An image as the user named it, with the diff IDs of its layers, lowest first. */
	| { readonly kind: 'image'; readonly name: string; readonly diffIds: readonly (string | null)[] };

export interface BaseInput {
	readonly description: ImageDescription;
	readonly others: readonly ImageDescription[];
	readonly base?: NamedBase | null | undefined;
}

/**
 * Where the base image ends: what the user says, else the image that the `org.opencontainers.image.base.*` annotations or labels name
 * where it is at hand and its layers are the lowest of this image, else the first layer (OCI image specification, annotations.md). Throws
 * `usage` where this image is not built on the one that the user names.
 */
export function resolveBase({ description, others, base }: BaseInput): Base {
	const layerCount = description.layers.length;
	if (base?.kind === 'layers') return { layerCount: Math.min(base.count, layerCount), origin: 'named' };
	if (base?.kind === 'image') return namedImage(base, description);
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

function namedImage(base: Extract<NamedBase, { kind: 'image' }>, { layers }: ImageDescription): Base {
	const { name, diffIds } = base;
	const differs = diffIds.findIndex((diffId, index) => diffId === null || diffId !== layers[index]?.diffId);
	if (differs === -1) return { layerCount: diffIds.length, origin: 'named', image: name };
	const shares =
		differs === 0
			? 'none of its layers'
			: `only the first ${differs === 1 ? 'layer' : `${differs} layers`} of ${diffIds.length}`;
	throw new FathomError({
		code: 'usage',
		message: `--base ${name}: the image is not built on it; it shares ${shares}.`,
		hint: 'Name the very image that it was built from, or say how many layers are the base, as in --base 1.',
	});
}

/** Whether all layers of `lower` are the lowest layers of `upper`. */
function isBelow(lower: ImageDescription, upper: ImageDescription): boolean {
	return (
		lower.layers.length <= upper.layers.length &&
		lower.layers.every(({ diffId }, index) => diffId !== null && diffId === upper.layers[index].diffId)
	);
}
