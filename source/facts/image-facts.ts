import type { EntryFact } from '../tar/changeset.ts';

/** What readers found in the contents of an image's layers. */
export interface ImageFacts {
	/** Lowest first; null for a layer whose contents were not read, because only its table of contents was or because it is not there. */
	readonly layers: readonly (readonly EntryFact[] | null)[];
}
