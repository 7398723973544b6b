import { Readable } from 'node:stream';
import { noCache, readingAll } from '../cache/layer-cache.ts';
import type { Host } from '../sources/host.ts';
import type { Access, ImageChoice, SourceInput } from '../sources/image-source.ts';
import { throwIfInterrupted } from '../sources/time-slice.ts';
import { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { ImageSession } from './image-session.ts';
import { readAndStack } from './read-and-stack.ts';
import type { SessionOptions } from './session-options.ts';
import { type Stage, StageSequence } from './stages.ts';

/** An image that is being opened. */
export interface ImageOpening {
	/** For one reader. Throws `FathomError`. */
	readonly stages: AsyncIterable<Stage>;
	/** Throws `FathomError`. */
	readonly complete: Promise<ImageSession>;
	/** Stops reading, so that `complete` rejects with `interrupted`, or closes the session. */
	close(): Promise<void>;
}

/** Begins to read an image, stack its layers and work out its figures. */
export function openImage(choice: ImageChoice, options: SessionOptions): ImageOpening {
	const stop = new AbortController();
	const stages = new StageSequence();
	const input = sourceInput(choice, options);
	const { signal } = stop;
	const complete = readAndStack(input, { ...options, choice, stages, signal }).then(async (session) => {
		// It was closed while it was being opened, so nobody else closes the session.
		if (signal.aborted) await session.close();
		throwIfInterrupted(signal);
		stages.set({ kind: 'complete', session });
		return session;
	});
	complete.catch(async (error: unknown) => {
		await input.workers.close();
		stages.fail(error);
	});
	const close = async (): Promise<void> => {
		stop.abort();
		const { latest } = stages;
		await (latest.kind === 'complete' ? latest.session : input.workers).close();
	};
	return { stages, complete, close };
}

function sourceInput(choice: ImageChoice, options: SessionOptions): SourceInput {
	const { stdin = Readable.from([]), cache = noCache(), host = nobody, access = nothing } = options;
	return {
		...choice,
		name: choice.reference,
		stdin,
		workers: new LayerWorkers(options.earlyWorker),
		cache: options.verify ? readingAll(cache) : cache,
		host,
		access,
	};
}

const nobody: Host = { environment: {}, homeFolder: '/', currentFolder: '.', system: 'linux', userId: null };
const nothing: Access = { username: null, password: null, insecure: false, namespace: null };
