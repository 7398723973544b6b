import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FathomError } from '../errors.ts';
import { partBytes } from '../tar/parts/seam.ts';
import { TarFault } from '../tar/tar-fault.ts';
import { Breather, throwIfInterrupted } from './breathe.ts';
import type { LayerTask, TaskResults, WorkerReply } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';

const MOST_THREADS = 4;
const WORTH_WORKERS_COST = 16 * 1024 * 1024;
// Workers hold little but columns, so a small young generation costs nothing and keeps the peak of memory low.
const WORKER_LIMITS = {
	maxYoungGenerationSizeMb: 2,
	maxOldGenerationSizeMb: 64,
	codeRangeSizeMb: 8,
	stackSizeMb: 1,
};

export interface RunOptions<T extends LayerTask = LayerTask> {
	readonly signal: AbortSignal | undefined;
	/** Told how many bytes of the task at `index` are done. */
	readonly onProgress?: (index: number, bytesDone: number) => void;
	/** Gets each result as soon as it is there; the next task is begun when what it gives back is done. */
	readonly onResult?: (index: number, result: TaskResults[T['type']]) => Promise<void> | undefined;
	/** Puts what went wrong with the task at `index` into words. */
	readonly wordError?: (index: number, error: unknown) => unknown;
}

/** Does tasks: on the main thread alone until `start` is called, from then on side by side with workers. To be closed at the end. */
export class LayerWorkers {
	readonly #workers: StartedWorker[] = [];

	/** How many tasks run side by side. */
	get width(): number {
		return this.#workers.length + 1;
	}

	/**
	 * Starts workers, so that with the main thread there is one a core and one a task, where all of it costs so much to read
	 * (`readingCost`) that this is worth the 50 ms until they run.
	 */
	start({ tasks, cost }: { readonly tasks: number; readonly cost: number }): void {
		if (cost < WORTH_WORKERS_COST) return;
		const wanted = Math.min(availableParallelism(), MOST_THREADS, tasks) - 1;
		while (this.#workers.length < wanted) this.#workers.push(new StartedWorker());
	}

	/** Does tasks in the order given, as many at a time as there are workers; the results are in the same order. Throws what a task throws. */
	async run<T extends LayerTask>(
		tasks: readonly T[],
		options: RunOptions<T>,
	): Promise<readonly TaskResults[T['type']][]> {
		const results: TaskResults[T['type']][] = new Array(tasks.length);
		const queue = [...tasks.keys()];
		const drain = async (perform: Perform): Promise<void> => {
			for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
				throwIfInterrupted(options.signal);
				const result = await perform(
					tasks[index],
					(bytes) => options.onProgress?.(index, bytes),
					options.signal,
				).catch((error: unknown) => {
					throw options.wordError?.(index, error) ?? error;
				});
				options.onProgress?.(index, bytesOf(tasks[index]));
				results[index] = result;
				await options.onResult?.(index, result);
			}
		};
		// It joins in once it has nothing else to do.
		const here = Promise.resolve().then(() => drain(performHere));
		// What the main thread has to feed it is not to unpack as well, as long as there is a worker for it.
		const isFed = tasks.some(({ type }) => type === 'pass');
		const inWorkers = this.#workers.map(async (started) => {
			if (!isFed && !started.isReady) await Promise.race([started.ready, here]);
			await drain((...parts) => performIn(started.worker, ...parts));
		});
		await Promise.all([...inWorkers, here]);
		return results;
	}

	async close(): Promise<void> {
		await Promise.all(this.#workers.splice(0).map(({ worker }) => worker.terminate()));
	}
}

type Perform = <T extends LayerTask>(
	task: T,
	onProgress: (bytesDone: number) => void,
	signal: AbortSignal | undefined,
) => Promise<TaskResults[T['type']]>;

/** How many bytes a task has done when it is done; a comparison, which others do as well, tells itself how far it is. */
function bytesOf(task: LayerTask): number {
	if (task.type === 'compare') return 0;
	if (task.type === 'part') return partBytes(task.part, task.location.bytes);
	return task.type === 'pass' ? task.bytes : task.location.bytes;
}

/** What takes longest is not to wait for a worker, so one gets its first task only when it runs. */
class StartedWorker {
	readonly worker: Worker;
	isReady = false;
	readonly ready: Promise<void>;

	constructor() {
		// The worker's file has the ending of this one: in development the source runs as TypeScript.
		const file = new URL(`./layer-worker${import.meta.url.slice(-3)}`, import.meta.url);
		this.worker = new Worker(file, { resourceLimits: WORKER_LIMITS });
		this.worker.setMaxListeners(0);
		this.ready = new Promise((resolve, reject) => {
			this.worker.once('error', reject);
			this.worker.once('message', () => {
				this.isReady = true;
				resolve();
			});
		});
		// Whoever waits for it is told.
		this.ready.catch(() => {});
	}
}

const performHere: Perform = (task, onProgress, signal) => {
	const breather = new Breather(signal);
	return runLayerTask(task, (bytesDone) => {
		if (!breather.isDue) return undefined;
		onProgress(bytesDone);
		return breather.breathe();
	});
};

function performIn<T extends LayerTask>(
	worker: Worker,
	...[task, onProgress, signal]: [T, (bytesDone: number) => void, AbortSignal | undefined]
): Promise<TaskResults[T['type']]> {
	return new Promise((resolve, reject) => {
		const onAbort = (): void => reject(new FathomError({ code: 'interrupted', message: 'Interrupted.' }));
		const settle = (finish: () => void): void => {
			worker.off('message', onReply);
			worker.off('error', onError);
			signal?.removeEventListener('abort', onAbort);
			finish();
		};
		const onError = (error: unknown): void => settle(() => reject(error));
		const onReply = (reply: WorkerReply): void => {
			if (reply.type === 'progress') onProgress(reply.bytesDone);
			else if (reply.type === 'ready') return;
			else if (reply.type === 'result') settle(() => resolve(reply.result as TaskResults[T['type']]));
			else settle(() => reject(failureOf(reply)));
		};
		signal?.addEventListener('abort', onAbort, { once: true });
		worker.on('message', onReply);
		worker.on('error', onError);
		worker.postMessage(task, task.type === 'pass' ? [task.port] : []);
	});
}

function failureOf(reply: Extract<WorkerReply, { type: 'fault' | 'error' }>): Error {
	if (reply.type === 'fault') {
		const { kind, position, message, cause } = reply;
		return new TarFault(kind, position, message, cause === null ? undefined : new Error(cause));
	}
	const { message, code } = reply;
	return Object.assign(new Error(message), code !== null && { code });
}
