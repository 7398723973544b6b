import type { CommandContext } from '../command.ts';
import { farewellLine } from './farewell.ts';
import { type LastImage, Navigator } from './navigator.ts';
import { isPlain, showUntilLeft, type Terminal } from './open-surface.ts';
import { contextOf, imagePlan, pickOfSettings, plansOf } from './plans.ts';
import { screenPreferencesOf } from './screen-preferences.ts';
import { wantedStartOf } from './start-place.ts';
import type { VisitPlan } from './visits/visit.ts';

/**
 * Shows the image that the command names in the terminal until the user leaves. Leaving while it is still being read stops the reading, and is
 * no error. Throws what opening the image throws, and `interrupted` for Ctrl-C before anything is shown, with the terminal as it was before.
 */
export async function explore(keys: NodeJS.ReadStream, context: CommandContext): Promise<void> {
	const start = wantedStartOf(context);
	const navigator = new Navigator(plansOf(context));
	const name = { reference: context.reference, pick: pickOfSettings(context) };
	const plan = imagePlan(context, { name, ways: navigator.ways, start });
	// Who has the image read aloud hears its verdict first, and not again.
	if (isPlain(context)) await showUntilLeft(plan, { keys, context });
	else await exploreFrom(plan, navigator, { keys, context });
}

/** The same from anything else that is shown first. */
export async function exploreFrom(
	plan: VisitPlan,
	navigator: Navigator,
	{ keys, context }: Terminal,
): Promise<void> {
	const { stdout, signal } = context;
	const { openScreen } = await import('../../tui/view/screen.tsx');
	const preferences = await screenPreferencesOf(context);
	const last = await navigator.run(plan, (options) => {
		const screen = openScreen({ ...options, stdin: keys, stdout, preferences });
		signal.addEventListener('abort', () => screen.close());
		return screen;
	});
	if (last !== null && !signal.aborted) await sayFarewell(last, context);
}

async function sayFarewell({ name, left }: LastImage, context: CommandContext): Promise<void> {
	const line = farewellLine(left, contextOf(context, name));
	await context.output.write(Buffer.from(`${line}\n`));
}
