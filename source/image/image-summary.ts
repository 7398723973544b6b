import type { BaseClaim } from './base-claims.ts';

/** What can be said of an image without its layers. */
export interface ImageSummary {
	/** Of its manifest and of the index around it, as far as they are known. */
	readonly digests: readonly string[];
	/** Lowest first; null where it is not known. */
	readonly diffIds: readonly (string | null)[];
	/** RFC 3339 as written; null where it is not known. */
	readonly created: string | null;
	/** What it says of its own base. */
	readonly claims: readonly BaseClaim[];
}
