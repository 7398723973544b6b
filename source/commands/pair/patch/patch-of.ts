import type { ImageDifference } from '../../../diff/image-difference.ts';
import { isIgnoredBy } from '../../../diff/listing/select-differences.ts';
import type { ByteSink } from '../../../report/byte-stream.ts';
import type { NodeRange } from '../../../report/diff/patch/changed-files.ts';
import type { ReportOptions } from '../../../report/reporter.ts';
import type { ChosenPath } from './choose-paths.ts';
import type { PatchedImages } from './patched-images.ts';
import { printPatch } from './print-patch.ts';

export interface PatchChoice {
	/** A file, or a folder with all that is below it; null for all paths. */
	readonly chosen: ChosenPath | null;
	/** Globs of paths that are left out. */
	readonly ignore: readonly string[];
	readonly signal: AbortSignal;
}

/** What writes the unified diffs of a file, or of all files below a folder. */
export function patchOf(
	pair: { readonly images: PatchedImages; readonly difference: ImageDifference },
	{ chosen, ignore, signal }: PatchChoice,
): (sink: ByteSink, options: Omit<ReportOptions, 'signal'>) => Promise<void> {
	const { tree } = pair.difference;
	const range = rangeOf(chosen, pair.difference);
	const nothing = sentence(chosen);
	const isIgnored = isIgnoredBy(tree, ignore);
	return (sink, options) => printPatch({ ...pair, range, isIgnored, nothing, signal }, sink, options);
}

function rangeOf(chosen: ChosenPath | null, { tree }: Pick<ImageDifference, 'tree'>): NodeRange {
	if (chosen === null) return { start: 0, end: tree.nodeCount };
	return { start: chosen.node, end: tree.subtreeEnds[chosen.node] };
}

function sentence(chosen: ChosenPath | null): string {
	if (chosen === null || chosen.text === '/') return 'No file differs.';
	return chosen.isFolder ? `No file below ${chosen.text} differs.` : `${chosen.text} does not differ.`;
}
