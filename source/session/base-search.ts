import { baseClaimsOf } from '../image/base-claims.ts';
import type { PlacesInput } from '../sources/bases/base-places.ts';
import type { BasePlace, FoundBases } from '../sources/bases/find-bases.ts';
import type { ReadImage, ReadNote, SourceInput } from '../sources/image-source.ts';
import type { Notice } from '../warning.ts';

export interface BaseSearchOptions {
	/** Whether registries are asked, and engines of other machines. */
	readonly online: boolean;
}

export interface BaseSearchInput {
	readonly input: SourceInput;
	readonly read: Pick<ReadImage, 'description' | 'others' | 'provenance' | 'sourceKind'>;
	/** Null for a search among the images of its own source. */
	readonly options: BaseSearchOptions | null;
	readonly signal: AbortSignal;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

/** An image waits no longer for engines of this machine, or for registries. */
const LOCAL_SECONDS = 5;
const ONLINE_SECONDS = 20;
const MOST_CLAIMS = 24;

/** Finds the images that an image says it is built on. Of one that says nothing, nothing is asked. Throws `interrupted`. */
export async function searchBases({
	input,
	read: { description, others, provenance, sourceKind },
	options,
	signal,
	onNote,
}: BaseSearchInput): Promise<FoundBases> {
	const { annotations, config, platform } = description;
	const { labels } = config;
	const claims = baseClaimsOf({ annotations, labels, materials: provenance?.materials ?? [] });
	if (claims.length === 0 || description.layers.length < 2) return { bases: [], problem: null };
	const { findBases } = await import('../sources/bases/find-bases.ts');
	const online = options?.online ?? false;
	return findBases({
		...{ claims, description, others, signal },
		places: options === null ? [] : await placesFor({ input, sourceKind, platform, online, onNote }),
		limits: { seconds: online ? ONLINE_SECONDS : LOCAL_SECONDS, mostClaims: MOST_CLAIMS },
	});
}

async function placesFor(places: PlacesInput): Promise<readonly BasePlace[]> {
	const { basePlaces } = await import('../sources/bases/base-places.ts');
	return basePlaces(places);
}

/** A notice where what the image says of its base is not so, or could not be found out. */
export function searchNotices({ problem }: FoundBases): readonly Notice[] {
	return problem === null ? [] : [{ code: 'base-not-found', message: `${problem}.` }];
}
