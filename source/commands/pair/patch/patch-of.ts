import type { ImageDifference } from '../../../diff/image-difference.ts';
import type { ByteSink } from '../../../report/byte-stream.ts';
import type { NodeRange } from '../../../report/diff/patch/changed-files.ts';
import type { ReportOptions } from '../../../report/reporter.ts';
import { type ChosenPath, choosePath } from './choose-paths.ts';
import type { PatchedImages } from './patched-images.ts';
import { printPatch } from './print-patch.ts';

export interface PatchChoice {
	/** As the user wrote it; null for all paths. */
	readonly path: string | null;
	/** Whether unified diffs are asked for (`--patch`), or follow from the path of a file alone. */
	readonly isAsked: boolean;
	readonly signal: AbortSignal;
}

/** What writes the unified diffs of a file, or of all files below a folder; null for a folder where they are not asked for. Throws `not-found`. */
export async function patchOf(
	pair: { readonly images: PatchedImages; readonly difference: ImageDifference },
	{ path, isAsked, signal }: PatchChoice,
): Promise<((sink: ByteSink, options: Omit<ReportOptions, 'signal'>) => Promise<void>) | null> {
	const { tree } = pair.difference;
	const chosen = path === null ? null : await choosePath(path, pair, signal);
	if (!isAsked && chosen?.isFolder !== false) return null;
	const range: NodeRange = rangeOf(chosen, { tree, isAsked });
	const nothing = sentence(chosen);
	return (sink, options) => printPatch({ ...pair, range, nothing, signal }, sink, options);
}

function rangeOf(
	chosen: ChosenPath | null,
	{ tree, isAsked }: Pick<ImageDifference, 'tree'> & Pick<PatchChoice, 'isAsked'>,
): NodeRange {
	if (chosen === null) return { start: 0, end: tree.nodeCount };
	const { node } = chosen;
	return { start: node, end: isAsked ? tree.subtreeEnds[node] : node + 1 };
}

function sentence(chosen: ChosenPath | null): string {
	if (chosen === null || chosen.text === '/') return 'No file differs.';
	return chosen.isFolder ? `No file below ${chosen.text} differs.` : `${chosen.text} does not differ.`;
}
