import type { DifferencePart } from '../../diff/differing-parts.ts';
import type { ImageDifference } from '../../diff/image-difference.ts';
import { leaveOut } from '../../diff/listing/leave-out.ts';
import { applyMoves } from '../../diff/merge/apply-moves.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { compareInSteps } from '../../filetree/compare.ts';
import type { ComparedImage } from '../../session/pair/compared-image.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { ComparedSide, OpenedDifference } from '../../tui/model/opened-difference.ts';
import { nothingOfPair } from '../../tui/model/pair-details.ts';
import { prepareOrder } from '../../tui/model/rows/child-order.ts';

/** What of a difference is shown, and where in it the explorer begins. */
export interface ShownFirst {
	/** Globs of the paths that are left out; none by default. */
	readonly ignore?: readonly string[];
	/** The files by default. */
	readonly part?: DifferencePart;
	/** The node of a folder of the merged tree. */
	readonly folder?: number | null;
}

/** What the explorer shows, with all that it needs for the first frame. */
export async function openedDifference(
	images: Both<ComparedImage>,
	whole: ImageDifference,
	{ ignore = [], part = 'files', folder = null, signal }: ShownFirst & { readonly signal?: AbortSignal } = {},
): Promise<OpenedDifference> {
	const { difference, isLeftOut } = await runInSlices(leaveOut(whole, ignore), signal);
	const { oldLayerCount } = difference;
	const tree = await runInSlices(applyMoves(difference, isLeftOut), signal);
	const comparing = compareInSteps(tree, oldLayerCount, tree.layerCount, { withBefore: true });
	const comparison = await runInSlices(comparing, signal);
	await runInSlices(prepareOrder(comparison, 'delta'), signal);
	return {
		...difference,
		kind: 'difference',
		tree,
		comparison,
		images: [comparedSide(images[0]), comparedSide(images[1])],
		ignore,
		start: { part, folder },
		details: nothingOfPair,
	};
}

function comparedSide({ image, tree, figures }: ComparedImage): ComparedSide {
	const { reference, foundIn, description, warnings, notices } = image;
	const unpackedBytes = tree.changesets.map((changeset) => changeset.unpackedBytes);
	return { reference, foundIn, description, warnings, notices, figures, unpackedBytes };
}
