import { places } from '../../image/at-hand/image-at-hand.ts';
import { noImage } from '../../settings/command-line/references.ts';
import { helpText } from '../../settings/help.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { ageText, placeNames } from '../../tui/model/home/home-lines.ts';
import { homeRows, newHome, withPlace } from '../../tui/model/home/home-state.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { exploreFrom } from '../explorer/explore.ts';
import { Navigator } from '../explorer/navigator.ts';
import { isPlain } from '../explorer/open-surface.ts';
import { plansOf } from '../explorer/plans.ts';
import { homeVisit, imagesOf } from '../explorer/visits/home-visit.ts';
import { withKeyboard } from '../explorer/with-keyboard.ts';

/** Shows the images at hand, and explores those that the user chooses. Throws `usage`, below the help, where there is no terminal. */
export async function home(context: CommandContext): Promise<CommandResult> {
	if (isPlain(context)) return sayAtHand(context);
	const isShown = await withKeyboard(context, (keys) => showHome(keys, context));
	if (!isShown) await refuseWithHelp(context);
	return 0;
}

/** Where nobody can choose an image, its name is missing: a script with an empty variable has to fail. */
async function refuseWithHelp({ output }: CommandContext): Promise<never> {
	await output.write(Buffer.from(helpText(null)));
	throw noImage();
}

/** More images than anybody listens to. */
const MOST_SAID = 50;

/** Where nothing is drawn, the images at hand are lines of text. */
async function sayAtHand(context: CommandContext): Promise<CommandResult> {
	if (!context.stdout.isTTY) await refuseWithHelp(context);
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
	const navigator = new Navigator(plansOf(context));
	await exploreFrom(homeVisit(context, navigator.ways), navigator, { keys, context });
}
