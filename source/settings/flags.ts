import { type CommandFlag, finalFlags, outputFlags } from './command-flags.ts';
import type { CommandName } from './commands.ts';
import { ruleSettings } from './rule-settings.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { settingTable } from './setting-table.ts';

export interface FlagDefinition extends Omit<CommandFlag, 'meaning'> {
	/** Set on a switch that is on by default, which a user turns off as with `--no-cache`. */
	readonly isOn?: true;
}

/** The text of each flag that was given, by its name. */
export type FlagTexts = ReadonlyMap<string, string>;

/** Every flag, in the order of the help text. */
export const flags: readonly FlagDefinition[] = [
	...settingFlags(ruleSettings),
	...outputFlags,
	...settingFlags(settingTable),
	...finalFlags,
];

/** A flag as it is typed. */
export function flagLabel({ name, isOn }: FlagDefinition): string {
	return isOn ? `--no-${name}` : `--${name}`;
}

/** A flag as it is typed, with what represents its value. */
export function flagUsage(flag: FlagDefinition): string {
	return flag.placeholder === null ? flagLabel(flag) : `${flagLabel(flag)} ${flag.placeholder}`;
}

/** The flag of a setting; null if it has none. */
export function flagOf({ name, type, flag, default: text }: SettingDefinition): FlagDefinition | null {
	if (flag === null) return null;
	const { placeholder } = type;
	return { name, placeholder, ...flag, ...(placeholder === null && text === 'true' && { isOn: true }) };
}

/** Whether a flag of this name is that of a setting for a command: `--max-size` is one for `ci`, and for `cache prune` it is a flag of its own. */
export function isSettingFlag(name: string, command: CommandName): boolean {
	return [...ruleSettings, ...settingTable].some(
		(setting: SettingDefinition) => setting.name === name && setting.flag?.commands.includes(command),
	);
}

function settingFlags(settings: readonly SettingDefinition[]): readonly FlagDefinition[] {
	return settings.map(flagOf).filter((flag) => flag !== null);
}
