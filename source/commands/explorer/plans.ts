import { labelOf } from '../../image/at-hand/image-at-hand.ts';
import { parsePlatform } from '../../image/platform.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { ImageSheet } from '../../tui/view/sheets/sheet.ts';
import type { CommandContext } from '../command.ts';
import { rememberImage } from '../home/recent-images.ts';
import { imageChoiceOf, sessionOptionsOf } from '../session-options.ts';
import { finishOpening } from '../with-session.ts';
import { detailsChoiceOf } from './details-choice.ts';
import type { Plans } from './navigator.ts';
import { isPlain } from './open-surface.ts';
import type { WantedStart } from './start-place.ts';
import { homeVisit } from './visits/home-visit.ts';
import { imageVisit } from './visits/image-visit.ts';
import { listVisit } from './visits/list-visit.ts';
import { pairVisit } from './visits/pair-visit.ts';
import type { VisitedName, VisitPlan, Ways } from './visits/visit.ts';

/** How the images are shown that the user goes to, with the settings of the command. */
export function plansOf(context: CommandContext): Plans {
	return {
		image: (name, ways, start) => imagePlan(contextOf(context, name), { name, ways, start }),
		pair: (older, newer) => {
			const named = contextOf(context, older);
			const newImage = { reference: newer.reference, settings: settingsFor(context, newer) };
			const pair = { ...named, command: 'diff', newImage, base: null, dockerfile: null } as const;
			return pairVisit({ context: pair, labels: [labelOf(older), labelOf(newer)], shownFirst: {} });
		},
		list: (list, ways) =>
			listVisit({ list, host: context.host, onShown: () => {}, onClosed: () => {} }, ways),
		home: (ways, marked) => homeVisit(context, ways, marked),
	};
}

interface ImageToShow {
	readonly name: VisitedName;
	readonly ways: Ways;
	readonly start: WantedStart | null;
}

/** Shows the image that the context names. */
export function imagePlan(
	context: CommandContext,
	{ name, ways, start }: ImageToShow,
): VisitPlan<ImageSheet> {
	const { settings, host, flags, command, reference } = context;
	const isRemembered = command === 'explore' && reference !== '-' && settings.cache;
	const onComplete = async (session: ImageSession): Promise<void> => {
		await finishOpening(session, context);
		if (isRemembered) rememberImage(name, host, Date.now() / 1000);
	};
	const plan = {
		name,
		choice: imageChoiceOf(context),
		options: sessionOptionsOf(context),
		details: detailsChoiceOf(settings),
		start,
		// A report of a part would pass for one of the whole, and so would what is read aloud.
		isForgiving: !flags.has('json') && !isPlain(context),
		host,
		onComplete,
	};
	return imageVisit(plan, ways);
}

/** The context for an image that the user chose on the screen. */
export function contextOf(context: CommandContext, name: VisitedName): CommandContext {
	const { reference, pick } = name;
	const settings = settingsFor(context, name);
	if (pick === undefined) return { ...context, reference, settings, earlyWorker: null };
	// What is written besides is of the image that the command names.
	const flags = new Map([...context.flags].filter(([flag]) => flag !== 'json'));
	for (const [flag, text] of [
		['image', pick.imageName],
		['platform', pick.platform],
	] as const)
		if (text === null) flags.delete(flag);
		else flags.set(flag, text);
	return { ...context, reference, settings, flags, earlyWorker: null };
}

function settingsFor({ settings }: CommandContext, { pick }: VisitedName): CommandContext['settings'] {
	if (pick === undefined) return settings;
	const { imageName, platform } = pick;
	return { ...settings, imageName, platform: platform === null ? null : parsePlatform(platform) };
}

/** How the image is picked that the command names; undefined where it leaves that open. */
export function pickOfSettings({ flags }: Pick<CommandContext, 'flags'>): VisitedName['pick'] {
	const [imageName = null, platform = null] = [flags.get('image'), flags.get('platform')];
	return imageName === null && platform === null ? undefined : { imageName, platform };
}
