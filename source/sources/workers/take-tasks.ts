import type { Worker } from 'node:worker_threads';
import { FathomError } from '../../errors.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import type { LayerTask, TaskResults } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';
import { newBatch, performBatchIn } from './task-batch.ts';

/** Tasks that threads take one by one, in an order that may change at any time. */
export interface TaskSource {
	readonly signal: AbortSignal | undefined;
	/** The task to begin with next; null where none is left for now. Whoever ends a task asks again. */
	readonly take: () => TakenTask | null;
}

/** A task that a thread has taken. What the last two throw ends all. */
export interface TakenTask {
	readonly task: LayerTask;
	readonly onProgress: (bytesDone: number) => void;
	readonly onResult: (result: TaskResults[LayerTask['type']]) => Promise<void>;
	readonly onFailure: (error: unknown) => Promise<void>;
}

/**
 * Lets this thread and workers take tasks until none is left and all are done. A worker takes part as soon as it has started; one that has not
 * started by the end is not waited for. Throws what a taken task throws on its end, and `interrupted`.
 */
export async function takeTasks(workers: readonly Worker[], { signal, take }: TaskSource): Promise<void> {
	let isOver = false;
	const next = () => (isOver ? null : take());
	const failed = Promise.withResolvers<never>();
	failed.promise.catch(() => {});
	const begun: Promise<void>[] = [];
	for (const worker of workers) {
		hasStarted(worker, signal).then(
			() => {
				const taking = takeIn(worker, { signal, take: next });
				taking.catch(failed.reject);
				begun.push(taking);
			},
			// One that fails while it is idle is done without.
			() => {},
		);
	}
	try {
		await Promise.race([takeHere({ signal, take: next }), failed.promise]);
		await Promise.race([Promise.all(begun), failed.promise]);
	} finally {
		isOver = true;
	}
}

/** Resolves once a worker has answered. */
function hasStarted(worker: Worker, signal: AbortSignal | undefined): Promise<void> {
	return performBatchIn(worker, newBatch([]), {
		signal,
		onProgress: () => {},
		onResult: async () => {},
		wordError: (_, error) => error,
	});
}

async function takeHere({ signal, take }: TaskSource): Promise<void> {
	const slice = new TimeSlice(signal);
	for (let taken = take(); taken !== null; taken = take()) {
		throwIfInterrupted(signal);
		const { task, onProgress } = taken;
		const performing = runLayerTask(task, (bytesDone) => {
			if (!slice.isDue) return undefined;
			onProgress(bytesDone);
			return slice.yield();
		});
		await endTask(taken, performing);
		await slice.yield();
	}
}

async function takeIn(worker: Worker, { signal, take }: TaskSource): Promise<void> {
	for (let taken = take(); taken !== null; taken = take()) {
		throwIfInterrupted(signal);
		await endTask(taken, performIn(worker, taken, signal));
	}
}

async function performIn(
	worker: Worker,
	{ task, onProgress }: TakenTask,
	signal: AbortSignal | undefined,
): Promise<TaskResults[LayerTask['type']]> {
	let found: TaskResults[LayerTask['type']];
	await performBatchIn(worker, newBatch([task]), {
		signal,
		onProgress: (_, bytesDone) => onProgress(bytesDone),
		onResult: async (_, result) => {
			found = result;
		},
		wordError: (_, error) => error,
	});
	return found;
}

async function endTask(
	{ onResult, onFailure }: TakenTask,
	performing: Promise<TaskResults[LayerTask['type']]>,
): Promise<void> {
	const ended = await performing.then(
		(result) => ({ isDone: true, result }) as const,
		(error: unknown) => ({ isDone: false, error }) as const,
	);
	if (ended.isDone) return onResult(ended.result);
	if (ended.error instanceof FathomError && ended.error.code === 'interrupted') throw ended.error;
	return onFailure(ended.error);
}
