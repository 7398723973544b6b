import { FathomError } from '../errors.ts';
import { judge, type Verdict } from '../gate/judge.ts';
import { needsOfRules } from '../gate/rules.ts';
import { absentLayers, nameLayers } from '../image/image.ts';
import type { ImageSession } from '../session/image-session.ts';
import type { Settings } from '../settings/settings.ts';

/** Judges an image by the rules. Throws `missing` where a layer is absent and the settings do not allow that. */
export async function judgeSession(session: ImageSession, settings: Settings): Promise<Verdict> {
	requireAllLayers(session, settings);
	const { tree, figures } = session;
	return judge({ tree, figures, answers: await session.ask(needsOfRules()) }, settings.limits);
}

/** Figures that are without a layer may not decide. Throws `missing`. */
function requireAllLayers({ image }: ImageSession, { allowMissingLayers }: Settings): void {
	const absent = absentLayers(image.description);
	if (absent.length === 0 || allowMissingLayers) return;
	const [is, are] = absent.length === 1 ? ['is', 'it'] : ['are', 'them'];
	throw new FathomError({
		code: 'missing',
		message: `${image.reference}: ${nameLayers(absent)} ${is} kept elsewhere by design and ${is} not here, so the image cannot be checked.`,
		hint: `--allow-missing-layers checks the image without ${are}.`,
	});
}
