import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import type { Size } from '../../../source/tui/model/layout.ts';
import { programPath } from '../../support/built-program.ts';
import { columnsOf, type StyledLine, styledScreen } from './styled-screen.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** How long to wait for a screen that does not come. */
const PATIENCE_MILLISECONDS = 60_000;

/** The program in a terminal of its own. */
export interface TerminalSession {
	/** Everything that the program sent. */
	output(): string;
	/** The screen as a user sees it, without spaces at the ends of lines. */
	screen(): readonly string[];
	/** The same with its colours. */
	styledScreen(): readonly StyledLine[];
	/** The columns, line by line, that show one of these characters. */
	columnsOf(characters: string): readonly number[][];
	/** Whether the alternate screen is shown. */
	isAlternate(): boolean;
	isCursorHidden(): boolean;
	/** Whether the terminal marks what is pasted. */
	marksPastes(): boolean;
	/** Whether the terminal reports what the mouse does. */
	reportsMouse(): boolean;
	press(keys: string): void;
	/** What another program writes on the terminal. */
	disturb(text: string): void;
	resize(size: Size): void;
	/** Waits until a whole frame has what the test looks for. */
	until(found: (screen: readonly string[]) => boolean): Promise<void>;
	/** Waits until some line has this text, whether the frame around it is whole or not. */
	untilShown(text: string): Promise<void>;
	/** Waits for the end of the program, and gives its exit code. */
	exit(): Promise<number>;
	signal(name: NodeJS.Signals): void;
}

export interface TerminalOptions {
	readonly size: Size;
	readonly arguments: readonly string[];
	/** The file that Node runs; by default the built program. */
	readonly program?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** What the terminal answers by itself as soon as the program asks this question, piece by piece. */
	readonly answers?: { readonly question: string; readonly answer: readonly string[] };
	/** Whether the terminal draws each character of an emoji as a sign of its own, as older ones do. */
	readonly takesEmojiApart?: boolean;
	/** A file that standard input comes from; else it is the terminal. */
	readonly standardInput?: string;
}

/** Runs fathom in a pseudo-terminal whose screen is kept by a terminal emulator. */
export function startInTerminal(t: TestContext, options: TerminalOptions): TerminalSession {
	const { program = programPath, standardInput, environment } = options;
	const words = [process.execPath, program, ...options.arguments];
	return start(t, ['-c', shellCommand(options), 'sh', ...words], {
		size: options.size,
		answers: options.answers,
		takesEmojiApart: options.takesEmojiApart,
		environment: { STREAMED_FROM: standardInput, ...environment },
	});
}

/**
 * Starts an interactive shell with job control. What is typed runs in it; `"$NODE" "$FATHOM"` is the built program. Its prompt is `$`.
 */
export function startShell(t: TestContext, size: Size): TerminalSession {
	return start(t, ['-i'], {
		size,
		environment: { PS1: '$ ', NODE: process.execPath, FATHOM: programPath },
	});
}

/** How a terminal that marks pastes sends one (xterm, "Bracketed Paste Mode"). */
export function markedPaste(text: string): string {
	return `\u001B[200~${text}\u001B[201~`;
}

interface ShellOptions {
	readonly size: Size;
	readonly answers?: TerminalOptions['answers'];
	readonly takesEmojiApart?: boolean | undefined;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How many terminals there have been. */
let terminals = 0;

/** Runs a shell in a pseudo-terminal. */
function start(
	t: TestContext,
	words: readonly string[],
	{ size: { columns, rows }, environment, answers, takesEmojiApart = false }: ShellOptions,
): TerminalSession {
	const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
	if (!takesEmojiApart) terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
	const child = spawn('sh', [...words], {
		cwd: repository,
		cols: columns,
		rows,
		// No other variables: with `CI`, for one, nobody is taken to watch.
		env: {
			PATH: process.env.PATH,
			TMPDIR: tmpdir(),
			TERM: 'xterm-256color',
			FATHOM_CACHE: 'off',
			// Nobody's, so that no test reads or writes what another one, or the user, has chosen.
			XDG_STATE_HOME: join(tmpdir(), `fathom-test-nowhere-${process.pid}-${++terminals}`),
			...environment,
		},
	});
	const sent: string[] = [];
	const output = () => sent.join('');
	let received = '';
	let isAsked = false;
	child.onData((data) => {
		// Once the screen has it as well: a frame that was sent may be on the screen in part.
		terminal.write(data, () => sent.push(data));
		received += data;
		if (answers !== undefined && !isAsked && received.includes(answers.question)) {
			isAsked = true;
			for (const piece of answers.answer) child.write(piece);
		}
	});
	const exited = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
	t.after(() => endProgram(child, exited));
	const screen = () => screenOf(terminal);
	return {
		output,
		screen,
		styledScreen: () => styledScreen(terminal),
		columnsOf: (characters) => columnsOf(terminal, characters),
		isAlternate: () => terminal.buffer.active.type === 'alternate',
		isCursorHidden: () => output().lastIndexOf('\u001B[?25l') > output().lastIndexOf('\u001B[?25h'),
		marksPastes: () => terminal.modes.bracketedPasteMode,
		reportsMouse: () => terminal.modes.mouseTrackingMode !== 'none',
		press: (keys) => child.write(keys),
		disturb: (text) => terminal.write(text),
		resize: (size) => {
			terminal.resize(size.columns, size.rows);
			child.resize(size.columns, size.rows);
		},
		until: (found) => waitFor(terminal, () => isWholeFrame(output()) && found(screen())),
		untilShown: (text) => waitFor(terminal, () => screen().some((line) => line.includes(text))),
		exit: async () => {
			const code = await exited;
			await new Promise<void>((resolve) => terminal.write('', resolve));
			return code;
		},
		signal: (name) => child.kill(name),
	};
}

/** The program replaces the shell, so that it is the process that gets signals. */
function shellCommand({ standardInput }: TerminalOptions): string {
	const command = 'exec "$@"';
	return standardInput === undefined ? command : `${command} < "$STREAMED_FROM"`;
}

type Emulator = InstanceType<typeof headless.Terminal>;

/** What is written as blanks at the end of a line looks like what was never written. */
function screenOf({ buffer, rows }: Emulator): readonly string[] {
	const { active } = buffer;
	return Array.from(
		{ length: rows },
		(_, row) =>
			active
				.getLine(active.baseY + row)
				?.translateToString(true)
				.trimEnd() ?? '',
	);
}

/** Ink puts a frame between these marks, and it may arrive in pieces. */
function isWholeFrame(output: string): boolean {
	return output.lastIndexOf('\u001B[?2026l') >= output.lastIndexOf('\u001B[?2026h');
}

/** Looks again whenever something new is on the screen. */
function waitFor(terminal: Emulator, isDone: () => boolean): Promise<void> {
	return new Promise((resolve, reject) => {
		const check = () => {
			if (!isDone()) return;
			clearTimeout(timer);
			subscription.dispose();
			resolve();
		};
		const subscription = terminal.onWriteParsed(check);
		const timer = setTimeout(() => {
			subscription.dispose();
			reject(
				new Error(
					`The screen never showed what the test waits for. It shows:\n${screenOf(terminal).join('\n')}`,
				),
			);
		}, PATIENCE_MILLISECONDS);
		check();
	});
}

async function endProgram(child: IPty, exited: Promise<number>): Promise<void> {
	try {
		child.kill('SIGKILL');
	} catch {
		// It has ended already.
	}
	await exited;
}

/** Whether the explorer shows an image of which not all layers are read. */
export function isReading(screen: readonly string[]): boolean {
	return / (?:reading|waiting)(?: [^━─=-]+)? [━─=-]/.test(screen[1]);
}

/** Whether the explorer shows an image of which all is known. */
export function hasLayers(screen: readonly string[]): boolean {
	return (
		screen[0].includes('[1 Layers]') &&
		!isReading(screen) &&
		!screen.some((line) => line.includes('comparing contents')) &&
		screen.at(-1)?.includes('keys  q quit') === true
	);
}

/** Whether the files of a layer are shown, counted from 1. */
export function isLayer(number: number): (screen: readonly string[]) => boolean {
	return (screen) => screen.some((line) => line.includes(`What layer ${number} did`));
}
