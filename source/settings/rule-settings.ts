import type { Limit, LimitSyntax, Rule } from '../gate/rule.ts';
import { type RuleKey, rules } from '../gate/rules.ts';
import { ruleLimitTypes } from './rules/rule-limit-types.ts';
import type { SettingDefinition } from './setting-definition.ts';
import type { ValueType } from './value-types.ts';

/** The limit of a rule. In fathom.yaml it goes under `rules`, in `Settings` under `limits`. */
export interface RuleSetting extends SettingDefinition {
	readonly name: RuleKey;
	readonly key: RuleKey;
	readonly type: ValueType<Limit | null>;
}

/** Limits of several parts, each of which a flag may give. */
const listed: ReadonlySet<LimitSyntax> = new Set(['globs', 'budgets']);

/** A setting for each rule of the gate, in the order of the verdict. */
export const ruleSettings: readonly RuleSetting[] = rules.map(
	({ key, syntax, bound, defaultLimit, summary, isAboutChange, patterns }: Rule<RuleKey>) => {
		const text = defaultLimit ?? 'off';
		const where = isAboutChange ? 'with a baseline, ' : '';
		const failure =
			syntax === 'findings'
				? 'fails for [these findings](ci.md#rules-about-findings), by code and level, such as `risk,owner-changed`'
				: `fails ${bound === 'lowest' ? 'below' : 'above'} this limit: ${summary}`;
		return {
			name: key,
			key,
			type: ruleLimitTypes[syntax],
			default: text,
			flag: {
				summary: `${summary} (default: ${text})`,
				commands: ['ci', 'build'],
				...(listed.has(syntax) && { repeats: 'list' }),
			},
			notInFile: null,
			docs: { meaning: patterns?.meaning ?? `${where}\`fathom ci\` ${failure}` },
		};
	},
);
