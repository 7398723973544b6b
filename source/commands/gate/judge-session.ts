import { FathomError } from '../../errors.ts';
import type { BaselineChanges } from '../../gate/baseline/changes.ts';
import { judge, type Verdict } from '../../gate/judge.ts';
import type { RuleInput } from '../../gate/rule.ts';
import { limitsStoredBytes, needsOfRules, rules } from '../../gate/rules.ts';
import { absentLayers, nameLayers } from '../../image/image.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { Settings } from '../../settings/settings.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { CommandContext } from '../command.ts';
import type { FoundBaseline } from '../related/find-baseline.ts';

/** What the rules say of an image. */
export interface JudgedImage {
	readonly verdict: Verdict;
	/** The baseline that was named and what came of it; null where none was named. */
	readonly found: FoundBaseline | null;
	/** What changed since the baseline; null without one that can be used. */
	readonly changes: BaselineChanges | null;
}

/**
 * Opens the baseline that the settings name; null where they name none. Throws `usage` where one is required and none is named, and what
 * `findBaseline` throws.
 */
export async function baselineFor(context: CommandContext): Promise<FoundBaseline | null> {
	const { baseline, requireBaseline } = context.settings;
	if (baseline === null) {
		if (!requireBaseline) return null;
		throw new FathomError({
			code: 'usage',
			message: '--require-baseline: no baseline was named.',
			hint: '--baseline OLD, where OLD is an image or a JSON report that was saved.',
		});
	}
	const { findBaseline } = await import('../related/find-baseline.ts');
	return findBaseline(baseline, context);
}

/** Judges an image by the rules. Throws `missing` where a layer is absent and the settings do not allow that. */
export async function judgeSession(
	session: ImageSession,
	context: CommandContext,
	opened: FoundBaseline | null,
): Promise<JudgedImage> {
	const { settings, signal } = context;
	requireAllLayers(session, settings);
	const found = opened === null ? null : await checked(opened, session, context);
	const { tree, figures } = session;
	const { layers } = session.image.description;
	const answers = await session.ask(needsOfRules());
	const baseline = found?.baseline ?? null;
	const input: RuleInput = { tree, figures, layers, answers, baseline };
	const options = { limits: settings.limits, details: settings.ruleDetails, hasBaseline: found !== null };
	const verdict = judge(await inputsFor(input, settings, signal), options);
	return { verdict, found, changes: baseline === null ? null : await changesOf(input, signal) };
}

async function checked(
	opened: FoundBaseline,
	session: ImageSession,
	context: CommandContext,
): Promise<FoundBaseline> {
	const { checkFitness } = await import('../related/find-baseline.ts');
	return checkFitness(opened, session, context);
}

async function changesOf(input: RuleInput, signal: AbortSignal): Promise<BaselineChanges | null> {
	if (input.baseline === null) return null;
	const { changesSince } = await import('../../gate/baseline/changes.ts');
	return runInSlices(changesSince(input.baseline, input), signal);
}

/** Most runs leave nothing out, and loading what does takes time. Throws `usage`. */
async function inputsFor(
	input: RuleInput,
	{ ignoreBase, limits, ruleDetails: details }: Settings,
	signal: AbortSignal,
): Promise<Parameters<typeof judge>[0]> {
	if (!ignoreBase && Object.values(details).every(({ ignore }) => ignore === undefined)) return () => input;
	rejectIgnoredStorage(limits, details);
	const { inputsOfRules } = await import('../../gate/baseline/rule-inputs.ts');
	const { globMatcher } = await import('../../text/path-globs.ts');
	const leavingOut = { details, ignoreBase, matcherOf: globMatcher };
	return runInSlices(inputsOfRules(input, leavingOut), signal);
}

/** fathom.yaml may give the globs, and a flag a limit that they do not go with. */
function rejectIgnoredStorage(limits: Settings['limits'], details: Settings['ruleDetails']): void {
	for (const rule of rules) {
		const { key } = rule;
		const limit = limits[key];
		if (details[key]?.ignore === undefined || limit === null || !limitsStoredBytes(rule, limit)) continue;
		throw new FathomError({
			code: 'usage',
			message: `${key}: its limit is on stored bytes, of which no path can be left out, and fathom.yaml has ignore for it.`,
			hint: 'Leave ignore out, or set a limit on unpacked or live bytes.',
		});
	}
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
