/** Presses and the wheel are reported, with numbers that have no bound (xterm control sequences, modes 1000 and 1006). */
const REPORT = '\u{1B}[?1000h\u{1B}[?1006h';
const REPORT_NO_MORE = '\u{1B}[?1006l\u{1B}[?1000l';

/** Whether the terminal reports what the mouse does: only while the explorer has the terminal, and the user wants it. */
export class MouseMode {
	readonly #output: NodeJS.WriteStream;
	#isWanted: boolean;
	#hasTerminal = false;

	constructor(output: NodeJS.WriteStream, isWanted: boolean) {
		this.#output = output;
		this.#isWanted = isWanted;
		// A crash must not leave a shell that writes a line at every click.
		process.once('exit', this.giveAway);
	}

	/** To be called when the explorer has the terminal, which does not echo. */
	take(): void {
		this.#hasTerminal = true;
		if (this.#isWanted) this.#output.write(REPORT);
	}

	/** To be called before somebody else has the terminal. */
	readonly giveAway = (): void => {
		if (this.#hasTerminal && this.#isWanted) this.#output.write(REPORT_NO_MORE);
		this.#hasTerminal = false;
	};

	want(isWanted: boolean): void {
		if (isWanted === this.#isWanted) return;
		this.#isWanted = isWanted;
		if (this.#hasTerminal) this.#output.write(isWanted ? REPORT : REPORT_NO_MORE);
	}

	close(): void {
		this.giveAway();
		process.off('exit', this.giveAway);
	}
}
