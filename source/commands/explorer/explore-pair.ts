import type { ImageDifference } from '../../diff/image-difference.ts';
import { applyMoves } from '../../diff/merge/apply-moves.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { compareInSteps } from '../../filetree/compare.ts';
import type { ComparedImage } from '../../session/pair/compared-image.ts';
import { compareImages } from '../../session/pair/image-pair.ts';
import type { ReadNote } from '../../sources/image-source.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { plain } from '../../text/paint.ts';
import type { ComparedSide, OpenedDifference } from '../../tui/model/opened-difference.ts';
import { prepareOrder } from '../../tui/model/rows/child-order.ts';
import type { Screen } from '../../tui/view/screen.tsx';
import type { CommandContext } from '../command.ts';
import type { SideOpening } from '../pair/open-side.ts';
import { bothOf, openPair } from '../pair/with-image-pair.ts';
import { ProgressDisplay } from './progress-display.ts';
import { untilLeft } from './until-left.ts';

/**
 * Shows what differs between two images until the user leaves. Leaving while they are read or compared stops that, and is no error.
 * Throws what opening either image throws, and `interrupted` for Ctrl-C in that time, with the terminal as it was before.
 */
export async function explorePair(context: CommandContext, keys: NodeJS.ReadStream): Promise<void> {
	const { stdout, layout, signal, reference, newImage } = context;
	const { openScreen } = await import('../../tui/view/screen.tsx');
	const details: ReadNote[] = [];
	const noteTo = (image: 0 | 1) => (note: ReadNote) => {
		if (note.kind === 'detail') details.push(note);
		else screen.showReading({ waiting: note.kind === 'waiting' ? note.message : null }, image);
	};
	// Before the screen, as it refuses two images by standard input.
	const openings = openPair(context, [noteTo(0), noteTo(1)]);
	const references = [reference, newImage?.reference ?? reference];
	const screen = openScreen({ references, stdin: keys, stdout, colour: layout.paint !== plain });
	signal.addEventListener('abort', () => screen.close());
	const stop = new AbortController();
	const shown = showDifference(screen, openings, { context, signal: stop.signal });
	// The user may have left before it fails.
	shown.catch(() => {});
	try {
		await Promise.race([shown, screen.closed]);
		await untilLeft(screen);
	} catch (error) {
		screen.close();
		await screen.closed;
		throw error;
	} finally {
		stop.abort();
		await Promise.all(openings.map((opening) => opening.close()));
		// The screen had no place for them.
		for (const note of details) context.onNote(note);
	}
}

async function showDifference(
	screen: Screen,
	openings: Both<SideOpening>,
	{ context, signal }: { readonly context: CommandContext; readonly signal: AbortSignal },
): Promise<void> {
	openings.forEach((opening, image) => {
		showStages(screen, opening, image).catch(() => {});
	});
	const images = await bothOf(openings, context);
	const difference = await compareImages(images, signal);
	screen.show(await openedDifference(images, difference, signal));
}

/** Shows how far the reading of an image is. Its failure is that of the opening. */
async function showStages(screen: Screen, { stages }: SideOpening, image: number): Promise<void> {
	const progress = new ProgressDisplay(screen, image);
	for await (const stage of stages) {
		if (stage.kind === 'complete') progress.finish();
		else if (stage.progress !== null) progress.show(stage.progress);
	}
}

/** What the explorer shows, with all that it needs for the first frame. */
export async function openedDifference(
	images: Both<ComparedImage>,
	difference: ImageDifference,
	signal?: AbortSignal,
): Promise<OpenedDifference> {
	const { oldLayerCount } = difference;
	const tree = await runInSlices(applyMoves(difference), signal);
	const comparing = compareInSteps(tree, oldLayerCount, tree.layerCount, { withBefore: true });
	const comparison = await runInSlices(comparing, signal);
	await runInSlices(prepareOrder(comparison, 'delta'), signal);
	return {
		...difference,
		kind: 'difference',
		tree,
		comparison,
		images: [comparedSide(images[0]), comparedSide(images[1])],
	};
}

function comparedSide({ image, tree, figures }: ComparedImage): ComparedSide {
	const { reference, foundIn, description, warnings, notices } = image;
	const unpackedBytes = tree.changesets.map((changeset) => changeset.unpackedBytes);
	return { reference, foundIn, description, warnings, notices, figures, unpackedBytes };
}
