import { FathomError } from '../errors.ts';
import type { BaseImage, ImageDescription } from '../image/image.ts';
import type { Notice } from '../warning.ts';
import type { Base } from './figures.ts';

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
	/** The images that it was found to be built on, the topmost first. */
	readonly found?: readonly BaseImage[] | undefined;
	/** What the user says the base is. */
	readonly base?: NamedBase | null | undefined;
	/** Whether its Dockerfile says that it is built on nothing; not by default. */
	readonly isFromScratch?: boolean | undefined;
}

/**
 * Where the base image ends: what the user says, else the topmost image that was found to be below it, else the first layer, where that may
 * be one. Throws `usage` where this image is not built on the one that the user names.
 */
export function resolveBase({ description, found = [], base, isFromScratch = false }: BaseInput): Base {
	const layerCount = description.layers.length;
	const named = base && baseProblem(base, description) === null ? baseOf(base, layerCount) : null;
	if (named !== null) return withImages(named, found);
	const [topmost] = found;
	if (topmost === undefined)
		return isFromScratch || !beginsWithBase(description)
			? { layerCount: 0, origin: 'none' }
			: { layerCount: 1, origin: 'first-layer' };
	return withImages({ layerCount: topmost.layerCount, origin: topmost.saidBy, image: topmost.image }, found);
}

/**
 * Whether the first layer may be that of a base: an archive of a file system, or one that nothing is known of. One that was copied or run into
 * being is the author's, unless a CMD or ENTRYPOINT before another layer tells that an author ended there, and another one began.
 */
function beginsWithBase({ layers, history }: ImageDescription): boolean {
	if (layers.length < 2) return false;
	if (!/^\s*(?:RUN|COPY|WORKDIR)\s/i.test(layers[0].instruction ?? '')) return true;
	const lastLayer = history.findLastIndex(({ layerIndex }) => layerIndex !== null);
	return history
		.slice(0, Math.max(0, lastLayer))
		.some(({ instruction }) => /^\s*(?:CMD|ENTRYPOINT)\s/i.test(instruction ?? ''));
}

function baseOf(base: NamedBase, layerCount: number): Base | null {
	if (base.kind === 'layers') return { layerCount: Math.min(base.count, layerCount), origin: 'named' };
	if (base.kind === 'unusable') return null;
	return { layerCount: base.diffIds.length, origin: 'named', image: base.name };
}

/** Layers above what the user names do not belong to the base. */
function withImages(base: Base, found: readonly BaseImage[]): Base {
	const images = found.filter(({ layerCount }) => layerCount <= base.layerCount);
	return images.length === 0 ? base : { ...base, images };
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
