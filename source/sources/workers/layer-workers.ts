import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { partBytes } from '../../tar/parts/split-point.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import type { LayerTask, TaskBatch, TaskResults } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';
import { startWorker } from './start-worker.ts';
import { type TaskSource, takeTasks } from './take-tasks.ts';
import { type BatchListener, claimTask, endClaims, newBatch, performBatchIn } from './task-batch.ts';

const MOST_THREADS = 4;
const WORTH_WORKERS_MICROSECONDS = 160_000;

export interface RunOptions<T extends LayerTask = LayerTask> {
	readonly signal: AbortSignal | undefined;
	/** Gets how many bytes of the task at `index` are done. */
	readonly onProgress?: (index: number, bytesDone: number) => void;
	/** Gets each result as soon as it is there; the next task begins when its promise is fulfilled. */
	readonly onResult?: (index: number, result: TaskResults[T['type']]) => Promise<void> | undefined;
	/** Puts what went wrong with the task at `index` into words. */
	readonly wordError?: (index: number, error: unknown) => unknown;
}

/** Tasks that workers have begun with. */
export interface RunningBatch<T extends LayerTask = LayerTask> {
	/** Lets the main thread take part; gives the results, in the order of the tasks. Throws what a task throws. To be called once. */
	finish(): Promise<readonly TaskResults[T['type']][]>;
}

/** Does tasks: on the main thread alone until `start` is called, from then on side by side with workers. To be closed at the end. */
export class LayerWorkers {
	readonly #workers: Worker[] = [];
	#early: Worker | null;

	/** `early` is a worker that was started before, for when one is wanted. */
	constructor(early: Worker | null = null) {
		this.#early = early;
	}

	/** How many tasks run side by side. */
	get width(): number {
		return this.#workers.length + 1;
	}

	/**
	 * Starts workers, so that with the main thread there is one a core and one a task, where all of it costs so much to read
	 * (`readingCost`, microseconds) that this is worth the 50 ms until they run.
	 */
	start({ tasks, cost }: { readonly tasks: number; readonly cost: number }): void {
		if (cost < WORTH_WORKERS_MICROSECONDS) return;
		const wanted = Math.min(availableParallelism(), MOST_THREADS, tasks) - 1;
		for (let count = this.#workers.length; count < wanted; count++)
			this.#add(this.#takeEarly() ?? startWorker());
	}

	#takeEarly(): Worker | null {
		const worker = this.#early;
		this.#early = null;
		return worker;
	}

	/** One that fails while it is idle is done without; an error in its work is thrown by the batch as well. */
	#add(worker: Worker): void {
		this.#workers.push(worker);
		worker.once('error', () => this.#workers.splice(this.#workers.indexOf(worker) >>> 0, 1));
	}

	/**
	 * Does tasks in the order given: each thread claims the next one when it has time, a worker as soon as it has started. The results are
	 * in the order of the tasks. Throws what a task throws.
	 */
	run<T extends LayerTask>(
		tasks: readonly T[],
		options: RunOptions<T>,
	): Promise<readonly TaskResults[T['type']][]> {
		return this.begin(tasks, options).finish();
	}

	/** The same, but the main thread has something else to do until `finish` is called. */
	begin<T extends LayerTask>(tasks: readonly T[], options: RunOptions<T>): RunningBatch<T> {
		if (tasks.length === 0) return { finish: async () => [] };
		const batch = newBatch(tasks);
		const results = new Results(tasks, options);
		const isStreamed = tasks.some(({ type }) => type === 'stream');
		const inWorkers = this.#workers.map((worker) =>
			isStreamed ? runOneByOne(worker, batch, results) : performBatchIn(worker, batch, results),
		);
		const inAll = (here: Promise<void>): Promise<unknown> => {
			const threads = Promise.all([...inWorkers, here]);
			threads.catch(() => endClaims(batch));
			return threads;
		};
		// An error before the main thread takes part is thrown then.
		inAll(Promise.resolve());
		const finish = async () => {
			// The main thread joins in once the present turn is over. A worker that has not started by the end is not waited for.
			const here = Promise.resolve().then(() => performHere(batch, results));
			await Promise.race([inAll(here), results.complete]);
			return results.all;
		};
		return { finish };
	}

	/** Lets all threads take tasks until none is left. Throws what a taken task throws on its end, and `interrupted`. */
	drain(source: TaskSource): Promise<void> {
		return takeTasks(this.#workers, source);
	}

	async close(): Promise<void> {
		const workers = [this.#takeEarly(), ...this.#workers.splice(0)];
		await Promise.all(workers.map((worker) => worker?.terminate()));
	}
}

/** What came of the tasks of a batch so far. */
class Results<T extends LayerTask> implements BatchListener {
	readonly all: TaskResults[T['type']][];
	/** Resolves when all are there. */
	readonly complete: Promise<void>;
	readonly signal: AbortSignal | undefined;
	readonly #tasks: readonly T[];
	readonly #options: RunOptions<T>;
	#missing: number;
	#onComplete = () => {};

	constructor(tasks: readonly T[], options: RunOptions<T>) {
		this.all = new Array(tasks.length);
		this.signal = options.signal;
		this.#tasks = tasks;
		this.#options = options;
		this.#missing = tasks.length;
		this.complete = new Promise((resolve) => {
			this.#onComplete = resolve;
		});
	}

	onProgress = (index: number, bytesDone: number): void => this.#options.onProgress?.(index, bytesDone);

	onResult = async (index: number, result: TaskResults[LayerTask['type']]): Promise<void> => {
		this.onProgress(index, bytesOf(this.#tasks[index]));
		this.all[index] = result as TaskResults[T['type']];
		await this.#options.onResult?.(index, this.all[index]);
		this.#missing -= 1;
		if (this.#missing === 0) this.#onComplete();
	};

	wordError = (index: number, error: unknown): unknown => this.#options.wordError?.(index, error) ?? error;
}

/** How many bytes a task has done when it is done; a comparison, which others do as well, tells itself how far it is. */
function bytesOf(task: LayerTask): number {
	if (task.type === 'compare') return 0;
	if (task.type === 'file-digests' || task.type === 'facts')
		return task.sizes.reduce((sum, bytes) => sum + bytes, 0);
	if (task.type === 'part') return partBytes(task.part, task.location.bytes);
	return task.type === 'stream' ? task.bytes : task.location.bytes;
}

async function performHere(batch: TaskBatch, listener: BatchListener): Promise<void> {
	const { signal, onProgress, onResult, wordError } = listener;
	// One slice for all: many small tasks take as long as a large one.
	const slice = new TimeSlice(signal);
	for (let index = claimTask(batch); index !== -1; index = claimTask(batch)) {
		throwIfInterrupted(signal);
		const performing = runLayerTask(batch.tasks[index], (bytesDone) => {
			if (!slice.isDue) return undefined;
			onProgress(index, bytesDone);
			return slice.yield();
		});
		const result = await performing.catch((error: unknown) => {
			throw wordError(index, error);
		});
		await onResult(index, result);
		await slice.yield();
	}
}

/** Gives a worker the tasks one by one: a stream has a port, which only one worker can hold. */
async function runOneByOne(worker: Worker, batch: TaskBatch, listener: BatchListener): Promise<void> {
	for (let index = claimTask(batch); index !== -1; index = claimTask(batch)) {
		throwIfInterrupted(listener.signal);
		await performBatchIn(worker, newBatch([batch.tasks[index]]), {
			signal: listener.signal,
			onProgress: (_, bytesDone) => listener.onProgress(index, bytesDone),
			onResult: (_, result) => listener.onResult(index, result),
			wordError: (_, error) => listener.wordError(index, error),
		});
	}
}
