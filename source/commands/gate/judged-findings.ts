import type { ImageFindings } from '../../analysis/findings/image-findings.ts';
import { knownFindings } from '../../analysis/findings/known-findings.ts';
import { needsContents } from '../../gate/findings/chosen-findings.ts';
import type { RuleInput } from '../../gate/rule.ts';
import type { RuleKey } from '../../gate/rules.ts';
import type { ImageSession } from '../../session/image-session.ts';
import type { Settings } from '../../settings/settings.ts';

/** The rules about findings, by their positions in what findings are ignored by. */
const findingRules = ['forbid-findings', 'new-findings'] as const satisfies readonly RuleKey[];

/** Whether rules name findings for which contents have to be read. */
export function readsContents({ limits }: Pick<Settings, 'limits'>): boolean {
	return findingRules.some((key) => needsContents(limits[key]));
}

/** What is to be done about the image that is judged. Contents are read only where a rule needs that. */
export function judgedFindings(
	{ details }: Pick<ImageSession, 'details'>,
	settings: Settings,
	signal: AbortSignal,
): Promise<ImageFindings> {
	const { accepted, ruleDetails } = settings;
	const ignored = findingRules.map((key) => ruleDetails[key]?.ignore ?? []);
	return details.findings({ withContents: readsContents(settings), accepted, ignored }, { signal });
}

/** The findings that each rule counts: neither those that are accepted, nor what it ignores, nor what the settings say of the base. */
export function countedFindings(
	found: ImageFindings,
	{ image, tree }: Pick<ImageSession, 'image' | 'tree'>,
	{ ignoreBase }: Pick<Settings, 'ignoreBase'>,
): (key: RuleKey) => RuleInput['findings'] {
	const { layers } = image.description;
	const counted = findingRules.map((key, position) => {
		const findings = found.findings.filter(
			({ acceptedBecause, ignoredBy, isOfBase }) =>
				acceptedBecause === null && !ignoredBy.includes(position) && !(ignoreBase && isOfBase),
		);
		return [key, knownFindings({ ...found, findings }, { tree, layers })] as const;
	});
	const byRule = new Map<RuleKey, RuleInput['findings']>(counted);
	return (key) => byRule.get(key) ?? null;
}
