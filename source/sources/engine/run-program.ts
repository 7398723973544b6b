import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { FathomError } from '../../errors.ts';
import { throwIfInterrupted } from '../time-slice.ts';

/** A program of an engine, to be run to ask something or to have an image written out. */
export interface ProgramRun {
	readonly program: string;
	readonly options: readonly string[];
	/** All of it; nothing is taken over from this process. */
	readonly environment: NodeJS.ProcessEnv;
	readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
	readonly exitCode: number;
	readonly stdout: Buffer;
	/** What it said last of what went wrong, in one line. */
	readonly said: string;
}

const MOST_ANSWER_BYTES = 64 * 1024 * 1024;
const MOST_WORDS = 400;
const MOST_ERROR_BYTES = 64 * 1024;

/** Starts a program without a shell, its three streams as pipes. Errors of the start come as the event `error`. */
export function startProgram(
	program: string,
	options: readonly string[],
	environment: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
	const child = spawn(program, options, {
		env: environment,
		stdio: ['pipe', 'pipe', 'pipe'],
		windowsHide: true,
	});
	// A program that ends before it has read its input must not end this one.
	child.stdin.on('error', () => {});
	return child;
}

/** Runs a program and takes all that it answers. Throws `unavailable` when it is not there or takes too long, and `interrupted`. */
export async function askProgram(run: ProgramRun, timeoutMilliseconds: number): Promise<ProgramResult> {
	const timeout = AbortSignal.timeout(timeoutMilliseconds);
	const output = new ProgramOutput({ ...run, signal: either(run.signal, timeout) });
	const pieces: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const piece of output.chunks()) {
			bytes += piece.length;
			if (bytes > MOST_ANSWER_BYTES) throw tooLong(run.program);
			pieces.push(piece);
		}
	} catch (error) {
		if (timeout.aborted && !run.signal?.aborted) throw tooSlow(run.program, timeoutMilliseconds);
		throw error;
	}
	return { exitCode: output.exitCode ?? -1, stdout: Buffer.concat(pieces), said: output.said };
}

function either(signal: AbortSignal | undefined, timeout: AbortSignal): AbortSignal {
	return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** The output of a program as it comes. */
export class ProgramOutput {
	/** null until it has ended, and when it was ended. */
	exitCode: number | null = null;
	readonly #run: ProgramRun;
	readonly #errors: Buffer[] = [];
	#errorBytes = 0;

	constructor(run: ProgramRun) {
		this.#run = run;
	}

	get said(): string {
		return lastWords(this.#errors);
	}

	/** Whoever stops taking ends the program. Throws `unavailable` when it is not there, and `interrupted`. */
	async *chunks(): AsyncGenerator<Buffer> {
		const { program, options, environment, signal } = this.#run;
		throwIfInterrupted(signal);
		const child = startProgram(program, options, environment);
		const ended = this.#watch(child);
		const stop = (): void => {
			child.kill();
			child.stdout.destroy();
		};
		signal?.addEventListener('abort', stop, { once: true });
		try {
			child.stdin.end();
			yield* child.stdout;
			// It may close its output before it exits.
			await ended;
		} catch (error) {
			throwIfInterrupted(signal);
			// Without a process there is no output either, and why there is none says more.
			if (child.pid === undefined) await ended;
			throw error;
		} finally {
			signal?.removeEventListener('abort', stop);
			if (child.exitCode === null) child.kill();
		}
		throwIfInterrupted(signal);
	}

	#watch(child: ChildProcessWithoutNullStreams): Promise<void> {
		child.stderr.on('data', (chunk: Buffer) => {
			if (this.#errorBytes < MOST_ERROR_BYTES) this.#errors.push(chunk);
			this.#errorBytes += chunk.length;
		});
		const { program } = this.#run;
		const ended = new Promise<void>((resolve, reject) => {
			child.on('error', (error) => reject(cannotStart(program, error)));
			child.on('close', (exitCode) => {
				this.exitCode = exitCode;
				resolve();
			});
		});
		// It is awaited only once the output is at its end.
		ended.catch(() => {});
		return ended;
	}
}

/** The last line that is more than white space. */
export function lastWords(pieces: readonly Uint8Array[]): string {
	const lines = Buffer.concat(pieces)
		.toString('utf8')
		.split(/[\r\n]+/)
		.map((line) => line.trim());
	return (lines.findLast((line) => line !== '') ?? '').slice(0, MOST_WORDS);
}

function cannotStart(program: string, cause: Error): FathomError {
	const { code } = cause as NodeJS.ErrnoException;
	const why = code === 'ENOENT' ? 'is not installed' : `cannot be started (${code})`;
	return new FathomError({
		code: 'unavailable',
		message: `The program ${program} ${why}.`,
		hint: `Install ${program}, or put its folder on the PATH.`,
		cause,
	});
}

function tooSlow(program: string, milliseconds: number): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `The program ${program} gave no answer within ${milliseconds / 1000} seconds.`,
		hint: 'Its engine may hang: look whether it answers to other programs, or start it again.',
	});
}

function tooLong(program: string): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `The program ${program} answers with more than ${MOST_ANSWER_BYTES} bytes.`,
	});
}
