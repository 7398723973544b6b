import type { Rule } from '../gate/rule.ts';
import { rules } from '../gate/rules.ts';
import type { CommandName } from './commands.ts';

export interface FlagDefinition {
	/** As it is typed, without the dashes. */
	readonly name: string;
	readonly short?: string;
	/** What stands for the value in the help text; null for a flag that is there or not. */
	readonly value: string | null;
	/** Set on a switch that is on unless it is turned off, as with `--no-cache`. */
	readonly isOn?: true;
	readonly summary: string;
	/** The commands that take it. */
	readonly commands: readonly CommandName[];
}

const every: readonly CommandName[] = ['explore', 'ci', 'report', 'build', 'demo'];
/** The commands that read an image, and those that do not. */
const everywhere: readonly CommandName[] = [...every, 'cache', 'cache prune'];
const withImage: readonly CommandName[] = ['explore', 'ci', 'report'];

/** What stands for a limit in the help text. */
const placeholders: Readonly<Record<Rule['unit'], string>> = { ratio: 'RATIO', percent: 'N%', bytes: 'SIZE' };

/** Every flag, in the order of the help text. */
export const flags: readonly FlagDefinition[] = [
	{ name: 'format', value: 'FORMAT', summary: 'json (the default) or text', commands: ['report'] },
	{
		name: 'output',
		short: 'o',
		value: 'FILE',
		summary: 'write to this file instead of standard output',
		commands: ['report'],
	},
	...rules.map(ruleFlag),
	{ name: 'json', value: 'FILE', summary: 'also write the JSON report to this file', commands: every },
	{
		name: 'source',
		value: 'NAME',
		summary: 'look there alone: docker, registry, ...',
		commands: [...withImage, 'build'],
	},
	{ name: 'image', value: 'NAME', summary: 'which image, where there are several', commands: withImage },
	{
		name: 'platform',
		value: 'OS/ARCH',
		summary: 'which platform, where there are several',
		commands: withImage,
	},
	{
		name: 'base',
		value: 'N',
		summary: 'the lowest N layers are the base image',
		commands: every,
	},
	{
		name: 'verify',
		value: null,
		summary: 'check every layer against its diff ID',
		commands: every,
	},
	{
		name: 'username',
		value: 'NAME',
		summary: 'who you are for the registry',
		commands: withImage,
	},
	{
		name: 'password-stdin',
		value: null,
		summary: 'read the password from standard input',
		commands: withImage,
	},
	{
		name: 'insecure',
		value: null,
		summary: 'plain HTTP will do, and any certificate',
		commands: withImage,
	},
	{ name: 'namespace', value: 'NAME', summary: "containerd's namespace", commands: withImage },
	{
		name: 'cache',
		value: null,
		isOn: true,
		summary: 'read everything, and keep nothing of it',
		commands: every,
	},
	{
		name: 'older-than',
		value: 'AGE',
		summary: 'remove what was not used for so long: 30d, 12h',
		commands: ['cache prune'],
	},
	{
		name: 'max-size',
		value: 'SIZE',
		summary: 'and what was used longest ago, down to 1GB',
		commands: ['cache prune'],
	},
	{ name: 'all', value: null, summary: 'remove everything', commands: ['cache prune'] },
	{
		name: 'config',
		value: 'FILE',
		summary: 'read settings from it, not from fathom.yaml',
		commands: everywhere,
	},
	{ name: 'verbose', value: null, summary: 'show the cause of an error', commands: everywhere },
	{ name: 'version', value: null, summary: 'print the version', commands: everywhere },
	{ name: 'help', short: 'h', value: null, summary: 'print this text', commands: everywhere },
];

/** A flag as it is typed. */
export function flagLabel({ name, isOn }: FlagDefinition): string {
	return isOn ? `--no-${name}` : `--${name}`;
}

function ruleFlag(rule: Rule): FlagDefinition {
	return {
		name: rule.key,
		value: placeholders[rule.unit],
		summary: `${rule.summary} (default: ${formatDefault(rule)})`,
		commands: ['ci', 'build'],
	};
}

function formatDefault({ defaultLimit, unit }: Rule): string {
	if (defaultLimit === null) return 'off';
	return unit === 'percent' ? `${defaultLimit * 100}%` : String(defaultLimit);
}
