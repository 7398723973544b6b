import meow from 'meow';
import type { FathomError } from '../../errors.ts';
import { type CommandDefinition, type CommandName, commandNamed, commands } from '../commands.ts';
import { type FlagDefinition, type FlagTexts, flagLabel, flags, flagUsage } from '../flags.ts';
import { referencesOf } from './references.ts';
import { splitBuild } from './split-build.ts';
import { suggest } from './suggest.ts';
import { usageError } from './usage-error.ts';

/** What a command line asks for. */
export type Invocation =
	| { readonly kind: 'version' }
	/** The topic is null for `fathom --help`. */
	| { readonly kind: 'help'; readonly topic: CommandName | null }
	| {
			readonly kind: 'run';
			readonly command: CommandName;
			/** The image as it was typed; null for a command that takes none. */
			readonly reference: string | null;
			/** The second image; null for a command that takes fewer. */
			readonly newReference: string | null;
			/** Paths in the images; for a command that takes no image, the codes. */
			readonly paths: readonly string[];
			/** What is given for the second image alone. */
			readonly newFlags: FlagTexts;
			/** The arguments after `build`, unchanged; empty for all other commands. */
			readonly rest: readonly string[];
			/** The text of each flag that was given, by its name; `true` or `false` for a switch. Of a list, a line break separates the values. */
			readonly flags: FlagTexts;
	  };

/** Reads a command line. Throws `usage` for an unknown flag or a missing image, and suggests what was probably meant. */
export function parseArguments(
	argv: readonly string[],
	packageJson: Readonly<Record<string, unknown>>,
): Invocation {
	const { own, rest } = splitBuild(argv);
	// This is our own help: docker build --help prints that of docker.
	if (/^(?:--help|-h)$/.test(rest[0] ?? '')) return { kind: 'help', topic: 'build' };
	rejectSwitchValues(own);
	rejectMissingValues(own);
	const { input, flags: raw } = readWithMeow(own, packageJson);
	const given = readFlags(raw);
	const texts = mapValues(given, (values) => values[0]);
	const { command, positions } = readCommand(input);
	if (texts.get('help') === 'true') return { kind: 'help', topic: input.length > 0 ? command.name : null };
	if (texts.get('version') === 'true') return { kind: 'version' };
	rejectMisplacedFlags(texts, command);
	const newFlags = flagsOfSecondImage(given, command);
	return {
		kind: 'run',
		command: command.name,
		...referencesOf(command, positions, newFlags),
		rest,
		flags: texts,
		newFlags,
	};
}

/** The command with the most words among those that the input begins with; otherwise the input names an image to explore. */
function readCommand(input: readonly string[]): {
	readonly command: CommandDefinition;
	readonly positions: readonly string[];
} {
	const [named] = commands
		.map((command) => ({ command, words: command.name.split(' ') }))
		.filter(({ words }) => words.every((word, index) => word === input[index]))
		.sort((left, right) => right.words.length - left.words.length);
	return named === undefined
		? { command: commandNamed('explore'), positions: input }
		: { command: named.command, positions: input.slice(named.words.length) };
}

/**
 * meow would end the process on an unknown flag and print a help text of its own, so we do both instead. It gets the flags of all
 * commands, because a flag may precede the command.
 */
function readWithMeow(argv: readonly string[], pkg: Readonly<Record<string, unknown>>) {
	try {
		return meow({
			importMeta: import.meta,
			pkg,
			argv: withDashesAsValues(argv),
			autoHelp: false,
			autoVersion: false,
			booleanDefault: undefined,
			flags: Object.fromEntries(flags.map((flag) => [camelCase(flag.name), meowFlag(flag)])),
		});
	} catch (cause) {
		const [, name] = /The flag --(\w+) can only be set once/.exec(String(cause)) ?? [];
		if (name === undefined) throw cause;
		throw usageError(`--${kebabCase(name)} can only be given once.`);
	}
}

/** meow would take the `-` of `--output -`, which is for standard input or output, for an image. */
function withDashesAsValues(argv: readonly string[]): string[] {
	const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
	const isValue = (index: number) =>
		argv[index] === '-' &&
		index < end &&
		flags.some(({ name, placeholder }) => placeholder !== null && argv[index - 1] === `--${name}`);
	return argv.flatMap((word, index) => {
		if (isValue(index)) return [];
		return isValue(index + 1) ? [`${word}=-`] : [word];
	});
}

/** meow would take any value but `true` for false, so that `--verify=1` would turn checking off without a word. */
function rejectSwitchValues(argv: readonly string[]): void {
	for (const word of argv) {
		const [, name, value] = /^--([a-z-]+)=(.*)$/s.exec(word) ?? [];
		const isSwitch = flags.some((flag) => flag.name === name && flag.placeholder === null);
		if (isSwitch && value !== 'true' && value !== 'false')
			throw usageError(`--${name} takes no value.`, `--${name}`);
	}
}

/** meow would leave out a list whose value is missing, so that `--only $UNSET` would report everything. */
function rejectMissingValues(argv: readonly string[]): void {
	const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
	for (let index = 0; index < end; index++) {
		const [, dashes, name, value] = /^(--?)([a-z-]+)(=.*)?$/s.exec(argv[index]) ?? [];
		const flag = flags.find((each) => (dashes === '--' ? each.name : each.short) === name);
		if (flag === undefined || flag.placeholder === null || dashes === undefined) continue;
		const next = index + 1 < end ? argv[index + 1] : undefined;
		const isMissing = value === undefined ? next === undefined || /^-./.test(next) : value === '=';
		if (isMissing) throw usageError(`--${flag.name} needs a value: ${flagUsage(flag)}.`);
	}
}

function meowFlag({ placeholder, short, repeats }: FlagDefinition) {
	const type = placeholder === null ? 'boolean' : 'string';
	return { type, ...(short && { shortFlag: short }), ...(repeats && { isMultiple: true }) } as const;
}

/** The values of each flag that was given, by its name; those of a list as one. */
function readFlags(raw: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly string[]> {
	const texts = new Map<string, readonly string[]>();
	for (const [key, value] of Object.entries(raw)) {
		const values = Array.isArray(value) ? value : [value];
		if (value === undefined || values.length === 0) continue;
		const name = kebabCase(key);
		const flag = flags.find((candidate) => candidate.name === name);
		const isSwitch = typeof value === 'boolean';
		if (flag === undefined || isSwitch !== (flag.placeholder === null)) throw unknownFlag(name, value);
		if (values.includes('')) throw usageError(`--${name} needs a value: ${flagUsage(flag)}.`);
		texts.set(name, flag.repeats === 'list' ? [values.join('\n')] : values.map(String));
	}
	return texts;
}

/** The second values of flags that are given for each image. */
function flagsOfSecondImage(
	given: ReadonlyMap<string, readonly string[]>,
	{ imageCount }: CommandDefinition,
): FlagTexts {
	const second = new Map<string, string>();
	for (const [name, values] of given) {
		if (values.length === 1) continue;
		if (imageCount < 2) throw usageError(`--${name} can only be given once.`);
		if (values.length > 2)
			throw usageError(`--${name} can be given twice at most: once for OLD and once for NEW.`);
		second.set(name, values[1]);
	}
	return second;
}

function unknownFlag(name: string, value: unknown): FathomError {
	if (name === 'password') {
		return usageError(
			'--password: a password on the command line is visible to every user of this machine.',
			'Use --password-stdin, or set FATHOM_PASSWORD.',
		);
	}
	const dashes = name.length === 1 ? '-' : value === false ? '--no-' : '--';
	const suggestion = suggest(
		name,
		flags.map((flag) => flag.name),
	);
	return usageError(
		`${dashes}${name}: no such flag.`,
		suggestion === null ? 'fathom --help for a list of flags.' : `--${suggestion}`,
	);
}

function rejectMisplacedFlags(texts: FlagTexts, command: CommandDefinition): void {
	for (const flag of flags) {
		const { name } = flag;
		// A flag may have a meaning for each of several commands.
		const takers = flags.filter((other) => other.name === name).flatMap((other) => other.commands);
		if (!texts.has(name) || takers.includes(command.name)) continue;
		const usages = takers.map((taker) => commandNamed(taker).usage);
		throw usageError(`${flagLabel(flag)} cannot be used with ${command.usage}.`, usages.join(', '));
	}
}

function mapValues<Value, Result>(
	map: ReadonlyMap<string, Value>,
	toResult: (value: Value) => Result,
): ReadonlyMap<string, Result> {
	return new Map(Array.from(map, ([name, value]) => [name, toResult(value)]));
}

function camelCase(name: string): string {
	return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
