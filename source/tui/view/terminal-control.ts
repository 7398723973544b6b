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
		// While the shell has the terminal, its input is the shell's.
		if (this.#suspension === null) discardInput(this.#terminal.keyboard);
		else this.#jobControl.endInBackground();
		this.#terminal.unmount();
	}

	/** Stops the program until the shell continues it, with the terminal as it was before. */
	suspend(): void {
		if (this.#isClosed || this.#suspension !== null || this.#suspendTerminal === null) return;
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
		if (this.#isClosed || this.#suspendTerminal === null) return;
		if (this.#suspension === null) {
			// It was stopped by a signal that cannot be handled, and the shell has changed the mode of the terminal since.
			this.#terminal.keyboard.setRawMode(false);
			this.#suspension = this.#suspendTerminal();
		}
		const suspension = this.#suspension;
		suspension
			.then(({ resume }) => {
				if (this.#isClosed) return;
				this.#suspension = null;
				// The size may have changed, and only what has the terminal at that time gets the signal.
				process.emit('SIGWINCH', 'SIGWINCH');
				this.#terminal.onResume();
				return resume();
			})
			.catch(() => this.close());
	}
}
