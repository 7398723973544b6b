import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type { Command } from './measure.ts';
import { watchMemory } from './process-tree.ts';

/** A program in a real pseudo-terminal, with the screen that it paints. */
export interface Session {
	/** From the start of the process to the last byte of the first screen that was `ready`. */
	readonly readySeconds: number;
	/** Sends a key and waits for what the program paints upon it; null when it paints nothing. */
	readonly press: (key: string) => Promise<Painted | null>;
	readonly lines: () => readonly string[];
	/** Ends the program and gives the peak memory of its process tree, bytes. */
	readonly close: () => Promise<number>;
}

/** What a key brought. */
export interface Painted {
	/** From the key to the last byte. */
	readonly milliseconds: number;
	readonly bytes: number;
}

export interface SessionOptions {
	readonly command: Command;
	readonly columns: number;
	readonly rows: number;
	/** Whether the screen is what is waited for. */
	readonly ready: (screen: string) => boolean;
}

/** A frame is finished when the program has been silent for this long; the silence is not counted. */
const silenceMilliseconds = 80;
/** A key that has brought nothing by then brings nothing. */
const nothingMilliseconds = 3000;
const patienceMilliseconds = 120_000;

export async function openSession({ command, columns, rows, ready }: SessionOptions): Promise<Session> {
	const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
	const [program, ...options] = command.words;
	const env = { ...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', ...command.env };
	const start = performance.now();
	const child = spawn(program, options, { cols: columns, rows, env });
	const memory = watchMemory(child.pid);
	const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
	let lastData = start;
	let bytes = 0;
	child.onData((data) => {
		lastData = performance.now();
		bytes += Buffer.byteLength(data);
		terminal.write(data);
	});
	const lines = () => linesOf(terminal);
	const readySeconds = await untilReady({ terminal, child, ready, lines, start });

	const press = async (key: string): Promise<Painted | null> => {
		const pressed = performance.now();
		const before = bytes;
		child.write(key);
		await untilSilent(() => lastData, pressed);
		return lastData > pressed ? { milliseconds: lastData - pressed, bytes: bytes - before } : null;
	};
	const close = async () => {
		child.write('q');
		await Promise.race([ended, pause(3000)]);
		memory.stop();
		child.kill();
		terminal.dispose();
		return memory.peakBytes();
	};
	return { readySeconds, press, lines, close };
}

interface Waiting {
	readonly terminal: InstanceType<typeof xterm.Terminal>;
	readonly child: ReturnType<typeof spawn>;
	readonly ready: (screen: string) => boolean;
	readonly lines: () => readonly string[];
	readonly start: number;
}

function untilReady({ terminal, child, ready, lines, start }: Waiting): Promise<number> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => fail('never got ready'), patienceMilliseconds);
		const fail = (what: string) => reject(new Error(`${what}:\n${lines().join('\n')}`));
		const exit = child.onExit(({ exitCode }) => {
			clearTimeout(timer);
			fail(`ended with ${exitCode} before it was ready`);
		});
		const data = child.onData(() => {
			const seconds = (performance.now() - start) / 1000;
			// An empty write is worked off after what was written before it.
			terminal.write('', () => {
				if (!ready(lines().join('\n'))) return;
				clearTimeout(timer);
				data.dispose();
				exit.dispose();
				resolve(seconds);
			});
		});
	});
}

async function untilSilent(lastData: () => number, pressed: number): Promise<void> {
	const giveUp = pressed + nothingMilliseconds;
	for (;;) {
		const now = performance.now();
		const last = lastData();
		if (last > pressed && now - last >= silenceMilliseconds) return;
		if (last <= pressed && now > giveUp) return;
		await pause(last > pressed ? silenceMilliseconds - (now - last) + 1 : 5);
	}
}

function linesOf(terminal: InstanceType<typeof xterm.Terminal>): readonly string[] {
	const { active } = terminal.buffer;
	return Array.from(
		{ length: terminal.rows },
		(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
	);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
