import type { ImageFindings } from '../../analysis/findings/image-findings.ts';
import { FathomError } from '../../errors.ts';
import type { Baseline } from '../../gate/baseline/baseline.ts';
import type { BaselineChanges } from '../../gate/baseline/changes.ts';
import { judge, type Verdict } from '../../gate/judge.ts';
import type { Rule, RuleInput } from '../../gate/rule.ts';
import { contentsOfRules, limitsStoredBytes, needsOfRules, type RuleKey, rules } from '../../gate/rules.ts';
import { absentLayers, nameLayers } from '../../image/image.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { Settings } from '../../settings/settings.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import type { Warning } from '../../warning.ts';
import type { CommandContext } from '../command.ts';
import type { FoundBaseline } from '../related/find-baseline.ts';
import { countedFindings, judgedFindings } from './judged-findings.ts';

/** What the rules say of an image. */
export interface JudgedImage {
	readonly verdict: Verdict;
	/** The baseline that was named and what came of it; null where none was named. */
	readonly found: FoundBaseline | null;
	/** What changed since the baseline; null without one that can be used. */
	readonly changes: BaselineChanges | null;
	/** What could not be made out of the contents that rules need. */
	readonly contentWarnings: readonly Warning[];
	/** What is to be done about the image. */
	readonly findings: ImageFindings;
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
	const findings = await judgedFindings(session, settings, signal);
	const countedBy = countedFindings(findings, session, settings);
	const matches = await matchesFor(session, context);
	const input: RuleInput = { tree, figures, layers, answers, findings: null, baseline, matches: new Map() };
	const options = { limits: settings.limits, details: settings.ruleDetails, hasBaseline: found !== null };
	const inputOf = await inputsFor(input, settings, signal);
	const none = input.matches;
	const verdict = judge(
		(key) => ({ ...inputOf(key), findings: countedBy(key), matches: matches.get(key) ?? none }),
		options,
	);
	const contentWarnings = await session.details.warnings(contentsOfRules(settings.limits), { signal });
	const changes = baseline === null ? null : await changesOf(session, baseline, signal);
	return { verdict, found, changes, findings, contentWarnings };
}

/** What the patterns of rules match, by the key of the rule. Most runs have no such rule. */
async function matchesFor(
	session: ImageSession,
	context: CommandContext,
): Promise<ReadonlyMap<RuleKey, RuleInput['matches']>> {
	const { limits } = context.settings;
	const hasPatterns = rules.some(({ key, patterns }: Rule<RuleKey>) => patterns !== undefined && limits[key]);
	if (!hasPatterns) return new Map();
	const { matchesOfRules } = await import('./match-rules.ts');
	return matchesOfRules(session, context);
}

async function checked(
	opened: FoundBaseline,
	session: ImageSession,
	context: CommandContext,
): Promise<FoundBaseline> {
	const { checkFitness } = await import('../related/find-baseline.ts');
	return checkFitness(opened, session, context);
}

async function changesOf(
	{ image, recorded, tree }: ImageSession,
	baseline: Baseline,
	signal: AbortSignal,
): Promise<BaselineChanges> {
	const compared = { layers: image.description.layers, recorded: recorded.layers, tree };
	const { changesSince } = await import('../../gate/baseline/changes.ts');
	return runInSlices(changesSince(baseline, compared), signal);
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
	const { globMatcher } = await import('../../text/glob/path-globs.ts');
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
