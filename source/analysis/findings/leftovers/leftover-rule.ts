import type { LeftoverCode } from '../explanations/leftovers.ts';

/** One kind of what builds leave behind. */
export interface LeftoverRule {
	readonly code: LeftoverCode;
	/** What it is, as part of a sentence. */
	readonly what: string;
	/**
	 * Where it lies (`path-patterns.ts`): `/` begins a path in the root, `~/` one in a home directory, anything else is a path in any folder. All below
	 * a directory that matches belongs to it.
	 */
	readonly paths: readonly string[];
	/** Names of files that have to stay. */
	readonly keeps?: readonly string[];
	/** Smaller files do not count; bytes. */
	readonly leastFileBytes?: number;
	readonly advice: string;
	/** What to do where a COPY brings it; by default to leave it out of what is copied. */
	readonly copied?: string;
	/** What the RUN that leaves it should do last, in the shell; `remove`: to remove just these paths; null where that is no good. */
	readonly command: string | null;
}

/** As a command: to remove what was found. */
export const REMOVE = 'remove';
