import { tmpdir } from 'node:os';
import { spawn } from '@lydell/node-pty';
import { programPath } from '../support/built-program.ts';

interface TerminalOptions {
	readonly columns?: number;
	/** The current folder of the program; by default one without a fathom.yaml. */
	readonly folder?: string;
	readonly environment?: Readonly<Record<string, string>>;
}

/** What says how far reading is, and is taken away: a slow machine shows it, a fast one does not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the line is erased with an escape sequence.
const progress = /\r[^\r\n]*\u001B\[K/g;

/** Runs the program to its end with a terminal for its standard streams. */
export async function runInTerminal(
	args: readonly string[],
	{ columns = 80, folder = tmpdir(), environment = {} }: TerminalOptions = {},
): Promise<{ readonly status: number; readonly output: string }> {
	const terminal = spawn(process.execPath, [programPath, ...args], {
		cols: columns,
		rows: 40,
		cwd: folder,
		env: { PATH: process.env.PATH, TERM: 'xterm-256color', FATHOM_CACHE: 'off', ...environment },
	});
	let output = '';
	terminal.onData((data) => {
		output += data;
	});
	const status = await new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
	return { status, output: output.replaceAll(progress, '') };
}
