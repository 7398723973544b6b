import type { FlagTexts } from './arguments.ts';
import { readConfigFile } from './config-file.ts';
import { configPathOf, type Environment, readEnvironment } from './environment.ts';
import { readNamedValues } from './named-values.ts';
import { mergeSettings, type Settings } from './settings.ts';

export interface SettingsSources {
	readonly flags: FlagTexts;
	readonly environment: Environment;
	/** Where fathom.yaml is looked for. */
	readonly folder: string;
}

/** One answer from flags, environment, fathom.yaml and defaults, the first of them that says something. Throws `usage` or `settings`. */
export async function resolveSettings({ flags, environment, folder }: SettingsSources): Promise<Settings> {
	const fromFlags = readNamedValues({ textOf: (name) => flags.get(name), label: (name) => `--${name}` });
	const fromEnvironment = readEnvironment(environment);
	const fromFile = await readConfigFile({ named: flags.get('config') ?? configPathOf(environment), folder });
	return mergeSettings([fromFlags, fromEnvironment, fromFile]);
}
