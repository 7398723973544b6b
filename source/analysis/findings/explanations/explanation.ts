import type { FindingLevel } from '../finding-level.ts';

/** What `fathom explain` says of a code. */
export interface Explanation {
	/** As settings, gates and documents name it. */
	readonly code: string;
	readonly level: FindingLevel;
	/** Whether it is found only where the contents of files were read. */
	readonly needsContents: boolean;
	/** What it is about, in a few words, without a full stop. */
	readonly summary: string;
	/** Why it matters and what to do, in whole sentences. */
	readonly why: string;
	/** Lines of a Dockerfile that leads to it. */
	readonly before: readonly string[];
	/** Lines of one that does not. */
	readonly after: readonly string[];
}
