import { flags } from '../flags.ts';

/** A command line, split where the arguments of another program begin. */
export interface SplitArguments {
	/** The arguments for fathom. They end with `build` if that is the command. */
	readonly own: readonly string[];
	/** The arguments after `build`, which are for docker or podman. */
	readonly rest: readonly string[];
}

/** Splits a command line after `build`, if that is the first word that is neither a flag nor the value of a flag. */
export function splitBuild(argv: readonly string[]): SplitArguments {
	const command = indexOfFirstWord(argv);
	if (argv[command] !== 'build') return { own: argv, rest: [] };
	return { own: argv.slice(0, command + 1), rest: argv.slice(command + 1) };
}

/** The length of the command line if it has no such word. */
function indexOfFirstWord(argv: readonly string[]): number {
	let index = 0;
	while (index < argv.length && argv[index].startsWith('-') && argv[index] !== '-') {
		if (argv[index] === '--') return argv.length;
		index += takesNext(argv[index]) ? 2 : 1;
	}
	return index;
}

/** Whether the value of a flag is the next argument. */
function takesNext(text: string): boolean {
	const flag = flags.find(({ name, short }) => text === `--${name}` || text === `-${short}`);
	return flag !== undefined && flag.placeholder !== null;
}

/** The first argument after `build` that is a flag of fathom and should have come before it, or null. */
export function misplacedFlag(rest: readonly string[]): string | null {
	const own = flags.filter(({ name, commands }) => commands.includes('build') && !sharedFlags.has(name));
	const names = new Set(own.map(({ name }) => `--${name}`));
	return rest.map((text) => text.replace(/=.*$/s, '')).find((text) => names.has(text)) ?? null;
}

/** Flags that docker build and podman build have, too. */
const sharedFlags: ReadonlySet<string> = new Set(['help', 'no-cache', 'cache', 'file', 'target']);
