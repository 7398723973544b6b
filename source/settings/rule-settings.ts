import type { Limit } from '../gate/rule.ts';
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

/** A setting for each rule of the gate, in the order of the verdict. */
export const ruleSettings: readonly RuleSetting[] = rules.map(
	({ key, syntax, bound, defaultLimit, summary, isAboutChange }) => {
		const text = defaultLimit ?? 'off';
		const where = isAboutChange ? 'with a baseline, ' : '';
		return {
			name: key,
			key,
			type: ruleLimitTypes[syntax],
			default: text,
			flag: { summary: `${summary} (default: ${text})`, commands: ['ci', 'build'] },
			notInFile: null,
			docs: {
				meaning: `${where}\`fathom ci\` fails ${bound === 'lowest' ? 'below' : 'above'} this limit: ${summary}`,
			},
		};
	},
);
