import type { AcceptedFindings } from '../analysis/findings/image-findings.ts';
import type { AllRuleDetails, RuleLimits } from '../gate/rules.ts';
import type { KeySettings } from './explorer/key-settings.ts';
import { ruleSettings } from './rule-settings.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { settingTable } from './setting-table.ts';
import type { ValueType } from './value-types.ts';

/** What to do with an image. Flags override the environment, which overrides fathom.yaml, which overrides the defaults. */
export interface Settings extends SettingValues {
	/** The limit of each rule; null where the rule is off. */
	readonly limits: RuleLimits;
	/** What fathom.yaml says of rules beside their limits. */
	readonly ruleDetails: AllRuleDetails;
	/** The findings that the user lives with, as fathom.yaml says. */
	readonly accepted: readonly AcceptedFindings[];
	/** The line, from 1, on which fathom.yaml gives the base; null where it does not. */
	readonly baseLine: number | null;
	/** The keys of the explorer; null where fathom.yaml does not say. */
	readonly keys: KeySettings | null;
}

/** What one place gives: the flags, the environment or fathom.yaml. A setting that it does not give is left to the next place. */
export type PartialSettings = Partial<SettingValues> & {
	readonly limits: Partial<RuleLimits>;
	readonly ruleDetails?: AllRuleDetails;
	readonly accepted?: readonly AcceptedFindings[];
	readonly baseLine?: number;
	readonly keys?: KeySettings;
};

type SettingValues = {
	readonly [Row in (typeof settingTable)[number] as Row['key']]: ValueOf<Row>;
};

/** A setting without a default is null unless a user sets it. */
type ValueOf<Row extends SettingDefinition> =
	| (Row['type'] extends ValueType<infer Value> ? Value : never)
	| (Row['default'] extends null ? null : never);

/** Reads one setting from one place; undefined where the place does not give it. */
export type SettingReader = <Value>(setting: {
	readonly name: string;
	readonly type: ValueType<Value>;
}) => Value | undefined;

export const defaultSettings: Settings = {
	// A row gives values of its own type, but the type of a list of entries cannot say so, here and below.
	...(Object.fromEntries(settingTable.map((row) => [row.key, defaultOf(row)])) as SettingValues),
	limits: Object.fromEntries(ruleSettings.map((row) => [row.key, defaultOf(row)])) as RuleLimits,
	ruleDetails: {},
	accepted: [],
	baseLine: null,
	keys: null,
};

/** Reads every setting that one place gives. */
export function readSettings(readSetting: SettingReader, readLimit = readSetting): PartialSettings {
	return {
		...(readRows(settingTable, readSetting) as Partial<SettingValues>),
		limits: readRows(ruleSettings, readLimit) as Partial<RuleLimits>,
	};
}

/** The settings that result when each place overrides those after it. */
export function mergeSettings(strongestFirst: readonly PartialSettings[]): Settings {
	const weakestFirst = strongestFirst.toReversed();
	const merged: Settings = Object.assign({}, defaultSettings, ...weakestFirst);
	const limits: RuleLimits = Object.assign(
		{},
		defaultSettings.limits,
		...weakestFirst.map((each) => each.limits),
	);
	return { ...merged, limits };
}

function readRows(rows: readonly SettingDefinition[], read: SettingReader): object {
	const entries = rows.map((row) => [row.key, read(row)] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function defaultOf({ name, type, default: text }: SettingDefinition): unknown {
	if (text === null) return null;
	const parsed = type.parse(text);
	if (!parsed.ok) throw new TypeError(`The default of ${name} is not ${parsed.expected}: ${text}`);
	return parsed.value;
}
