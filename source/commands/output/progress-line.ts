import type { CommandContext } from '../command.ts';
import { isContinuousIntegration, isPlainTerminal } from '../running/watcher.ts';

/** Less than this is over before anybody wonders. */
const QUIET_MILLISECONDS = 500;
const BETWEEN_MILLISECONDS = 100;

/** One line on standard error that says how far something is, where somebody watches a terminal that can erase it. */
export class ProgressLine {
	readonly #stream: CommandContext['stderr'];
	readonly #isWatched: boolean;
	#nextAt = performance.now() + QUIET_MILLISECONDS;
	#isShown = false;

	constructor({ stderr, host: { environment } }: Pick<CommandContext, 'stderr' | 'host'>) {
		this.#stream = stderr;
		this.#isWatched = stderr.isTTY && !isPlainTerminal(environment) && !isContinuousIntegration(environment);
	}

	/** Shows a text that is safe for a terminal, unless one was shown just now. */
	show(text: () => string): void {
		if (!this.#isWatched || performance.now() < this.#nextAt) return;
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
