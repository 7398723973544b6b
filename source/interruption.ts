import { constants } from 'node:os';

export interface Interruption {
	/** Aborted by the first signal, and by `stop`. */
	readonly signal: AbortSignal;
	/** What a shell expects of a process that a signal ended; undefined while none came. */
	readonly exitCode: number | undefined;
	/** Has everything left tidy, the terminal above all, where the program cannot go on. */
	stop(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Turns the first signal into an abort, so that everything is left tidy; a second one ends the process at once. */
export function listenForInterruption(process: NodeJS.Process): Interruption {
	const controller = new AbortController();
	let exitCode: number | undefined;
	for (const name of signals) {
		process.on(name, () => {
			if (exitCode !== undefined) endAtOnce(process, name, exitCode);
			exitCode = 128 + constants.signals[name];
			controller.abort();
		});
	}
	return {
		signal: controller.signal,
		get exitCode() {
			return exitCode;
		},
		stop: () => controller.abort(),
	};
}

/** Not by `exit`, which waits for a thread that reads from a silent pipe. */
function endAtOnce(process: NodeJS.Process, name: NodeJS.Signals, exitCode: number): void {
	process.emit('exit', exitCode);
	process.removeAllListeners(name);
	process.kill(process.pid, name);
}
