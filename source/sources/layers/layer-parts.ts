import type { Changeset } from '../../tar/changeset.ts';
import { noLimits } from '../../tar/entry-budget.ts';
import { findSplitPoint } from '../../tar/parts/find-split-point.ts';
import { joinParts } from '../../tar/parts/join-parts.ts';
import type { ScannedPart } from '../../tar/parts/scan-part.ts';
import type { SplitPoint } from '../../tar/parts/split-point.ts';
import type { FileRange } from '../../tar/window-reader.ts';
import { withRange } from '../store/blob-location.ts';
import type { PartTask, ScanTask } from '../workers/layer-task.ts';

/** Where a file is too large to find an entry behind it soon, a split point is looked for elsewhere: this many times, within an eighth of a part. */
const MOST_TRIES = 6;
const PART_OF_A_TRY = 1 / 24;
/** How many parts of at least `leastBytes` a layer can be read in. */
export function mostPartsOf(
	{ location: { bytes }, compression, hashing }: ScanTask,
	leastBytes: number,
): number {
	// A diff ID can only be worked out from the start to the end.
	if (compression !== 'gzip' || bytes <= hashing.largestVerifiedBytes) return 1;
	return Math.max(1, Math.floor(bytes / leastBytes));
}

/** The tasks to read a layer in `parts` parts, or fewer where no split points are found. */
export async function tasksFor(task: ScanTask, parts: number): Promise<readonly (ScanTask | PartTask)[]> {
	if (parts <= 1) return [task];
	const { location, hashing } = task;
	const splitPoints = await withRange(location, (range) => findSplitPoints(range, parts));
	if (splitPoints.length === 0) return [task];
	return [null, ...splitPoints].map((from, index) => ({
		type: 'part' as const,
		location,
		part: { from, until: splitPoints[index] ?? null },
		identityKey: hashing.identityKey,
		facts: hashing.facts ?? [],
		limits: hashing.budget ?? noLimits,
	}));
}

/** What came of the tasks for one layer, in their order; null where it has to be read once more, as a whole. */
export function changesetOf(results: readonly (Changeset | ScannedPart | null)[]): Changeset | null {
	const [first] = results;
	if (first !== null && 'paths' in first) return first;
	return joinParts(results.map((result) => (result !== null && 'changeset' in result ? result : null)));
}

/** As many as are found; no two are close together. */
function findSplitPoints(range: FileRange, parts: number): readonly SplitPoint[] {
	const partBytes = range.bytes / parts;
	return Array.from({ length: parts - 1 }, (_, index) =>
		findSplitPointNear(range, (index + 1) * partBytes, partBytes),
	).filter((splitPoint) => splitPoint !== null);
}

function findSplitPointNear(range: FileRange, position: number, partBytes: number): SplitPoint | null {
	const step = partBytes * PART_OF_A_TRY;
	for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
		const away = Math.ceil(attempt / 2) * (attempt % 2 === 0 ? -step : step);
		const splitPoint = findSplitPoint(range, Math.floor(position + away));
		if (splitPoint !== null) return splitPoint;
	}
	return null;
}
