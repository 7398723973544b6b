import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { TarFault } from '../tar/tar-fault.ts';
import type { LayerTask, TaskResults, WorkerReply } from './layer-task.ts';
import { runLayerTask } from './run-layer-task.ts';

const PROGRESS_MILLISECONDS = 50;

parentPort?.on('message', (task: LayerTask) => {
	work(task).catch((error: unknown) => reply(failureOf(error)));
});
reply({ type: 'ready' });

async function work(task: LayerTask): Promise<void> {
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
	const changeset = 'changeset' in result ? result.changeset : result;
	const columns = [changeset, changeset.paths, changeset.targets].flatMap(Object.values);
	const buffers = columns.flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer] : []));
	return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}

function failureOf(error: unknown): WorkerReply {
	if (error instanceof TarFault) {
		const { kind, position, message, cause } = error;
		return { type: 'fault', kind, position, message, cause: cause === undefined ? null : messageOf(cause) };
	}
	const code = error instanceof Error && 'code' in error ? String(error.code) : null;
	return { type: 'error', message: messageOf(error), code };
}

function reply(message: WorkerReply, transfer: ArrayBuffer[] = []): void {
	parentPort?.postMessage(message, transfer);
}
