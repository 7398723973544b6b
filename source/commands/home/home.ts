import { type ImageAtHand, type Place, places } from '../../image/at-hand/image-at-hand.ts';
import { noImage } from '../../settings/command-line/references.ts';
import { engineImages } from '../../sources/at-hand/engine-images.ts';
import { folderImages } from '../../sources/at-hand/folder-images.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { ageText, placeNames } from '../../tui/model/home/home-lines.ts';
import { homeRows, newHome, withPlace } from '../../tui/model/home/home-state.ts';
import type { Sheet } from '../../tui/view/sheets/sheet.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { exploreFrom } from '../explorer/explore.ts';
import { Navigator } from '../explorer/navigator.ts';
import { isPlain } from '../explorer/open-surface.ts';
import { plansOf } from '../explorer/plans.ts';
import { rememberedChoices } from '../explorer/remembered-choices.ts';
import { listVisit } from '../explorer/visits/list-visit.ts';
import { withKeyboard } from '../explorer/with-keyboard.ts';
import { recentImages } from './recent-images.ts';

/** Shows the images at hand, and explores those that the user chooses. Throws `usage` where there is no terminal. */
export async function home(context: CommandContext): Promise<CommandResult> {
	if (isPlain(context)) return sayAtHand(context);
	const isShown = await withKeyboard(context, (keys) => showHome(keys, context));
	if (!isShown) throw noImage();
	return 0;
}

/** More images than anybody listens to. */
const MOST_SAID = 50;

/** Where nothing is drawn, the images at hand are lines of text. */
async function sayAtHand(context: CommandContext): Promise<CommandResult> {
	if (!context.stdout.isTTY) throw noImage();
	const { signal, output } = context;
	const found = await Promise.all(places.map((place) => imagesOf(place, context, signal).catch(() => [])));
	const nowSeconds = Date.now() / 1000;
	const state = places.reduce(
		(before, place, index) => withPlace(before, place, found[index]),
		newHome(places, nowSeconds),
	);
	const rows = homeRows(state);
	const lines = rows
		.slice(0, MOST_SAID)
		.map(({ reference, place, bytes, seconds }) =>
			[
				escapeForTerminal(reference),
				placeNames[place],
				...(bytes === null ? [] : [formatBytes(bytes)]),
				...(seconds === null ? [] : [ageText(nowSeconds - seconds)]),
			].join(', '),
		);
	const left = rows.length - lines.length;
	const more = left > 0 ? [`And ${formatCount(left)} more.`] : [];
	const next =
		rows.length === 0 ? 'No image is at hand. The sample image: fathom demo' : 'To open one: fathom IMAGE';
	await output.write(Buffer.from(`${[...lines, ...more, next].join('\n')}\n`));
	return 0;
}

async function showHome(keys: NodeJS.ReadStream, context: CommandContext): Promise<void> {
	const left = new AbortController();
	let asking: AbortController | null = null;
	const onShown = (sheet: Sheet): void => {
		// Who is asked again has nothing more to say here.
		asking?.abort();
		sheet.updateHome((state) => ({ ...state, asked: places, nowSeconds: Date.now() / 1000, message: null }));
		asking = askPlaces(sheet, context, left.signal);
	};
	const navigator = new Navigator(plansOf(context));
	const list = newHome(places, Date.now() / 1000, rememberedChoices(context.host, context.settings));
	const plan = listVisit({ list, host: context.host, onShown }, navigator.ways);
	try {
		await exploreFrom(plan, navigator, { keys, context });
	} finally {
		left.abort();
	}
}

/** Asks all places at once, and shows what each answers as it comes. */
function askPlaces(sheet: Sheet, context: CommandContext, left: AbortSignal): AbortController {
	const stop = new AbortController();
	const signal = AbortSignal.any([stop.signal, left]);
	for (const place of places)
		imagesOf(place, context, signal)
			.catch(() => [])
			.then((images) => {
				if (!signal.aborted) sheet.updateHome((state) => withPlace(state, place, images));
			});
	return stop;
}

async function imagesOf(
	place: Place,
	{ host, access }: CommandContext,
	signal: AbortSignal,
): Promise<readonly ImageAtHand[]> {
	if (place === 'recent') return recentImages(host);
	if (place === 'folder') return folderImages(host.currentFolder, signal);
	return engineImages(place, { host, access }, signal);
}
