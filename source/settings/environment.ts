import { readNamedValues, type SettingName } from './named-values.ts';
import type { PartialSettings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings from variables such as FATHOM_BASE or FATHOM_LOWEST_EFFICIENCY; an empty one is as good as none. */
export function readEnvironment(environment: Environment): PartialSettings {
	return readNamedValues({
		textOf: (name) => environment[variableOf(name)] || undefined,
		label: variableOf,
	});
}

/** The configuration file that FATHOM_CONFIG names. */
export function configPathOf(environment: Environment): string | undefined {
	return environment.FATHOM_CONFIG || undefined;
}

function variableOf(name: SettingName): string {
	return `FATHOM_${name.replaceAll('-', '_').toUpperCase()}`;
}
