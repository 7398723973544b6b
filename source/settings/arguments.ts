import meow from 'meow';
import { FathomError } from '../errors.ts';
import { type CommandDefinition, type CommandName, commandNamed, commands } from './commands.ts';
import { type FlagDefinition, flagLabel, flags, flagUsage } from './flags.ts';
import { splitBuild } from './split-build.ts';
import { suggest } from './suggest.ts';

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
			/** The arguments after `build`, unchanged; empty for all other commands. */
			readonly rest: readonly string[];
			/** The text of each flag that was given, by its name; `true` or `false` for a switch. */
			readonly flags: FlagTexts;
	  };

export type FlagTexts = ReadonlyMap<string, string>;

/** Reads a command line. Throws `usage` for an unknown flag or a missing image, and suggests what was probably meant. */
export function parseArguments(
	argv: readonly string[],
	packageJson: Readonly<Record<string, unknown>>,
): Invocation {
	const { own, rest } = splitBuild(argv);
	// This is our own help: docker build --help prints that of docker.
	if (/^(?:--help|-h)$/.test(rest[0] ?? '')) return { kind: 'help', topic: 'build' };
	rejectSwitchValues(own);
	const { input, flags: raw } = readWithMeow(own, packageJson);
	const texts = readFlags(raw);
	const { command, positions } = readCommand(input);
	if (texts.get('help') === 'true') return { kind: 'help', topic: input.length > 0 ? command.name : null };
	if (texts.get('version') === 'true') return { kind: 'version' };
	rejectMisplacedFlags(texts, command);
	return {
		kind: 'run',
		command: command.name,
		reference: referenceOf(command, positions),
		rest,
		flags: texts,
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
			argv: [...argv],
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

/** meow would take any value but `true` for false, so that `--verify=1` would turn checking off without a word. */
function rejectSwitchValues(argv: readonly string[]): void {
	for (const word of argv) {
		const [, name, value] = /^--([a-z-]+)=(.*)$/s.exec(word) ?? [];
		const isSwitch = flags.some((flag) => flag.name === name && flag.placeholder === null);
		if (isSwitch && value !== 'true' && value !== 'false')
			throw usageError(`--${name} takes no value.`, `--${name}`);
	}
}

function meowFlag({ placeholder, short }: FlagDefinition) {
	return { type: placeholder === null ? 'boolean' : 'string', ...(short && { shortFlag: short }) } as const;
}

function readFlags(raw: Readonly<Record<string, unknown>>): FlagTexts {
	const texts = new Map<string, string>();
	for (const [key, value] of Object.entries(raw)) {
		if (value === undefined) continue;
		const name = kebabCase(key);
		const flag = flags.find((candidate) => candidate.name === name);
		const isSwitch = typeof value === 'boolean';
		if (flag === undefined || isSwitch !== (flag.placeholder === null)) throw unknownFlag(name, value);
		if (value === '') throw usageError(`--${name} needs a value: ${flagUsage(flag)}.`);
		texts.set(name, String(value));
	}
	return texts;
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
		const { name, commands: takers } = flag;
		if (!texts.has(name) || takers.includes(command.name)) continue;
		const usages = takers.map((taker) => commandNamed(taker).usage);
		throw usageError(`${flagLabel(flag)} cannot be used with ${command.usage}.`, usages.join(', '));
	}
}

function referenceOf(
	{ name, usage, takesImage }: CommandDefinition,
	positions: readonly string[],
): string | null {
	if (!takesImage) {
		if (positions.length > 0) {
			const meant = suggestCommand(`${name} ${positions[0]}`);
			throw usageError(
				`${usage} takes no image, got ${JSON.stringify(positions[0])}.`,
				meant === null || meant === name ? undefined : `fathom ${meant}`,
			);
		}
		return null;
	}
	if (positions.length === 1 && positions[0] !== '') return positions[0];
	if (positions.length === 0 || positions[0] === '') {
		throw usageError(
			name === 'explore' ? 'No image was named.' : `${usage}: no image was named.`,
			name === 'explore'
				? 'fathom IMAGE, fathom demo for the sample, or fathom --help.'
				: `${usage}, where IMAGE is a name such as nginx:1.27, a file, a folder or - for standard input.`,
		);
	}
	const suggestion = name === 'explore' ? suggestCommand(positions[0]) : null;
	throw usageError(
		`${usage} takes one image, got ${positions.length}: ${positions.map((each) => JSON.stringify(each)).join(', ')}.`,
		suggestion === null ? 'Put quotes around a path that contains spaces.' : `fathom ${suggestion}`,
	);
}

/** The command that a word was probably meant to be, as it is typed after `fathom`; null if it looks like a path or like no command. */
export function suggestCommand(word: string): string | null {
	if (/[./\\:]/.test(word)) return null;
	const typed = new Map(
		commands.filter(({ name }) => name !== 'explore').map(({ name }) => [`${name}`, `${name}`]),
	);
	for (const name of ['help', 'version']) typed.set(name, `--${name}`);
	const suggestion = suggest(word, typed.keys());
	return suggestion === null ? null : (typed.get(suggestion) ?? null);
}

function usageError(message: string, hint?: string): FathomError {
	return new FathomError({ code: 'usage', message, ...(hint !== undefined && { hint }) });
}

function camelCase(name: string): string {
	return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
