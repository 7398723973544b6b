import type { Both } from '../../../diff/merge/merge-structure.ts';
import { compareImages } from '../../../session/pair/image-pair.ts';
import type { ReadNote } from '../../../sources/image-source.ts';
import type { ImageServices } from '../../../tui/model/effects/requests.ts';
import type { ImageSheet } from '../../../tui/view/sheets/sheet.ts';
import type { CommandContext } from '../../command.ts';
import type { SideOpening } from '../../pair/open-side.ts';
import { bothOf, openPair } from '../../pair/with-image-pair.ts';
import { contentsOfBoth } from '../files/contents-of-both.ts';
import { ExplorerFiles } from '../files/explorer-files.ts';
import { openedDifference, type ShownFirst } from '../opened-difference.ts';
import { showPairDetails } from '../pair-details-display.ts';
import { ProgressDisplay } from '../progress-display.ts';
import type { Visit, VisitPlan } from './visit.ts';

export interface PairPlan {
	/** Names both images. */
	readonly context: CommandContext;
	/** What they are called on the screen. */
	readonly labels: Both<string>;
	readonly shownFirst: ShownFirst;
}

const noImage: ImageServices = {
	'pick-image': async () => ({ message: null }),
	'mark-image': async () => ({ message: null }),
	'open-again': async () => ({ message: null }),
	'read-layer': async () => ({ isTaken: false }),
};

/** What a sheet of two images, or of none, is given. */
export const servicesOfNoImage = noImage;

/** Shows what differs between two images. Throws `usage` where both come by standard input. */
export function pairVisit({ context, labels, shownFirst }: PairPlan): VisitPlan<ImageSheet> {
	let sheet: ImageSheet | null = null;
	const details: ReadNote[] = [];
	const noteTo = (image: 0 | 1) => (note: ReadNote) => {
		if (note.kind === 'detail') details.push(note);
		else sheet?.showReading({ waiting: note.kind === 'waiting' ? note.message : null }, image);
	};
	const openings = openPair({ ...context, facts: ['packages'] }, [noteTo(0), noteTo(1)]);
	const files = new ExplorerFiles(context.host);
	const begin = (shown: ImageSheet): Visit => {
		sheet = shown;
		const stop = new AbortController();
		const showing = { context, shownFirst, signal: stop.signal, files };
		const finished = showDifference(shown, openings, showing);
		// The user may have left before it fails.
		finished.catch(() => {});
		const close = async (): Promise<void> => {
			stop.abort();
			files.close();
			await Promise.all(openings.map((opening) => opening.close()));
			for (const note of details) context.onNote(note);
		};
		const nothing = { name: null, left: null, isRead: false, updateList: null, onShown: () => {} };
		return { ...nothing, finished: untilStopped(finished, stop.signal), close };
	};
	return { options: { references: labels, files: files.services, image: noImage }, begin };
}

/** What fails because nobody looks any more is no failure. */
async function untilStopped(finished: Promise<void>, signal: AbortSignal): Promise<void> {
	await finished.catch((error: unknown) => {
		if (!signal.aborted) throw error;
	});
}

interface Showing {
	readonly context: CommandContext;
	readonly shownFirst: ShownFirst;
	readonly signal: AbortSignal;
	readonly files: ExplorerFiles;
}

async function showDifference(
	sheet: ImageSheet,
	openings: Both<SideOpening>,
	{ context, shownFirst, signal, files }: Showing,
): Promise<void> {
	openings.forEach((opening, image) => {
		showStages(sheet, opening, { image, signal }).catch(() => {});
	});
	const images = await bothOf(openings, context);
	const difference = await compareImages(images, signal);
	const opened = await openedDifference(images, difference, { ...shownFirst, signal });
	files.open(contentsOfBoth(images, opened));
	sheet.show(opened);
	await showPairDetails(sheet, { images, difference }, signal);
}

/** Shows how far the reading of an image is. Its failure is that of the opening. */
async function showStages(
	sheet: ImageSheet,
	{ stages }: SideOpening,
	{ image, signal }: { readonly image: number; readonly signal: AbortSignal },
): Promise<void> {
	const progress = new ProgressDisplay(sheet, image);
	signal.addEventListener('abort', () => progress.close());
	for await (const stage of stages) {
		if (stage.kind === 'complete') progress.finish();
		else if (stage.progress !== null) progress.show(stage.progress);
	}
}
