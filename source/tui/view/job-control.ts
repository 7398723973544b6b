/** What stops and continues a program that has the terminal. */
export interface JobControlListener {
	/** Somebody asks the program to stop, as `kill -TSTP` does. */
	readonly onStopRequest: () => void;
	/** The program runs again. */
	readonly onContinue: () => void;
}

/** A process group that no shell looks after cannot be stopped: it is given up after this time. */
const STOP_MILLISECONDS = 100;
/** The system may hand a signal to any thread, so that one that continued the program is heard up to so much later. */
const LATE_MILLISECONDS = 200;

/** Job control as shells have it (POSIX.1-2017, "General Terminal Interface", 11.1.4). */
export class JobControl {
	readonly #listener: JobControlListener;
	#timer: NodeJS.Timeout | undefined;
	#soon: NodeJS.Immediate | undefined;
	#deafness: NodeJS.Timeout | undefined;

	constructor(listener: JobControlListener) {
		this.#listener = listener;
		process.on('SIGTSTP', this.#requestStop);
		this.#listen();
	}

	/**
	 * Stops the whole process group, as the terminal does at Ctrl-Z: the shell waits for its first process, which may be npm or another end
	 * of a pipe. `onContinue` follows when it runs again, or soon where it could not be stopped.
	 */
	stop(): void {
		process.off('SIGTSTP', this.#requestStop);
		this.#listen();
		this.#timer = setTimeout(this.#continue, STOP_MILLISECONDS);
		process.kill(0, 'SIGTSTP');
	}

	/**
	 * To be called when the program ends while the shell has the terminal. Node sets the mode of the terminal once more as it exits, and the
	 * system stops a background process for that, so that a job the user has ended would remain.
	 */
	endInBackground(): void {
		process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
	}

	/**
	 * To be called once the terminal is taken. In the background that has the system stop the program, perhaps more than once, and what continued it
	 * meanwhile brings nothing new, also where it is heard only now.
	 */
	forgetContinuing(): void {
		clearImmediate(this.#soon);
		this.#ignore();
		this.#deafness = setTimeout(() => this.#listen(), LATE_MILLISECONDS).unref();
	}

	close(): void {
		clearTimeout(this.#timer);
		process.off('SIGTSTP', this.#requestStop);
		this.#ignore();
	}

	#listen(): void {
		this.#ignore();
		process.on('SIGCONT', this.#continue);
	}

	/** The system forgets what nobody listens for. */
	#ignore(): void {
		clearTimeout(this.#deafness);
		process.off('SIGCONT', this.#continue);
	}

	readonly #requestStop = (): void => this.#listener.onStopRequest();

	readonly #continue = (): void => {
		clearTimeout(this.#timer);
		process.off('SIGTSTP', this.#requestStop);
		process.on('SIGTSTP', this.#requestStop);
		// A shell that ends a stopped job continues it too. The signal that ends it comes second, and must be heard before the terminal is taken.
		clearImmediate(this.#soon);
		this.#soon = setImmediate(this.#listener.onContinue);
	};
}
