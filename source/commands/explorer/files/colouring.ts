import { isUtf8 } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import { languageOf } from './languages.ts';

/** Patterns of languages take long on some texts: what takes longer stays without colours. */
const MOST_MILLISECONDS = 3000;
/** Of a longer text the start has colours. */
const MOST_BYTES = 256 * 1024;
const LINE_FEED = 0x0a;
const LIMITS = { maxOldGenerationSizeMb: 256, stackSizeMb: 2 };
const nothing = new Uint32Array(0);

/** What the thread is asked for. */
export interface ColouringTask {
	readonly language: string;
	readonly bytes: Uint8Array;
}

/** Finds the colours of texts in a thread of its own, which starts with the first one. */
export class Colouring {
	#worker: Worker | null = null;

	/** Start, end and style of each part that has one, in bytes; nothing for a text without a known language. */
	async runsOf(path: string, text: Uint8Array, signal: AbortSignal): Promise<Uint32Array> {
		const bytes =
			text.length <= MOST_BYTES ? text : text.subarray(0, text.lastIndexOf(LINE_FEED, MOST_BYTES) + 1);
		const language = languageOf(path, bytes);
		if (language === null || !isUtf8(bytes)) return nothing;
		const worker = this.#worker ?? this.#start();
		return new Promise((resolve) => {
			const finish = (runs: Uint32Array, isStuck: boolean): void => {
				clearTimeout(timer);
				signal.removeEventListener('abort', give);
				worker.removeAllListeners();
				worker.on('error', () => {});
				if (isStuck) this.close();
				resolve(runs);
			};
			const give = (): void => finish(nothing, true);
			const timer = setTimeout(give, MOST_MILLISECONDS).unref();
			signal.addEventListener('abort', give);
			worker.once('message', (runs: Uint32Array) => finish(runs, false));
			worker.once('error', give);
			worker.postMessage({ language, bytes } satisfies ColouringTask);
		});
	}

	close(): void {
		this.#worker?.terminate().catch(() => {});
		this.#worker = null;
	}

	#start(): Worker {
		// The thread's file has the ending of this one: in development the source runs as TypeScript.
		const file = new URL(`./colouring-worker${import.meta.url.slice(-3)}`, import.meta.url);
		this.#worker = new Worker(file, { resourceLimits: LIMITS });
		this.#worker.unref();
		return this.#worker;
	}
}
