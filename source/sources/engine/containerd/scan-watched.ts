import type { Changeset } from '../../../tar/changeset.ts';
import { asLayerError } from '../../layer-error.ts';
import { readingCost } from '../../layers/reading-cost.ts';
import type { TakenTask } from '../../workers/take-tasks.ts';
import { type BlobScan, type EngineBlob, StreamedBlob } from './scan-blobs.ts';

export interface WatchedScan extends BlobScan {
	/** Which of the blobs to read next, by its place in the list; null for none in particular. It may change at any time. */
	readonly wanted: () => number | null;
	/** Gets the changeset of the blob at `index`. */
	readonly onRead: (index: number, changeset: Changeset) => Promise<void>;
	/** Gets why the blob at `index` could not be read. What it throws ends the reading. */
	readonly onFailed: (index: number, error: unknown) => void;
}

/** Scans blobs as they arrive while somebody watches: the one that is wanted first, then the largest. */
export async function scanWatched(blobs: readonly EngineBlob[], scan: WatchedScan): Promise<void> {
	const { workers, options } = scan;
	const waiting = new Set([...blobs.keys()].sort((left, right) => blobs[right].bytes - blobs[left].bytes));
	const begun = new Set<StreamedBlob>();
	const packedBytes = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
	workers.start({ tasks: blobs.length, cost: readingCost(packedBytes, true) });
	const take = (): TakenTask | null => {
		const index = next(waiting, scan.wanted());
		if (index === null) return null;
		waiting.delete(index);
		const blob = new StreamedBlob(blobs[index], scan.hash);
		begun.add(blob);
		// Who reads it gets to know, and says why it did not arrive.
		blob.send().catch(() => {});
		return taskOf(index, { blob, where: blobs[index].where }, scan);
	};
	try {
		await workers.drain({ signal: options.signal, take });
	} finally {
		for (const blob of begun) blob.stop();
	}
}

function next(waiting: ReadonlySet<number>, wanted: number | null): number | null {
	if (wanted !== null && waiting.has(wanted)) return wanted;
	const [first] = waiting;
	return first ?? null;
}

interface TakenBlob {
	readonly blob: StreamedBlob;
	readonly where: string;
}

function taskOf(index: number, { blob, where }: TakenBlob, scan: WatchedScan): TakenTask {
	const { task } = blob;
	scan.onProgress(index, 0);
	return {
		task,
		onProgress: (bytesDone) => scan.onProgress(index, bytesDone),
		onResult: async (changeset) => {
			scan.onProgress(index, task.bytes);
			await scan.onRead(index, changeset as Changeset);
		},
		onFailure: async (error) => {
			blob.stop();
			scan.onFailed(index, blob.failure ?? asLayerError(error, where));
		},
	};
}
