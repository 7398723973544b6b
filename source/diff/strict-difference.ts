import type { Both } from './merge/merge-structure.ts';
import { type Cause, causes } from './reproducible/causes.ts';
import type { NotReadable } from './reproducible/reproducibility.ts';
import type { TarComparison } from './reproducible/tar-difference.ts';

/** What a strict comparison adds: what differs between the tars of layers and is not seen in a file system. */
export interface StrictDifference {
	/** The layers that became others, lowest first. */
	readonly layers: readonly StrictLayer[];
}

export interface StrictLayer {
	/** 0-based. */
	readonly indices: Both<number>;
	readonly tars: ComparedTars;
}

/** What came of two layers whose tars were to be compared. */
export type ComparedTars = { readonly kind: 'compared'; readonly comparison: TarComparison } | NotReadable;

/** What the comparison of the files shows by itself. */
const seenInFiles: ReadonlySet<Cause> = new Set([
	'owner',
	'permissions',
	'type',
	'link-target',
	'xattrs',
	'content',
	'only-in-old',
	'only-in-new',
]);

/** How many entries of two tars differ by each cause that the files do not show, in the order of a report. */
export function unseenCounts({
	counts,
}: TarComparison): readonly { readonly cause: Cause; readonly count: number }[] {
	return causes
		.filter((cause) => !seenInFiles.has(cause) && counts[cause] > 0)
		.map((cause) => ({ cause, count: counts[cause] }));
}
