import { readConfigFile } from './config-file.ts';
import { configPathOf, type Environment, readEnvironment } from './environment.ts';
import type { FlagTexts } from './flags.ts';
import { readNamedValues } from './named-values.ts';
import { mergeSettings, type Settings } from './settings.ts';

export interface SettingsSources {
	readonly flags: FlagTexts;
	readonly environment: Environment;
	/** The folder that may hold fathom.yaml. */
	readonly folder: string;
}

/** Takes each setting from the flags, the environment, fathom.yaml or the defaults, whichever gives it first. Throws `usage` or `settings`. */
export async function resolveSettings({ flags, environment, folder }: SettingsSources): Promise<Settings> {
	const fromFlags = readNamedValues({ textOf: (name) => flags.get(name), label: (name) => `--${name}` });
	const fromEnvironment = readEnvironment(environment);
	const fromFile = await readConfigFile({ named: flags.get('config') ?? configPathOf(environment), folder });
	return mergeSettings([fromFlags, fromEnvironment, fromFile]);
}
