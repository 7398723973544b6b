import { discardInput } from './discard-input.ts';
import { JobControl } from './job-control.ts';

/** Gives the terminal away as it was before, at once, until the result is asked to resume. */
export type SuspendTerminal = () => Promise<{ readonly resume: () => Promise<void> }>;

export interface ControlledTerminal {
	/** Where keys come from. */
	readonly keyboard: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	/** Stops drawing and gives the terminal back. */
	readonly unmount: () => void;
	/** Draws the whole screen, without regard to what is believed to be on it. */
	readonly redraw: () => void;
	/** Called before the terminal is given away, for a while or for good. */
	readonly onGive: () => void;
	/** Called when it was taken again, and is in raw mode. */
	readonly onTake: () => void;
	/** Called when keys are taken again. */
	readonly onResume: () => void;
}

/** No colours or other looks, and an empty screen with a hidden cursor at its start (ECMA-48; DECTCEM). */
const CLEAR_SCREEN = '\u{1B}[m\u{1B}[H\u{1B}[J\u{1B}[?25l';

/** Who has the terminal: the explorer, the shell for a while, or the shell for good. */
export class TerminalControl {
	readonly #terminal: ControlledTerminal;
	readonly #jobControl = new JobControl({
		onStopRequest: () => this.suspend(),
		onContinue: () => this.#continue(),
	});
	#suspendTerminal: SuspendTerminal | null = null;
	#suspension: ReturnType<SuspendTerminal> | null = null;
	#isClosed = false;
	/** Whether another program has the terminal, which fathom started. */
	#isLent = false;

	constructor(terminal: ControlledTerminal) {
		this.#terminal = terminal;
	}

	readonly mounted = (suspendTerminal: SuspendTerminal): void => {
		this.#suspendTerminal = suspendTerminal;
	};

	/** Gives the terminal back. What was typed or pasted behind the key that leaves does not reach the shell. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#jobControl.close();
		if (this.#suspension === null) this.#terminal.onGive();
		// While the shell has the terminal, its input is the shell's.
		if (this.#suspension === null) discardInput(this.#terminal.keyboard);
		else this.#jobControl.endInBackground();
		this.#terminal.unmount();
	}

	/** Lets another program have the terminal until the promise is fulfilled. False, and nothing is done, where it is given away already. */
	async lend(use: () => Promise<void>): Promise<boolean> {
		if (this.#isClosed || this.#suspension !== null || this.#suspendTerminal === null) return false;
		this.#isLent = true;
		this.#terminal.onGive();
		this.#suspension = this.#suspendTerminal();
		// Ctrl-C is for the program that has the terminal, and reaches this one too.
		const listeners = process.rawListeners('SIGINT') as NodeJS.SignalsListener[];
		process.removeAllListeners('SIGINT').on('SIGINT', () => {});
		try {
			await use();
		} finally {
			process.removeAllListeners('SIGINT');
			for (const listener of listeners) process.on('SIGINT', listener);
			this.#isLent = false;
			this.#continue();
		}
		return true;
	}

	/** Stops the program until the shell continues it, with the terminal as it was before. */
	suspend(): void {
		if (this.#isLent) {
			// The program that has the terminal was stopped, and the shell waits for both.
			process.kill(process.pid, 'SIGSTOP');
			return;
		}
		if (this.#isClosed || this.#suspension !== null || this.#suspendTerminal === null) return;
		this.#terminal.onGive();
		discardInput(this.#terminal.keyboard);
		this.#suspension = this.#suspendTerminal();
		this.#jobControl.stop();
	}

	/** Draws the screen anew where another program has written on it. */
	repaint(): void {
		this.#terminal.output.write(CLEAR_SCREEN);
		this.#terminal.redraw();
	}

	/** Takes the terminal again. */
	#continue(): void {
		if (this.#isClosed || this.#isLent || this.#suspendTerminal === null) return;
		if (this.#suspension === null) {
			// It was stopped by a signal that cannot be handled, and the shell has changed the mode of the terminal since.
			this.#terminal.keyboard.setRawMode(false);
			this.#suspension = this.#suspendTerminal();
		}
		const suspension = this.#suspension;
		suspension
			.then(({ resume }) => {
				if (this.#isClosed) return;
				this.#takeKeyboard();
				this.#suspension = null;
				// The size may have changed, and only what has the terminal at that time gets the signal.
				process.emit('SIGWINCH', 'SIGWINCH');
				this.#terminal.onResume();
				return resume().then(() => this.#terminal.onTake());
			})
			.catch(() => this.close());
	}

	/** In the background the system stops the program here, until the shell has given it the terminal and written its last. */
	#takeKeyboard(): void {
		const { keyboard, output } = this.#terminal;
		keyboard.setRawMode(true);
		this.#jobControl.forgetContinuing();
		// The alternate screen begins at the cursor, which a key that was pressed before has moved.
		output.write('\r');
	}
}
