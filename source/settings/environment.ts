import { readNamedValues } from './named-values.ts';
import type { PartialSettings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings from variables such as FATHOM_BASE or FATHOM_LOWEST_EFFICIENCY. An empty variable counts as unset. */
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

/** The variable that gives the setting of this name. */
export function variableOf(name: string): string {
	return `FATHOM_${name.replaceAll('-', '_').toUpperCase()}`;
}
