import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import type { CommandContext } from '../command.ts';
import type { OpenedSide } from '../pair/open-side.ts';
import { contentsOfBoth } from './files/contents-of-both.ts';
import { ExplorerFiles } from './files/explorer-files.ts';
import { openSurface, showUntilLeft } from './open-surface.ts';
import { openedDifference, type ShownFirst } from './opened-difference.ts';
import { showPairDetails } from './pair-details-display.ts';
import { untilLeft } from './until-left.ts';
import { pairVisit, servicesOfNoImage } from './visits/pair-visit.ts';
import { withKeyboard } from './with-keyboard.ts';

/**
 * Shows what differs between two images until the user leaves. Leaving while they are read or compared stops that, and is no error.
 * Throws what opening either image throws, and `interrupted` for Ctrl-C in that time, with the terminal as it was before.
 */
export async function explorePair(
	context: CommandContext,
	keys: NodeJS.ReadStream,
	shownFirst: ShownFirst,
): Promise<void> {
	await showUntilLeft(pairVisit({ context, labels: labelsOf(context), shownFirst }), { keys, context });
}

function labelsOf({ reference, newImage }: CommandContext): Both<string> {
	return [reference, newImage?.reference ?? reference];
}

/** Shows a difference that is known until the user leaves. False, and nothing is done, where nobody watches. Throws what the screen throws. */
export async function exploreDifference(
	{ images, difference }: KnownPair,
	context: CommandContext,
	shownFirst: ShownFirst,
): Promise<boolean> {
	return withKeyboard(context, async (keys) => {
		const { signal } = context;
		const opened = await openedDifference(images, difference, { ...shownFirst, signal });
		const files = new ExplorerFiles(context.host);
		const options = { references: labelsOf(context), files: files.services, image: servicesOfNoImage };
		const surface = await openSurface(options, { keys, context });
		signal.addEventListener('abort', () => surface.close());
		files.open(contentsOfBoth(images, opened));
		surface.first.show(opened);
		const stop = new AbortController();
		const working = showPairDetails(surface.first, { images, difference }, stop.signal).catch((error) => {
			if (!stop.signal.aborted) throw error;
		});
		try {
			await untilLeft(surface);
		} finally {
			stop.abort();
			files.close();
			await working;
		}
	});
}

export interface KnownPair {
	readonly images: Both<OpenedSide>;
	readonly difference: ImageDifference;
}
