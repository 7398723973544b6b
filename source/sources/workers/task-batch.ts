import type { Worker } from 'node:worker_threads';
import { FathomError } from '../../errors.ts';
import { TarError } from '../../tar/tar-error.ts';
import type { LayerTask, TaskBatch, TaskResults, WorkerReply } from './layer-task.ts';

/** Gets what happens to a batch. Tasks are named by their positions in it. */
export interface BatchListener {
	readonly signal: AbortSignal | undefined;
	readonly onProgress: (index: number, bytesDone: number) => void;
	/** A failure of what it gives back is one of the batch. */
	readonly onResult: (index: number, result: TaskResults[LayerTask['type']]) => Promise<void>;
	/** What goes wrong with a task, as it is to be thrown. */
	readonly wordError: (index: number, error: unknown) => unknown;
}

let batchCount = 0;

/** Tasks for several threads: each claims the next one when it has time. */
export function newBatch(tasks: readonly LayerTask[]): TaskBatch {
	batchCount += 1;
	return { id: batchCount, tasks, claimed: new Int32Array(new SharedArrayBuffer(4)) };
}

/** The next task that nobody has claimed, or -1. */
export function claimTask({ tasks, claimed }: TaskBatch): number {
	const index = Atomics.add(claimed, 0, 1);
	return index < tasks.length ? index : -1;
}

/** Lets nobody claim another task. */
export function endClaims({ tasks, claimed }: TaskBatch): void {
	Atomics.store(claimed, 0, tasks.length);
}

/** Lets a worker do what it can claim of a batch; resolves when it finds nothing more to claim. Throws what a task throws. */
export function performBatchIn(worker: Worker, batch: TaskBatch, listener: BatchListener): Promise<void> {
	const { signal, onProgress, onResult, wordError } = listener;
	return new Promise((resolve, reject) => {
		const results: Promise<void>[] = [];
		const end = (finish: () => void): void => {
			worker.off('message', onReply);
			worker.off('error', onError);
			signal?.removeEventListener('abort', onAbort);
			finish();
		};
		const onAbort = (): void =>
			end(() => reject(new FathomError({ code: 'interrupted', message: 'Interrupted.' })));
		const onError = (error: unknown): void => end(() => reject(error));
		const take: BatchListener['onResult'] = (index, result) =>
			onResult(index, result).catch((error: unknown) => end(() => reject(error)));
		const onReply = (reply: WorkerReply): void => {
			if (reply.batch !== batch.id) return;
			if (reply.type === 'progress') onProgress(reply.index, reply.bytesDone);
			else if (reply.type === 'result') results.push(take(reply.index, reply.result));
			else if (reply.type === 'done') end(() => Promise.all(results).then(() => resolve()));
			else end(() => reject(wordError(reply.index, failureOf(reply))));
		};
		signal?.addEventListener('abort', onAbort, { once: true });
		worker.on('message', onReply);
		worker.on('error', onError);
		const ports = batch.tasks.flatMap((task) => (task.type === 'stream' ? [task.port] : []));
		worker.postMessage(batch, ports);
	});
}

function failureOf(reply: Extract<WorkerReply, { type: 'tar-error' | 'error' }>): Error {
	if (reply.type === 'tar-error') {
		const { kind, position, message, cause } = reply;
		return new TarError(kind, position, message, cause === null ? undefined : new Error(cause));
	}
	const { message, code } = reply;
	return Object.assign(new Error(message), code !== null && { code });
}
