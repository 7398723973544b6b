import { Worker } from 'node:worker_threads';
import type { Failure } from './check/failure.ts';
import type { WorkerMessage } from './fuzz-worker.ts';
import type { Plan } from './plan.ts';
import { Turns } from './turns.ts';

/** No way to read an archive of the fuzzer may take longer than this. */
const LIMIT_MILLISECONDS = 5000;
/** A thread that starts and builds the archive is slow for reasons of its own. */
const LIMIT_TO_BUILD_MILLISECONDS = 60_000;
/** By how much a case may let the memory of the process grow. */
const LIMIT_BYTES = 600 * 1024 * 1024;
const LOOK_MILLISECONDS = 50;

const turns = new Turns();

/** A worker that is ended, and started anew, when a case does not end or takes too much memory. */
export class FuzzThread {
	#worker: Worker | null = null;

	/** Does a case. One that exceeds a limit is done again alone: what other threads do takes time and memory too. */
	async check(plan: Plan): Promise<Failure | null> {
		const failure = await turns.beside(() => this.#checkOnce(plan));
		return isByLimit(failure) ? turns.alone(() => this.#checkOnce(plan)) : failure;
	}

	async #checkOnce(plan: Plan): Promise<Failure | null> {
		const worker = this.#start();
		const limits = new Limits();
		try {
			return await new Promise<Failure | null>((resolve) => {
				const fail = (kind: 'hang' | 'memory' | 'error', subject: string, detail: string) =>
					resolve({ kind, subject, detail });
				worker.on('message', (message: WorkerMessage) => {
					if (message.kind === 'step') limits.begin(message.step);
					else resolve(message.failure);
				});
				worker.on('error', (error) => fail('error', 'ended the thread', String(error)));
				limits.watch((kind, step, detail) => fail(kind, step, detail));
				worker.postMessage(plan);
			}).then((failure) => this.#endAfter(failure));
		} finally {
			limits.end();
			worker.removeAllListeners('message');
			worker.removeAllListeners('error');
		}
	}

	async close(): Promise<void> {
		const worker = this.#worker;
		this.#worker = null;
		await worker?.terminate();
	}

	#start(): Worker {
		this.#worker ??= new Worker(new URL('./fuzz-worker.ts', import.meta.url));
		return this.#worker;
	}

	async #endAfter(failure: Failure | null): Promise<Failure | null> {
		if (failure !== null && endsThread.includes(failure.kind)) await this.close();
		return failure;
	}
}

/** What a thread may not be fit for another case after. */
const endsThread: readonly Failure['kind'][] = ['hang', 'memory', 'error'];

function isByLimit(failure: Failure | null): boolean {
	return failure?.kind === 'hang' || failure?.kind === 'memory';
}

/** Looks from outside, as a thread that is in a loop cannot look itself. */
class Limits {
	readonly #startBytes = process.memoryUsage.rss();
	#step = 'to build it';
	#limit = LIMIT_TO_BUILD_MILLISECONDS;
	#stepStart = performance.now();
	#timer: NodeJS.Timeout | null = null;

	begin(step: string): void {
		this.#step = step;
		this.#limit = LIMIT_MILLISECONDS;
		this.#stepStart = performance.now();
	}

	watch(onExceeded: (kind: 'hang' | 'memory', step: string, detail: string) => void): void {
		this.#timer = setInterval(() => {
			const elapsed = performance.now() - this.#stepStart;
			const grown = process.memoryUsage.rss() - this.#startBytes;
			if (grown > LIMIT_BYTES) onExceeded('memory', this.#step, `${Math.round(grown / 1e6)} MB`);
			else if (elapsed > this.#limit) onExceeded('hang', this.#step, `${Math.round(elapsed)} ms`);
		}, LOOK_MILLISECONDS);
	}

	end(): void {
		if (this.#timer) clearInterval(this.#timer);
	}
}
