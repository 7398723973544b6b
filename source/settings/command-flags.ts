import { allCommands, type CommandName, figureCommands, referenceCommands } from './commands.ts';
import { startFlags } from './explorer/start-flags.ts';

/** A flag that is not a setting: neither the environment nor fathom.yaml gives it. */
export interface CommandFlag {
	/** As it is typed, without the dashes. */
	readonly name: string;
	/** The one-letter form. */
	readonly short?: string;
	/** Represents the value in the help text; null for a switch, which takes no value. */
	readonly placeholder: string | null;
	/** One line, for the help text. */
	readonly summary: string;
	/** Markdown, for docs/settings.md. */
	readonly meaning: string;
	/** The commands that take it. */
	readonly commands: readonly CommandName[];
	readonly repeats?: Repetition;
}

/**
 * What it means when a flag is given more than once. `each-image`: the second value is for the second image of a command that takes two. `list`:
 * all values count; a line break separates them in `FlagTexts`. Without either, a flag can only be given once.
 */
export type Repetition = 'each-image' | 'list';

/** The help text shows these before the settings. */
export const outputFlags: readonly CommandFlag[] = [
	{
		name: 'format',
		placeholder: 'FORMAT',
		summary: 'json, text; for diff also markdown; for files text, ndjson',
		meaning:
			'the format: `json` (the default) or `text` for `fathom report`; `text` (the default), `json` or `markdown` for `fathom diff`; `text` (the default) or `ndjson` for [`fathom files`](files.md)',
		commands: ['report', 'diff', 'files'],
	},
	{
		name: 'output',
		short: 'o',
		placeholder: 'FILE',
		summary: 'write to this file instead of standard output',
		meaning: 'write to this file instead of standard output; the file appears complete or not at all',
		commands: ['report', 'diff', 'files', 'cat'],
	},
	{
		name: 'patch',
		placeholder: null,
		summary: 'print the unified diff of every changed file',
		meaning:
			'print the unified diff of [every changed file](diff.md#one-file), or of those below PATH, instead of the summary',
		commands: ['diff'],
	},
	{
		name: 'json',
		placeholder: 'FILE',
		summary: 'also write the JSON report to this file',
		meaning: 'also write the JSON report to this file',
		commands: figureCommands,
	},
	{
		name: 'full',
		placeholder: null,
		summary: 'list all differences, not only the greatest',
		meaning: 'list all paths, packages and findings that differ, not only the greatest differences',
		commands: ['diff'],
	},
	{
		name: 'only',
		placeholder: 'PARTS',
		summary: 'only these parts: files, packages, layers, ...',
		meaning:
			'report only these parts: `files`, `packages`, `layers`, `config` and `figures`, with commas between them or each with a flag of its own',
		commands: ['diff'],
		repeats: 'list',
	},
	{
		name: 'only',
		placeholder: 'PARTS',
		summary: 'only these parts, such as figures,packages',
		meaning:
			'report only these parts, with commas between them or each with a flag of its own: `figures`, `findings`, `changes`, `packages`, `copies`, `deleted`, `secrets` and `ledger`',
		commands: ['report'],
		repeats: 'list',
	},
	{
		name: 'ignore',
		placeholder: 'GLOB',
		summary: 'leave out paths such as "**/*.pyc" or /var/cache',
		meaning:
			'leave out [paths that match](diff.md#leave-paths-out), such as `**/*.pyc`, and what is in a folder that matches; can be given several times',
		commands: ['diff'],
		repeats: 'list',
	},
	{
		name: 'exit-code',
		placeholder: null,
		summary: 'exit with 1 if files, layers or config differ',
		meaning:
			'exit with 1 if files, diff IDs or config differ, or with `--reproducible` anything else of the builds',
		commands: ['diff'],
	},
	{
		name: 'strict',
		placeholder: null,
		summary: 'also compare times, order of entries, tar headers',
		meaning:
			'also compare modification times, the order of entries and raw tar headers; [docs/diff.md](diff.md#strict) says how',
		commands: ['diff'],
	},
	{
		name: 'reproducible',
		placeholder: null,
		summary: 'show the first difference of two equal builds',
		meaning:
			'check whether two builds are the same, and show the [first difference](diff.md#reproducible-builds) if they are not',
		commands: ['diff'],
	},
	{
		name: 'layer',
		placeholder: 'N',
		summary: 'as layer N left the files; 1 is the lowest layer',
		meaning: 'the files as layer N left them, where 1 is the lowest layer; by default as the last one did',
		commands: ['files', 'cat', 'extract'],
	},
	...startFlags,
	{
		name: 'changes',
		placeholder: null,
		summary: 'what each layer did, or the one that --layer names',
		meaning: 'list what each layer, or the one that `--layer` names, did to the files',
		commands: ['files'],
	},
	{
		name: 'filter',
		placeholder: 'FILTER',
		summary: 'only what matches, such as ">10MB kind:added"',
		meaning: 'list only what matches [a filter](files.md#filter), such as `>10MB kind:added`',
		commands: ['files'],
	},
	{
		name: 'sort',
		placeholder: 'ORDER',
		summary: 'by name, size, time or layer',
		meaning:
			'the order: by `name` (the default), by `size`, largest first, by `time`, newest first, or by `layer`',
		commands: ['files'],
	},
	{
		name: 'null',
		short: '0',
		placeholder: null,
		summary: 'print bare names, each with a NUL behind it',
		meaning: 'print paths alone, byte for byte, each with a NUL behind it, as for `xargs -0`',
		commands: ['files'],
	},
	{
		name: 'to',
		placeholder: 'DIR',
		summary: 'the folder to write to; made if it is not there',
		meaning:
			'the folder to write to, which is made with those above it if it is not there; nothing else is written',
		commands: ['extract'],
	},
	{
		name: 'owner',
		placeholder: null,
		summary: 'also give files their owners; needs root',
		meaning: 'give files the owners and groups that they have in the image, for which you have to be root',
		commands: ['extract'],
	},
	{
		name: 'force',
		placeholder: null,
		summary: 'replace files and symlinks that are there already',
		meaning: 'replace files and symlinks that are there already; directories are never replaced',
		commands: ['extract'],
	},
	{
		name: 'save-baseline',
		placeholder: 'FILE',
		summary: 'if all rules pass, save the report as a baseline',
		meaning:
			'if every rule passes, write the JSON report to this file, which can be the baseline of the next image; the file appears complete or not at all, and stays as it is if a rule fails',
		commands: ['ci', 'build'],
	},
];

/** The help text shows these after the settings, so that the password follows the username. */
export const finalFlags: readonly CommandFlag[] = [
	{
		name: 'password-stdin',
		placeholder: null,
		summary: 'read the registry password from standard input',
		meaning: 'read the password for the registry from the first line of standard input',
		commands: referenceCommands,
	},
	{
		name: 'older-than',
		placeholder: 'AGE',
		summary: 'remove entries unused for this long, such as 30d or 12h',
		meaning: 'remove entries unused for this long, instead of for `cache-age`',
		commands: ['cache prune'],
	},
	{
		name: 'max-size',
		placeholder: 'SIZE',
		summary: 'then shrink the cache to this size, such as 1GB',
		meaning:
			'then remove the least recently used entries until the cache is this small, instead of `cache-size`',
		commands: ['cache prune'],
	},
	{
		name: 'all',
		placeholder: null,
		summary: 'remove all entries',
		meaning: 'remove all entries',
		commands: ['cache prune'],
	},
	{
		name: 'config',
		placeholder: 'FILE',
		summary: 'read settings from this file, not fathom.yaml',
		meaning: 'read settings from this file instead of `fathom.yaml`',
		commands: allCommands,
	},
	{
		name: 'verbose',
		placeholder: null,
		summary: 'show details and the cause of errors',
		meaning: 'show the cause of errors, and which other hosts get credentials for the registry',
		commands: allCommands,
	},
	{
		name: 'version',
		placeholder: null,
		summary: 'print the version',
		meaning: 'print the version',
		commands: allCommands,
	},
	{
		name: 'help',
		short: 'h',
		placeholder: null,
		summary: 'print this help',
		meaning: 'print the help of fathom or of one command',
		commands: allCommands,
	},
];
