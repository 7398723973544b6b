/** What a terminal sends that is no key. */
export type Report =
	/** A mouse event (xterm control sequences, "Extended coordinates", SGR). Column and row are 0-based. */
	| {
			readonly kind: 'mouse';
			readonly code: number;
			readonly column: number;
			readonly row: number;
			readonly isRelease: boolean;
	  }
	/** The answer to a question of ours, without the signs around it; hostile, and of bounded length. */
	| { readonly kind: 'reply'; readonly text: string };

/** What was read and cannot be told apart yet. */
export interface UnsortedInput {
	/** `reply`: inside an answer. `paste`: between the marks of a paste, where everything is text. */
	readonly mode: 'keys' | 'paste' | 'reply';
	readonly held: string;
}

export interface SortedInput {
	readonly rest: UnsortedInput;
	/** What is left for whoever reads keys and pastes. */
	readonly keys: string;
	readonly reports: readonly Report[];
}

export const nothingHeld: UnsortedInput = { mode: 'keys', held: '' };

const ESCAPE = '\u{1B}';
/** Ctrl-C. */
const INTERRUPT = '\u{3}';
const PASTE_START = '\u{1B}[200~';
const PASTE_END = '\u{1B}[201~';
/** Longer than any answer to what fathom asks; of a longer one the start is kept, and its end still waited for. */
const MAXIMUM_REPLY = 64;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for.
const mouseReport = /^\u001B\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const unfinished = /^\u001B(?:$|\[$|\]$|\[<[\d;]{0,17}$)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const controls = /[\u0000-\u001F]/;

/** Takes reports out of a piece of input. They may be cut anywhere between two pieces. */
export function sortInput({ mode, held }: UnsortedInput, chunk: string): SortedInput {
	// The end of a paste may be lost on the way. No paste has this alone in a piece of its own.
	if (mode === 'paste' && chunk === INTERRUPT)
		return { rest: nothingHeld, keys: held + PASTE_END + INTERRUPT, reports: [] };
	const sorter = new Sorter(mode, held + chunk);
	while (sorter.takeNext());
	return sorter.result();
}

/** What is done with what is held when nothing has come for a while: keys such as Esc are given away, half a report is not. */
export function releaseHeld({ mode, held }: UnsortedInput): SortedInput {
	const isReport = mode === 'reply' || held.startsWith(`${ESCAPE}[<`);
	const isPaste = mode === 'paste';
	return {
		rest: { mode: isPaste ? 'paste' : 'keys', held: '' },
		keys: isReport ? '' : held,
		reports: [],
	};
}

class Sorter {
	#mode: UnsortedInput['mode'];
	#text: string;
	#keys = '';
	readonly #reports: Report[] = [];

	constructor(mode: UnsortedInput['mode'], text: string) {
		this.#mode = mode;
		this.#text = text;
	}

	result(): SortedInput {
		return {
			rest: { mode: this.#mode, held: this.#text },
			keys: this.#keys,
			reports: this.#reports,
		};
	}

	/** Whether there may be more to take. */
	takeNext(): boolean {
		if (this.#text === '') return false;
		if (this.#mode === 'paste') return this.#takePaste();
		return this.#mode === 'reply' ? this.#takeReply() : this.#takeKeys();
	}

	#takeKeys(): boolean {
		const start = this.#text.indexOf(ESCAPE);
		if (start !== 0) {
			this.#give(start === -1 ? this.#text.length : start);
			return true;
		}
		const mouse = mouseReport.exec(this.#text);
		if (mouse !== null) {
			const [whole, code, column, row, end] = mouse;
			this.#text = this.#text.slice(whole.length);
			this.#reports.push({
				kind: 'mouse',
				code: Number(code),
				column: Number(column) - 1,
				row: Number(row) - 1,
				isRelease: end === 'm',
			});
			return true;
		}
		if (unfinished.test(this.#text) || PASTE_START.startsWith(this.#text)) {
			if (this.#text !== PASTE_START) return false;
		}
		if (/^.\]\d/su.test(this.#text)) {
			this.#mode = 'reply';
			this.#text = this.#text.slice(2);
			return true;
		}
		if (this.#text.startsWith(PASTE_START)) {
			this.#mode = 'paste';
			this.#give(PASTE_START.length);
		} else this.#give(1);
		return true;
	}

	#takePaste(): boolean {
		const end = this.#text.indexOf(PASTE_END);
		if (end !== -1) {
			this.#mode = 'keys';
			this.#give(end + PASTE_END.length);
			return true;
		}
		let kept = Math.min(PASTE_END.length - 1, this.#text.length);
		while (!PASTE_END.startsWith(this.#text.slice(this.#text.length - kept))) kept -= 1;
		this.#give(this.#text.length - kept);
		return false;
	}

	/** An answer ends with BEL or ST. Any other control character, such as Ctrl-C, ends it too, and is a key. */
	#takeReply(): boolean {
		const end = this.#text.search(controls);
		if (end === -1 || this.#text.slice(end) === ESCAPE) {
			const tail = end === -1 ? '' : ESCAPE;
			this.#text = this.#text.slice(0, end === -1 ? undefined : end).slice(0, MAXIMUM_REPLY) + tail;
			return false;
		}
		const text = this.#text.slice(0, end).slice(0, MAXIMUM_REPLY);
		const rest = this.#text.slice(end);
		const closing = rest.startsWith('\u{7}') ? 1 : rest.startsWith(`${ESCAPE}\\`) ? 2 : 0;
		if (closing > 0) this.#reports.push({ kind: 'reply', text });
		this.#mode = 'keys';
		this.#text = rest.slice(closing);
		return true;
	}

	/** Leaves the first characters to whoever reads keys. */
	#give(length: number): void {
		this.#keys += this.#text.slice(0, length);
		this.#text = this.#text.slice(length);
	}
}
