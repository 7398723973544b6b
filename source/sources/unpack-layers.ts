import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FathomError, messageOf } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { Compression } from '../tar/compression.ts';
import { TarFault } from '../tar/tar-fault.ts';
import { Breather, throwIfInterrupted } from './breathe.ts';
import type { LayerProgress } from './layer-progress.ts';
import { type BlobLocation, withRange } from './located-blobs.ts';
import { locateFault, scanUnpacked } from './scan-layer.ts';

export interface PackedLayer {
	readonly location: BlobLocation;
	readonly compression: Compression;
	/** `app.tar: layer 3`, for errors. */
	readonly where: string;
}

export interface UnpackOptions {
	readonly progress: LayerProgress;
	readonly signal: AbortSignal | undefined;
	readonly largestVerifiedBytes: number;
}

/** What a worker is asked to do. */
export interface UnpackTask {
	readonly location: BlobLocation;
	readonly compression: Compression;
	readonly largestVerifiedBytes: number;
}

/** What a worker says. */
export type UnpackReply =
	| { readonly type: 'progress'; readonly bytesDone: number }
	| { readonly type: 'changeset'; readonly changeset: Changeset }
	| {
			readonly type: 'fault';
			readonly kind: TarFault['kind'];
			readonly position: number;
			readonly message: string;
	  }
	| { readonly type: 'error'; readonly message: string };

/** Below this many stored bytes a worker takes longer to start than the work takes. */
const WORTH_A_WORKER_BYTES = 4 * 1024 * 1024;
const MOST_WORKERS = 4;

/** Unpacks and scans layers side by side, the largest first, as it decides how long all take. The result is in the order given. */
export async function unpackLayers(
	layers: readonly PackedLayer[],
	options: UnpackOptions,
): Promise<readonly Changeset[]> {
	const changesets: Changeset[] = new Array(layers.length);
	const queue = [...layers.keys()].sort(
		(left, right) => layers[right].location.bytes - layers[left].location.bytes,
	);
	const totalBytes = layers.reduce((sum, { location }) => sum + location.bytes, 0);
	const count = Math.min(availableParallelism(), MOST_WORKERS, layers.length);
	if (totalBytes < WORTH_A_WORKER_BYTES) {
		for (const index of queue) changesets[index] = await unpackHere(layers[index], options);
		return changesets;
	}
	const workers: UnpackWorker[] = [];
	try {
		const work = async (worker: UnpackWorker): Promise<void> => {
			for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
				changesets[index] = await worker.unpack(layers[index], options);
			}
		};
		for (let number = 0; number < count; number++) workers.push(new UnpackWorker());
		await Promise.all(workers.map(work));
	} finally {
		await Promise.all(workers.map((worker) => worker.close()));
	}
	return changesets;
}

async function unpackHere(
	{ location, compression, where }: PackedLayer,
	options: UnpackOptions,
): Promise<Changeset> {
	const breather = new Breather(options.signal, () => options.progress.report());
	const afterChunk = (bytes: number): Promise<void> => {
		options.progress.set(location, bytes);
		return breather.breathe();
	};
	const { largestVerifiedBytes } = options;
	try {
		const changeset = await withRange(location, (range) =>
			scanUnpacked(range, { compression, largestVerifiedBytes, afterChunk }),
		);
		options.progress.done(location);
		return changeset;
	} catch (error) {
		throw locateFault(error, where);
	}
}

class UnpackWorker {
	// The file has the ending of this one: source runs as TypeScript in development.
	readonly #worker = new Worker(new URL(`./unpack-worker${import.meta.url.slice(-3)}`, import.meta.url));

	unpack({ location, compression, where }: PackedLayer, options: UnpackOptions): Promise<Changeset> {
		const { progress, signal, largestVerifiedBytes } = options;
		throwIfInterrupted(signal);
		return new Promise<Changeset>((resolve, reject) => {
			const onAbort = (): void => reject(new FathomError({ code: 'interrupted', message: 'Interrupted.' }));
			const onReply = (reply: UnpackReply): void => {
				if (reply.type === 'progress') {
					progress.set(location, reply.bytesDone);
					progress.report();
				} else if (reply.type === 'changeset') {
					progress.done(location);
					resolve(reply.changeset);
				} else reject(failureOf(reply, where));
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			this.#worker.removeAllListeners();
			this.#worker.on('message', onReply);
			this.#worker.on('error', (error) => reject(error));
			this.#worker.postMessage({ location, compression, largestVerifiedBytes } satisfies UnpackTask);
		});
	}

	async close(): Promise<void> {
		await this.#worker.terminate();
	}
}

function failureOf(reply: Extract<UnpackReply, { type: 'fault' | 'error' }>, where: string): unknown {
	if (reply.type === 'fault')
		return locateFault(new TarFault(reply.kind, reply.position, reply.message), where);
	return new FathomError({
		code: 'unreadable',
		message: `${where}: cannot be read (${messageOf(reply.message)}).`,
	});
}
