import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { FathomError } from '../../errors.ts';
import { throwIfInterrupted } from '../time-slice.ts';

/** A run of an engine's program, to ask it something or to export an image. */
export interface ProgramRun {
	readonly program: string;
	readonly options: readonly string[];
	/** The complete environment; nothing is inherited from this process. */
	readonly environment: NodeJS.ProcessEnv;
	readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
	readonly exitCode: number;
	readonly stdout: Buffer;
	/** The last line of its standard error. */
	readonly lastError: string;
}

const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;
const LONGEST_LINE = 400;
const LARGEST_ERROR_BYTES = 64 * 1024;

/** Starts a program without a shell, its three streams as pipes. If it cannot be started, it emits the event `error`. */
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
	// A program that exits before it has read its input must not end this one.
	child.stdin.on('error', () => {});
	return child;
}

/** Runs a program and collects its output. Throws `unavailable` when it is not installed or takes too long, `unsupported` and `interrupted`. */
export async function askProgram(run: ProgramRun, timeoutMilliseconds: number): Promise<ProgramResult> {
	const timeout = AbortSignal.timeout(timeoutMilliseconds);
	const output = new ProgramOutput({ ...run, signal: either(run.signal, timeout) });
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of output.chunks()) {
			bytes += chunk.length;
			if (bytes > LARGEST_OUTPUT_BYTES) throw tooLong(run.program);
			chunks.push(chunk);
		}
	} catch (error) {
		if (timeout.aborted && !run.signal?.aborted) throw tooSlow(run.program, timeoutMilliseconds);
		throw error;
	}
	return { exitCode: output.exitCode ?? -1, stdout: Buffer.concat(chunks), lastError: output.lastError };
}

function either(signal: AbortSignal | undefined, timeout: AbortSignal): AbortSignal {
	return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** The output of a program as it arrives. */
export class ProgramOutput {
	/** null while it runs, and when a signal ended it. */
	exitCode: number | null = null;
	readonly #run: ProgramRun;
	readonly #errors: Buffer[] = [];
	#errorBytes = 0;

	constructor(run: ProgramRun) {
		this.#run = run;
	}

	/** The last line of its standard error so far. */
	get lastError(): string {
		return lastLine(this.#errors);
	}

	/** To stop reading ends the program. Throws `unavailable` when it is not installed, and `interrupted`. */
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
			// When the program could not be started, why it could not says more than that its output ended.
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
			if (this.#errorBytes < LARGEST_ERROR_BYTES) this.#errors.push(chunk);
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
		// It is awaited only when the output has ended, and must not count as unhandled until then.
		ended.catch(() => {});
		return ended;
	}
}

/** The last line that is more than white space. */
export function lastLine(chunks: readonly Uint8Array[]): string {
	const lines = Buffer.concat(chunks)
		.toString('utf8')
		.split(/[\r\n]+/)
		.map((line) => line.trim());
	return (lines.findLast((line) => line !== '') ?? '').slice(0, LONGEST_LINE);
}

function cannotStart(program: string, cause: Error): FathomError {
	const { code } = cause as NodeJS.ErrnoException;
	const reason = code === 'ENOENT' ? 'is not installed' : `cannot be started (${code})`;
	return new FathomError({
		code: 'unavailable',
		message: `The program ${program} ${reason}.`,
		hint: `Install ${program}, or put its folder on the PATH.`,
		cause,
	});
}

function tooSlow(program: string, milliseconds: number): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `The program ${program} did not finish within ${milliseconds / 1000} seconds.`,
		hint: 'Its engine may be stuck: check whether other programs can reach it, or restart it.',
	});
}

function tooLong(program: string): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `The program ${program} printed more than ${LARGEST_OUTPUT_BYTES} bytes.`,
	});
}
