import type { Rule } from '../gate/rule.ts';
import { type RuleKey, rules } from '../gate/rules.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { limitTypes, type ValueType } from './value-types.ts';

/** The limit of a rule. In fathom.yaml it goes under `rules`, in `Settings` under `limits`. */
export interface RuleSetting extends SettingDefinition {
	readonly name: RuleKey;
	readonly key: RuleKey;
	readonly type: ValueType<number | null>;
}

/** A setting for each rule of the gate, in the order of the verdict. */
export const ruleSettings: readonly RuleSetting[] = rules.map((rule) => {
	const { key, unit, bound, summary } = rule;
	const text = formatDefault(rule);
	return {
		name: key,
		key,
		type: limitTypes[unit],
		default: text,
		flag: { summary: `${summary} (default: ${text})`, commands: ['ci', 'build'] },
		notInFile: null,
		docs: {
			meaning: `\`fathom ci\` fails ${bound === 'lowest' ? 'below' : 'above'} this limit: ${summary}`,
		},
	};
});

function formatDefault({ defaultLimit, unit }: Rule): string {
	if (defaultLimit === null) return 'off';
	// 0.07 * 100 is not exactly 7.
	return unit === 'percent' ? `${Number((defaultLimit * 100).toFixed(10))}%` : String(defaultLimit);
}
