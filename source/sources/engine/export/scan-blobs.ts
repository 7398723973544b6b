import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import type { Changeset } from '../../../tar/changeset.ts';
import type { HashOptions } from '../../../tar/scan-stream.ts';
import type { Chunks } from '../../../tar/unpack.ts';
import type { OpenOptions } from '../../image-source.ts';
import { asLayerError } from '../../layer-error.ts';
import { readingCost } from '../../layers/reading-cost.ts';
import type { StreamTask } from '../../workers/layer-task.ts';
import type { LayerWorkers } from '../../workers/layer-workers.ts';
import { ChunkSender } from '../../workers/streamed-chunks.ts';

/** A layer's blob that an engine gives out by itself. */
export interface EngineBlob {
	/** What to call it in errors. */
	readonly where: string;
	/** As stored. */
	readonly bytes: number;
	readonly open: (signal: AbortSignal) => Chunks;
}

export interface BlobScan {
	readonly pass: HashOptions;
	readonly workers: LayerWorkers;
	readonly options: OpenOptions;
	/** Told how many stored bytes of the blob at `index` are read. */
	readonly onProgress: (index: number, bytesDone: number) => void;
}

/** Unpacks and scans blobs side by side as they come, the largest first. Throws what opening throws, and `FathomError`. */
export async function scanBlobs(blobs: readonly EngineBlob[], scan: BlobScan): Promise<readonly Changeset[]> {
	const { workers, options } = scan;
	const order = [...blobs.keys()].sort((left, right) => blobs[right].bytes - blobs[left].bytes);
	const packedBytes = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
	workers.start({ tasks: blobs.length, cost: readingCost(packedBytes, true) });
	const fed = order.map((index) => new StreamedBlob(blobs[index], scan.pass));
	try {
		const reading = workers.run(
			fed.map(({ task }) => task),
			{
				signal: options.signal,
				onProgress: (place, bytesDone) => scan.onProgress(order[place], bytesDone),
				// Why the blob did not come says more than that it did not.
				wordError: (place, error) => fed[place].failure ?? asLayerError(error, blobs[order[place]].where),
			},
		);
		const [read] = await Promise.all([reading, feedInTurn(fed)]);
		return blobs.map((_, index) => read[order.indexOf(index)]);
	} finally {
		for (const blob of fed) blob.stop();
	}
}

/** In the order in which they are read, so that whoever reads never waits for one whose turn has not come. */
async function feedInTurn(fed: readonly StreamedBlob[]): Promise<void> {
	const queue = [...fed];
	const drain = async (): Promise<void> => {
		for (let blob = queue.shift(); blob !== undefined; blob = queue.shift()) await blob.feed();
	};
	await Promise.all(Array.from({ length: availableParallelism() + 1 }, drain));
}

/** A blob on its way to whoever reads it. */
class StreamedBlob {
	/** For the one who reads. */
	readonly task: StreamTask;
	/** Why it did not come; null while it does. */
	failure: unknown = null;
	readonly #blob: EngineBlob;
	readonly #feeder: ChunkSender;
	readonly #transfer = new AbortController();

	constructor(blob: EngineBlob, pass: HashOptions) {
		const { port1, port2 } = new MessageChannel();
		this.#blob = blob;
		this.#feeder = new ChunkSender(port1);
		this.task = { type: 'pass', port: port2, bytes: blob.bytes, pass };
	}

	async feed(): Promise<void> {
		try {
			for await (const chunk of this.#blob.open(this.#transfer.signal)) await this.#feeder.write(chunk);
			this.#feeder.end();
		} catch (error) {
			if (this.#transfer.signal.aborted) return;
			this.failure = error;
			this.#feeder.close();
			throw error;
		}
	}

	/** Ends the transfer, if it has not ended, and the channel. */
	stop(): void {
		this.#transfer.abort();
		this.#feeder.close();
	}
}
