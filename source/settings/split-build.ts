import { flags } from './flags.ts';

/** A command line cut where another program's arguments begin. */
export interface SplitArguments {
	/** What is for fathom, with `build` at its end where that is the command. */
	readonly own: readonly string[];
	/** What stands behind `build`: all of it is for the program that builds. */
	readonly rest: readonly string[];
}

/** Cuts a command line behind `build`, if that is its first word that is no flag and no value of a flag. */
export function splitBuild(argv: readonly string[]): SplitArguments {
	const command = indexOfFirstWord(argv);
	if (argv[command] !== 'build') return { own: argv, rest: [] };
	return { own: argv.slice(0, command + 1), rest: argv.slice(command + 1) };
}

/** As many as there are when all of them are flags, or what follows `--`. */
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
	return flag !== undefined && flag.value !== null;
}

/** The first argument for the program that builds which is a flag of fathom's own, and so in the wrong place; null where there is none. */
export function misplacedFlag(rest: readonly string[]): string | null {
	const own = flags.filter(({ name, commands }) => commands.includes('build') && !sharedFlags.has(name));
	const names = new Set(own.map(({ name }) => `--${name}`));
	return rest.map((text) => text.replace(/=.*$/s, '')).find((text) => names.has(text)) ?? null;
}

/** What docker build and podman build take as well. */
const sharedFlags: ReadonlySet<string> = new Set(['help', 'no-cache', 'cache']);
