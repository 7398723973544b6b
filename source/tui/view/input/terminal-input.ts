import { nothingHeld, type Report, releaseHeld, type SortedInput, sortInput } from './sort-input.ts';

/** Ink waits 20 ms more for the rest of an escape sequence, so that a lone Esc waits 30 ms. */
const KEY_MILLISECONDS = 10;
/** An answer that is never finished is given up after this time without a character. */
const REPLY_MILLISECONDS = 500;

/**
 * Takes what is no key out of the input of a terminal before Ink reads it: Ink does not know answers of a terminal, and drops what the
 * mouse does.
 */
export class TerminalInput {
	readonly #keyboard: NodeJS.ReadStream;
	readonly #onReport: (report: Report) => void;
	readonly #read: NodeJS.ReadStream['read'];
	#unsorted = nothingHeld;
	#released = '';
	#timer: NodeJS.Timeout | undefined;

	constructor(keyboard: NodeJS.ReadStream, onReport: (report: Report) => void) {
		this.#keyboard = keyboard;
		this.#onReport = onReport;
		this.#read = keyboard.read;
		keyboard.read = (size?: number) => this.#next(size);
	}

	/** Leaves all input to others again. */
	close(): void {
		clearTimeout(this.#timer);
		this.#keyboard.read = this.#read;
	}

	/** The next keys, as the stream's own `read` gives its next piece. */
	#next(size: number | undefined): unknown {
		if (this.#released !== '' && size !== 0) {
			const keys = this.#released;
			this.#released = '';
			return keys;
		}
		for (;;) {
			const piece: unknown = this.#read.call(this.#keyboard, size);
			if (piece === null) return null;
			const keys = this.#take(sortInput(this.#unsorted, String(piece)));
			if (keys !== '') return keys;
		}
	}

	#take({ rest, keys, reports }: SortedInput): string {
		clearTimeout(this.#timer);
		this.#unsorted = rest;
		if (rest.held !== '' || rest.mode === 'reply') {
			const wait = rest.mode === 'reply' ? REPLY_MILLISECONDS : KEY_MILLISECONDS;
			this.#timer = setTimeout(() => this.#release(), wait).unref();
		}
		for (const report of reports) this.#onReport(report);
		return keys;
	}

	#release(): void {
		this.#released = this.#take(releaseHeld(this.#unsorted));
		if (this.#released !== '') this.#keyboard.emit('readable');
	}
}
