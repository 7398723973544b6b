import type { Baseline } from '../../gate/baseline/baseline.ts';
import { formatPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { parseReference } from '../../image/reference.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { sourceNames } from '../../sources/image-source.ts';

/** Whether a baseline is one of this image. */
export type Fitness =
	| { readonly kind: 'fits' }
	/** It is used. */
	| { readonly kind: 'doubtful'; readonly doubt: string }
	/** It is not used. */
	| { readonly kind: 'unfit'; readonly reason: string };

const sourcePrefix = new RegExp(`^(?:${sourceNames.join('|')}):(?!\\d{1,5}/)`);

type Image = Pick<ImageSession, 'image' | 'figures'>;

/** Tells whether a baseline is of this image and for its platform. Without a full stop, for behind the name of the baseline. */
export function fitnessOf(baseline: Baseline, session: Image): Fitness {
	const { platform } = session.image.description;
	if (isOtherPlatform(baseline.platform, platform)) {
		const reason = `it is for ${wordPlatform(baseline.platform)}, and this image is for ${wordPlatform(platform)}`;
		return { kind: 'unfit', reason };
	}
	if (sharesLayer(baseline, session)) return { kind: 'fits' };
	const own = namesOf(session.image.description.names, session.image.reference);
	const other = namesOf(baseline.names, baseline.reference);
	if ([...own].some((name) => other.has(name))) return { kind: 'fits' };
	const isNamed = baseline.names.length > 0 && session.image.description.names.length > 0;
	return isNamed
		? { kind: 'unfit', reason: 'it is of another image: no name and no layer are the same' }
		: { kind: 'doubtful', doubt: 'may be of another image: no layer is the same, and no name tells' };
}

function wordPlatform(platform: Platform | null): string {
	return platform === null ? 'any platform' : formatPlatform(platform);
}

function isOtherPlatform(older: Platform | null, newer: Platform | null): boolean {
	if (older === null || newer === null) return false;
	return !platformMatches(older, newer) && !platformMatches(newer, older);
}

/** A layer without files is in many images. */
function sharesLayer({ layers }: Baseline, { image, figures }: Image): boolean {
	const diffIds = new Set(layers.map(({ diffId }) => diffId));
	return image.description.layers.some(
		({ diffId, index }) => diffId !== null && diffIds.has(diffId) && figures.layers[index].layerBytes > 0,
	);
}

/** The last component of each repository, by which an image keeps its name from the engine that builds it to the registry. */
function namesOf(names: readonly string[], reference: string): ReadonlySet<string> {
	return new Set([...names, reference].map((name) => repositoryOf(name).split('/').at(-1) ?? name));
}

function repositoryOf(name: string): string {
	try {
		return parseReference(name.replace(sourcePrefix, '')).repository;
	} catch {
		return name;
	}
}
