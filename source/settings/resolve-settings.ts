import type { CommandName } from './commands.ts';
import { readConfigFile } from './config-file.ts';
import { configPathOf, type Environment, readEnvironment } from './environment.ts';
import { type FlagTexts, isSettingFlag } from './flags.ts';
import { readNamedValues } from './named-values.ts';
import { mergeSettings, type Settings } from './settings.ts';

export interface SettingsSources {
	readonly command: CommandName;
	readonly flags: FlagTexts;
	readonly environment: Environment;
	/** The folder that may hold fathom.yaml. */
	readonly folder: string;
}

/** Takes each setting from the flags, the environment, fathom.yaml or the defaults, whichever gives it first. Throws `usage` or `settings`. */
export async function resolveSettings({
	command,
	flags,
	environment,
	folder,
}: SettingsSources): Promise<Settings> {
	const fromFlags = readNamedValues({
		textOf: (name) => (isSettingFlag(name, command) ? flags.get(name) : undefined),
		label: (name) => `--${name}`,
	});
	const fromEnvironment = readEnvironment(environment);
	const fromFile = await readConfigFile({ named: flags.get('config') ?? configPathOf(environment), folder });
	return mergeSettings([fromFlags, fromEnvironment, fromFile]);
}
