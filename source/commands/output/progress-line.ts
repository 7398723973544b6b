/** Less than this is over before anybody wonders. */
const QUIET_MILLISECONDS = 500;
const BETWEEN_MILLISECONDS = 100;

/** One line on standard error that says how far something is, where that is a terminal. */
export class ProgressLine {
	readonly #stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
	#nextAt = performance.now() + QUIET_MILLISECONDS;
	#isShown = false;

	constructor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) {
		this.#stream = stream;
	}

	/** Shows a text that is safe for a terminal, unless one was shown just now. */
	show(text: () => string): void {
		if (!this.#stream.isTTY || performance.now() < this.#nextAt) return;
		this.#nextAt = performance.now() + BETWEEN_MILLISECONDS;
		this.#stream.write(`\r${text()}\x1b[K`);
		this.#isShown = true;
	}

	/** Takes the line away. */
	clear(): void {
		if (this.#isShown) this.#stream.write('\r\x1b[K');
		this.#isShown = false;
	}
}
