import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../errors.ts';
import { TarError } from '../../tar/tar-error.ts';
import type { LayerTask, TaskBatch, TaskReply, TaskResults, WorkerReply } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';
import { claimTask, endClaims } from './task-batch.ts';

const PROGRESS_MILLISECONDS = 50;

parentPort?.on('message', doBatch);

async function doBatch(batch: TaskBatch): Promise<void> {
	for (let index = claimTask(batch); index !== -1; index = claimTask(batch)) {
		const reply = (message: TaskReply, transfer: ArrayBuffer[] = []) =>
			parentPort?.postMessage({ ...message, batch: batch.id, index } satisfies WorkerReply, transfer);
		try {
			await work(batch.tasks[index], reply);
		} catch (error) {
			endClaims(batch);
			reply(failureOf(error));
			return;
		}
	}
	parentPort?.postMessage({ type: 'done', batch: batch.id } satisfies WorkerReply);
}

async function work(
	task: LayerTask,
	reply: (message: TaskReply, transfer?: ArrayBuffer[]) => void,
): Promise<void> {
	let toldAt = performance.now();
	const result = await runLayerTask(task, (bytesDone) => {
		const now = performance.now();
		if (now - toldAt < PROGRESS_MILLISECONDS) return undefined;
		toldAt = now;
		reply({ type: 'progress', bytesDone });
		return undefined;
	});
	reply({ type: 'result', result }, buffersOf(result));
}

/** The columns of a changeset are handed over, not copied. */
function buffersOf(result: TaskResults[LayerTask['type']]): ArrayBuffer[] {
	if (typeof result !== 'object' || result === null) return [];
	if (result instanceof Uint8Array) return [result.buffer as ArrayBuffer];
	if (!('paths' in result || 'changeset' in result)) return [];
	const changeset = 'changeset' in result ? result.changeset : result;
	const columns = [
		changeset,
		changeset.paths,
		changeset.targets,
		changeset.attributes ?? {},
		changeset.sparse ?? {},
	].flatMap(Object.values);
	const buffers = columns.flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer] : []));
	return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}

function failureOf(error: unknown): TaskReply {
	if (error instanceof TarError) {
		const { kind, position, message, cause } = error;
		return {
			type: 'tar-error',
			kind,
			position,
			message,
			cause: cause === undefined ? null : messageOf(cause),
		};
	}
	const code = error instanceof Error && 'code' in error ? String(error.code) : null;
	return { type: 'error', message: messageOf(error), code };
}
