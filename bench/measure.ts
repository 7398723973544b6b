import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { watchMemory } from './process-tree.ts';

/** A command to measure, with its environment beside that of the bench. */
export interface Command {
	readonly words: readonly [string, ...string[]];
	readonly env?: Readonly<Record<string, string>>;
	/** Exit codes that are no failure. */
	readonly accepts?: readonly number[];
	/** A file that it writes, which is not to be there before: to replace a large one takes a while by itself. */
	readonly output?: string;
}

export interface Run {
	readonly seconds: number;
	readonly peakBytes: number;
	readonly stdout: string;
}

/** Median time, largest peak memory and the output of the last run. */
export interface Measurement extends Run {
	readonly runs: number;
}

/** Runs each command `rounds` times, in turn, so that what else the machine does falls on all of them alike. */
export async function measureInTurn<K extends string>(
	commands: Readonly<Record<K, Command>>,
	rounds: number,
): Promise<Readonly<Record<K, Measurement>>> {
	const names = Object.keys(commands) as K[];
	const runs = new Map<K, Run[]>(names.map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const name of names) runs.get(name)?.push(await runOnce(commands[name]));
	}
	return Object.fromEntries(names.map((name) => [name, summarise(runs.get(name) ?? [])])) as Record<
		K,
		Measurement
	>;
}

export function runOnce({
	words: [program, ...options],
	env,
	accepts = [0],
	output: written,
}: Command): Promise<Run> {
	if (written !== undefined) rmSync(written, { force: true });
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(program, options, {
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const memory = watchMemory(child.pid ?? 0);
		const output: Buffer[] = [];
		const errors: Buffer[] = [];
		let seconds = 0;
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
		child.on('exit', () => {
			seconds = (performance.now() - start) / 1000;
			memory.stop();
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (!accepts.includes(code ?? -1)) {
				reject(new Error(`${[program, ...options].join(' ')} ended with ${code}: ${Buffer.concat(errors)}`));
			} else resolve({ seconds, peakBytes: memory.peakBytes(), stdout: Buffer.concat(output).toString() });
		});
	});
}

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** The smallest value that at least this part of all is not above. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function summarise(runs: readonly Run[]): Measurement {
	return {
		runs: runs.length,
		seconds: median(runs.map(({ seconds }) => seconds)),
		peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
		stdout: runs.at(-1)?.stdout ?? '',
	};
}
