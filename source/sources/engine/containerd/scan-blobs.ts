import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import type { Changeset } from '../../../tar/changeset.ts';
import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { HashOptions } from '../../../tar/scan-stream.ts';
import type { ReadOptions } from '../../image-source.ts';
import { asLayerError } from '../../layer-error.ts';
import { readingCost } from '../../layers/reading-cost.ts';
import type { StreamTask } from '../../workers/layer-task.ts';
import type { LayerWorkers } from '../../workers/layer-workers.ts';
import { ChunkSender } from '../../workers/streamed-chunks.ts';

/** The blob of one layer, which the engine sends by itself. */
export interface EngineBlob {
	/** Its name in errors. */
	readonly where: string;
	/** As stored. */
	readonly bytes: number;
	readonly open: (signal: AbortSignal) => Chunks;
}

export interface BlobScan {
	readonly hash: HashOptions;
	readonly workers: LayerWorkers;
	readonly options: ReadOptions;
	/** Called with the number of stored bytes of the blob at `index` that have been read. */
	readonly onProgress: (index: number, bytesDone: number) => void;
}

/** Decompresses and scans blobs in parallel as they arrive, the largest first. Throws what opening one throws, and `FathomError`. */
export async function scanBlobs(blobs: readonly EngineBlob[], scan: BlobScan): Promise<readonly Changeset[]> {
	const { workers, options } = scan;
	const order = [...blobs.keys()].sort((left, right) => blobs[right].bytes - blobs[left].bytes);
	const packedBytes = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
	workers.start({ tasks: blobs.length, cost: readingCost(packedBytes, true) });
	const streamed = order.map((index) => new StreamedBlob(blobs[index], scan.hash));
	try {
		const reading = workers.run(
			streamed.map(({ task }) => task),
			{
				signal: options.signal,
				onProgress: (turn, bytesDone) => scan.onProgress(order[turn], bytesDone),
				// Why a blob did not arrive says more than that its reader got none.
				wordError: (turn, error) => streamed[turn].failure ?? asLayerError(error, blobs[order[turn]].where),
			},
		);
		const [read] = await Promise.all([reading, sendInOrder(streamed)]);
		return blobs.map((_, index) => read[order.indexOf(index)]);
	} finally {
		for (const blob of streamed) blob.stop();
	}
}

/** Sends the blobs in the order in which they are read, so that every reader gets its blob at once. */
async function sendInOrder(streamed: readonly StreamedBlob[]): Promise<void> {
	const queue = [...streamed];
	const drain = async (): Promise<void> => {
		for (let blob = queue.shift(); blob !== undefined; blob = queue.shift()) await blob.send();
	};
	await Promise.all(Array.from({ length: availableParallelism() + 1 }, drain));
}

/** A blob on its way to the thread that reads it. */
export class StreamedBlob {
	/** The task for that thread. */
	readonly task: StreamTask;
	/** Why it did not arrive; null while it does. */
	failure: unknown = null;
	readonly #blob: EngineBlob;
	readonly #sender: ChunkSender;
	readonly #transfer = new AbortController();

	constructor(blob: EngineBlob, hash: HashOptions) {
		const { port1, port2 } = new MessageChannel();
		this.#blob = blob;
		this.#sender = new ChunkSender(port1);
		this.task = { type: 'stream', port: port2, bytes: blob.bytes, hashing: hash };
	}

	/** Throws why the blob did not arrive. */
	async send(): Promise<void> {
		try {
			for await (const chunk of this.#blob.open(this.#transfer.signal)) await this.#sender.write(chunk);
			this.#sender.end();
		} catch (error) {
			if (this.#transfer.signal.aborted) return;
			this.failure = error;
			this.#sender.close();
			throw error;
		}
	}

	/** Ends the transfer, if it still runs, and the channel. */
	stop(): void {
		this.#transfer.abort();
		this.#sender.close();
	}
}
