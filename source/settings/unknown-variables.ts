import { shorten } from '../text/shorten.ts';
import { suggest } from './command-line/suggest.ts';
import { type Environment, variableOf } from './environment.ts';
import { ruleSettings } from './rule-settings.ts';
import { settingTable } from './setting-table.ts';

const PREFIX = variableOf('');
/** Read beside the settings. */
const otherNames = ['cache-dir', 'config', 'password'];
/** What developers of fathom set for its tests and benchmarks. */
const developers = /^FATHOM_(?:TEST|BENCH)_/;

/** A sentence for each variable that is set, looks like one of fathom and is none: a typing mistake leaves a setting as it was. */
export function unknownVariables(environment: Environment): readonly string[] {
	const names = [...[...settingTable, ...ruleSettings].map(({ name }) => name), ...otherNames];
	const known = new Set(names.map(variableOf));
	return Object.keys(environment)
		.filter((variable) => variable.startsWith(PREFIX) && environment[variable])
		.filter((variable) => !known.has(variable) && !developers.test(variable))
		.sort()
		.map((variable) => describe(variable, names));
}

function describe(variable: string, names: readonly string[]): string {
	const typed = variable.slice(PREFIX.length).replaceAll('_', '-');
	const meant = suggest(typed, names);
	const hint = meant === null ? '' : ` Did you mean ${variableOf(meant)}?`;
	return `The variable ${shorten(variable)} is no setting and is ignored.${hint}`;
}
