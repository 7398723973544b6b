import { type ImageAtHand, type Place, places } from '../../../image/at-hand/image-at-hand.ts';
import { type HomeState, newHome, withPlace } from '../../../tui/model/home/home-state.ts';
import type { Sheet } from '../../../tui/view/sheets/sheet.ts';
import type { CommandContext } from '../../command.ts';
import { recentImages } from '../../home/recent-images.ts';
import { rememberedChoices } from '../remembered-choices.ts';
import { listVisit } from './list-visit.ts';
import type { VisitedName, VisitPlan, Ways } from './visit.ts';

/** Shows the images at hand. Each time that the list is shown, all places are asked. */
export function homeVisit(context: CommandContext, ways: Ways, marked: VisitedName | null = null): VisitPlan {
	let asking: AbortController | null = null;
	const onShown = (sheet: Sheet): void => {
		// Who is asked again has nothing more to say here.
		asking?.abort();
		sheet.updateHome((state) => ({ ...state, asked: places, nowSeconds: Date.now() / 1000, message: null }));
		asking = askPlaces(sheet, context);
	};
	const { host, settings } = context;
	const list: HomeState = {
		...newHome(places, Date.now() / 1000, rememberedChoices(host, settings)),
		marked,
	};
	return listVisit({ list, host, onShown, onClosed: () => asking?.abort() }, ways);
}

/** The images of a place. Throws what keeps the place from answering. */
export async function imagesOf(
	place: Place,
	{ host, access }: CommandContext,
	signal: AbortSignal,
): Promise<readonly ImageAtHand[]> {
	if (place === 'recent') return recentImages(host);
	if (place === 'folder') {
		const { folderImages } = await import('../../../sources/at-hand/folder-images.ts');
		return folderImages(host.currentFolder, signal);
	}
	const { engineImages } = await import('../../../sources/at-hand/engine-images.ts');
	return engineImages(place, { host, access }, signal);
}

/** Asks all places at once, and shows what each answers as it comes. */
function askPlaces(sheet: Sheet, context: CommandContext): AbortController {
	const stop = new AbortController();
	for (const place of places)
		imagesOf(place, context, stop.signal)
			.catch(() => [])
			.then((images) => {
				if (!stop.signal.aborted) sheet.updateHome((state) => withPlace(state, place, images));
			});
	return stop;
}
