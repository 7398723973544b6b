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
	const isIgnored = isIgnoredBy(tree, ignore);
	const nothing = sentence(chosen, { isIgnored, areAllCompared: ignore.length === 0 });
	return (sink, options) => printPatch({ ...pair, range, isIgnored, nothing, signal }, sink, options);
}

function rangeOf(chosen: ChosenPath | null, { tree }: Pick<ImageDifference, 'tree'>): NodeRange {
	if (chosen === null) return { start: 0, end: tree.nodeCount };
	return { start: chosen.node, end: tree.subtreeEnds[chosen.node] };
}

interface LeftOut {
	readonly isIgnored: (node: number) => boolean;
	/** Whether no path is left out. */
	readonly areAllCompared: boolean;
}

function sentence(chosen: ChosenPath | null, { isIgnored, areAllCompared }: LeftOut): string {
	if (chosen !== null && isIgnored(chosen.node))
		return `${chosen.text} was not compared: --ignore leaves it out.`;
	if (chosen?.isFolder === false) return `${chosen.text} does not differ.`;
	const place = chosen === null || chosen.text === '/' ? '' : ` below ${chosen.text}`;
	return areAllCompared
		? `No file${place} differs.`
		: `No file${place} differs that --ignore does not leave out.`;
}
