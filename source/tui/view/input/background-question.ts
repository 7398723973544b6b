import type { Colour } from '../themes/contrast.ts';
import { ASK_BACKGROUND, parseBackground } from './background-colour.ts';

/** A slow connection needs some of it. An answer that takes longer would change the colours under the eyes of the user. */
const PATIENCE_MILLISECONDS = 1500;

/** The question for the colour of the terminal's background, which is answered soon or never. */
export class BackgroundQuestion {
	readonly #output: Pick<NodeJS.WriteStream, 'write'>;
	#isOpen = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(output: Pick<NodeJS.WriteStream, 'write'>) {
		this.#output = output;
	}

	ask(): void {
		this.#output.write(ASK_BACKGROUND);
		this.#isOpen = true;
		// What has arrived by then counts, although the program was too busy to read it.
		this.#timer = setTimeout(() => setImmediate(() => this.close()), PATIENCE_MILLISECONDS).unref();
	}

	/** The colour in what a terminal answers; null for an answer that is none, that nobody waits for, or that comes too late. */
	take(answer: string): Colour | null {
		if (!this.#isOpen) return null;
		this.close();
		return parseBackground(answer);
	}

	/** Waits no longer. */
	close(): void {
		clearTimeout(this.#timer);
		this.#isOpen = false;
	}
}
