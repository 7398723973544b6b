import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FathomError } from '../errors.ts';
import { TarFault } from '../tar/tar-fault.ts';
import { Breather, throwIfInterrupted } from './breathe.ts';
import type { LayerTask, TaskResults, WorkerReply } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';

const MOST_THREADS = 4;
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
	readonly #workers: Worker[] = [];

	/** How many tasks run side by side. */
	get width(): number {
		return this.#workers.length + 1;
	}

	/**
	 * Starts workers, so that with the main thread there is one a core and one a task. Worth it only for work that takes longer than
	 * the 50 ms until they run.
	 */
	start(tasks: number): void {
		const wanted = Math.min(availableParallelism(), MOST_THREADS, tasks) - 1;
		while (this.#workers.length < wanted) this.#workers.push(startWorker());
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
		// Workers choose first: the main thread, which also shows the progress, is not to hold what takes longest.
		const inWorkers = this.#workers.map((worker) => drain((...parts) => performIn(worker, ...parts)));
		await Promise.all([...inWorkers, drain(performHere)]);
		return results;
	}

	async close(): Promise<void> {
		await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
	}
}

type Perform = <T extends LayerTask>(
	task: T,
	onProgress: (bytesDone: number) => void,
	signal: AbortSignal | undefined,
) => Promise<TaskResults[T['type']]>;

/** How many bytes a task has done when it is done. */
function bytesOf(task: LayerTask): number {
	if (task.type === 'compare') return task.pairs.bytes.reduce((sum, bytes) => sum + 2 * bytes, 0);
	return task.type === 'pass' ? task.bytes : task.location.bytes;
}

function startWorker(): Worker {
	// The worker's file has the ending of this one: in development the source runs as TypeScript.
	const file = new URL(`./layer-worker${import.meta.url.slice(-3)}`, import.meta.url);
	const worker = new Worker(file, { resourceLimits: WORKER_LIMITS });
	worker.setMaxListeners(0);
	return worker;
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
