import { matchPatterns } from '../../gate/patterns/match-patterns.ts';
import { matchSecrets } from '../../gate/patterns/match-secrets.ts';
import { isPatternLimit, type Rule, type RuleInput } from '../../gate/rule.ts';
import { contentsOfRules, type RuleKey, rules } from '../../gate/rules.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { globMatcher } from '../../text/glob/path-globs.ts';
import type { CommandContext } from '../command.ts';

/** What the patterns of each rule match in an image, by the key of the rule. Reads the contents that they need. Throws `FathomError`. */
export async function matchesOfRules(
	session: ImageSession,
	context: CommandContext,
): Promise<ReadonlyMap<RuleKey, RuleInput['matches']>> {
	const { signal, settings } = context;
	const { limits, ruleDetails } = settings;
	const { tree, details } = session;
	const packages = contentsOfRules(limits).includes('packages') ? await details.packages({ signal }) : null;
	const image = { tree, packages, matcherOf: globMatcher };
	const found = new Map<RuleKey, RuleInput['matches']>();
	for (const { key, syntax } of rules as readonly Rule<RuleKey>[]) {
		const limit = limits[key];
		if (limit === null || !isPatternLimit(limit)) continue;
		const ignore = ruleDetails[key]?.ignore ?? [];
		if (syntax === 'absence') {
			const isIgnored = ignore.length === 0 ? null : globMatcher(ignore);
			const secrets = await details.secrets({ signal });
			found.set(key, await runInSlices(matchSecrets(tree, secrets, isIgnored), signal));
			continue;
		}
		const choice = {
			patterns: limit.patterns.map(({ pattern }) => pattern),
			ignore,
			examples: syntax === 'budgets' ? 'greatest' : 'first',
		} as const;
		found.set(key, await runInSlices(matchPatterns(image, choice), signal));
	}
	return found;
}
