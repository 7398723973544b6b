import { FathomError } from '../errors.ts';
import type { ImageDescription } from '../image/image.ts';
import type { Notice } from '../warning.ts';
import type { Base } from './figures.ts';

const NAME_KEY = 'org.opencontainers.image.base.name';
const DIGEST_KEY = 'org.opencontainers.image.base.digest';

/** What the user says the base is. */
export type NamedBase =
	/** How many of the lowest layers. */
	| ({ readonly kind: 'layers'; readonly count: number } & Naming)
	/** An image as the user named it, with the diff IDs of its layers, lowest first. */
	| ({ readonly kind: 'image'; readonly name: string; readonly diffIds: readonly (string | null)[] } & Naming)
	/** An image that cannot be read, where one that does not fit is passed over. */
	| { readonly kind: 'unusable'; readonly problem: string };

export interface Naming {
	/** Where the user named it, for messages; `--base` by default. */
	readonly label?: string;
	/** Whether one that does not fit the image is passed over: a setting is for many images, and some are built on another base. */
	readonly isOptional?: boolean;
}

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
	if (base && baseProblem(base, description) === null) {
		if (base.kind === 'layers') return { layerCount: Math.min(base.count, layerCount), origin: 'named' };
		if (base.kind === 'image') return { layerCount: base.diffIds.length, origin: 'named', image: base.name };
	}
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

/**
 * Why the base that the user names is passed over for this image, without a full stop; null where it is not. Throws `usage` where it does not
 * fit and is not to be passed over.
 */
export function baseProblem(base: NamedBase, { layers }: Pick<ImageDescription, 'layers'>): string | null {
	if (base.kind === 'unusable') return base.problem;
	const { label = '--base', isOptional = false } = base;
	if (base.kind === 'layers')
		return isOptional && base.count > layers.length ? tooManyLayers(base, layers.length) : null;
	const { name, diffIds } = base;
	const differs = diffIds.findIndex((diffId, index) => diffId === null || diffId !== layers[index]?.diffId);
	if (differs === -1) return null;
	const shares =
		differs === 0
			? 'none of its layers'
			: `only the first ${differs === 1 ? 'layer' : `${differs} layers`} of ${diffIds.length}`;
	const problem = `${label} ${name}: the image is not built on it; it shares ${shares}`;
	if (isOptional) return problem;
	throw new FathomError({
		code: 'usage',
		message: `${problem}.`,
		hint: 'Name the very image that it was built from, or say how many layers are the base, as in --base 1.',
	});
}

/** Says that a base has more layers than the image, without a full stop. */
export function tooManyLayers(
	{ count, label = '--base' }: Extract<NamedBase, { kind: 'layers' }>,
	layerCount: number,
): string {
	return `${label} ${count}: the image has only ${layerCount} ${layerCount === 1 ? 'layer' : 'layers'}`;
}

/** A notice where the base that the user names is passed over. */
export function baseNotices(
	base: NamedBase | null | undefined,
	description: Pick<ImageDescription, 'layers'>,
): readonly Notice[] {
	const problem = base ? baseProblem(base, description) : null;
	return problem === null ? [] : [{ code: 'base-not-used', message: `${problem}. It is not used.` }];
}

/** Whether all layers of `lower` are the lowest layers of `upper`. */
function isBelow(lower: ImageDescription, upper: ImageDescription): boolean {
	return (
		lower.layers.length <= upper.layers.length &&
		lower.layers.every(({ diffId }, index) => diffId !== null && diffId === upper.layers[index].diffId)
	);
}
