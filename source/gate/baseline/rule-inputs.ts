import type { Figures } from '../../analysis/figures.ts';
import type { Steps } from '../../steps.ts';
import type { RuleInput } from '../rule.ts';
import { type AllRuleDetails, type RuleKey, rules } from '../rules.ts';
import type { Baseline, BaselineFigures } from './baseline.ts';
import { type LeftOut, leftOutOf, nothingLeftOut } from './left-out.ts';

export interface LeavingOut {
	readonly details: AllRuleDetails;
	/** Whether rules leave out what the base itself wastes. */
	readonly ignoreBase: boolean;
	/** Makes globs into what tells whether one of them matches a path. */
	readonly matcherOf: (globs: readonly string[]) => (path: string) => boolean;
}

/** What each rule judges: the image and its baseline, less the paths that the rule ignores and, if the user wants that, the waste of the base. */
export function* inputsOfRules(
	input: RuleInput,
	{ details, ignoreBase, matcherOf }: LeavingOut,
): Steps<(key: RuleKey) => RuleInput> {
	const whole = lessOf(input, { own: nothingLeftOut, before: nothingLeftOut, ignoreBase });
	const inputs = new Map<RuleKey, RuleInput>();
	for (const { key } of rules) {
		const { ignore = [] } = details[key] ?? {};
		if (ignore.length === 0) continue;
		const matches = matcherOf(ignore);
		const own = yield* leftOutOf(input.tree, input.figures.base.layerCount, matches);
		const { baseline } = input;
		const before =
			baseline === null ? nothingLeftOut : yield* leftOutOf(baseline.tree, baseline.base.layerCount, matches);
		inputs.set(key, lessOf(input, { own, before, ignoreBase }));
	}
	return (key) => inputs.get(key) ?? whole;
}

interface Less {
	readonly own: LeftOut;
	/** Of the baseline. */
	readonly before: LeftOut;
	readonly ignoreBase: boolean;
}

function lessOf(input: RuleInput, { own, before, ignoreBase }: Less): RuleInput {
	const { figures, baseline } = input;
	return {
		...input,
		figures: figuresWithout(figures, own, ignoreBase),
		baseline: baseline === null ? null : baselineWithout(baseline, before, ignoreBase),
	};
}

function figuresWithout(figures: Figures, leftOut: LeftOut, ignoreBase: boolean): Figures {
	const liveBytes = figures.liveBytes - leftOut.liveBytes;
	const added = {
		wastedBytes: figures.addedLayers.wastedBytes - leftOut.addedWastedBytes,
		layerBytes: figures.addedLayers.layerBytes - leftOut.addedLayerBytes,
	};
	const wastedBytes = ignoreBase ? added.wastedBytes : figures.wastedBytes - leftOut.wastedBytes;
	const totalBytes = liveBytes + wastedBytes;
	return {
		...figures,
		unpackedBytes: figures.unpackedBytes - leftOut.liveBytes - leftOut.wastedBytes,
		liveBytes,
		wastedBytes,
		totalBytes,
		efficiency: totalBytes === 0 ? 1 : liveBytes / totalBytes,
		addedLayers: { ...added, wastedRatio: ratioOf(added) },
	};
}

function ratioOf({ wastedBytes, layerBytes }: Omit<Figures['addedLayers'], 'wastedRatio'>): number {
	return layerBytes === 0 ? Number(wastedBytes > 0) : wastedBytes / layerBytes;
}

function baselineWithout(baseline: Baseline, leftOut: LeftOut, ignoreBase: boolean): Baseline {
	const { figures } = baseline;
	const less: BaselineFigures = {
		...figures,
		unpackedBytes: figures.unpackedBytes - leftOut.liveBytes - leftOut.wastedBytes,
		liveBytes: figures.liveBytes - leftOut.liveBytes,
		wastedBytes: ignoreBase
			? figures.addedWastedBytes - leftOut.addedWastedBytes
			: figures.wastedBytes - leftOut.wastedBytes,
	};
	return { ...baseline, figures: less };
}
