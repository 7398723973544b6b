import { Readable } from 'node:stream';
import { noCache, readingAll } from '../cache/layer-cache.ts';
import { FathomError } from '../errors.ts';
import type { Host } from '../sources/host.ts';
import type { Access, ImageChoice, SourceInput } from '../sources/image-source.ts';
import { throwIfInterrupted } from '../sources/time-slice.ts';
import { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { ImageSession } from './image-session.ts';
import { readAndStack, StillUnread } from './read-and-stack.ts';
import type { SessionOptions } from './session-options.ts';
import { type Stage, StageSequence } from './stages.ts';
import { LayerWatch } from './watching/layer-watch.ts';

/** An image that is being opened. */
export interface ImageOpening {
	/** For one reader. Throws `FathomError`. */
	readonly stages: AsyncIterable<Stage>;
	/** Throws `FathomError`. */
	readonly complete: Promise<ImageSession>;
	/** Has a layer, 0-based, read before the others, where somebody watches. */
	want(layer: number): void;
	/** Reads a layer, 0-based, again that could not be read; another complete stage follows once it can. */
	readAgain(layer: number): void;
	/** Stops reading, so that `complete` rejects with `interrupted`, or closes the session. */
	close(): Promise<void>;
}

/** Begins to read an image, stack its layers and work out its figures. */
export function openImage(choice: ImageChoice, options: SessionOptions): ImageOpening {
	const stages = new StageSequence();
	const stop = new AbortController();
	const { signal } = stop;
	const watch = watchOf(choice, options, { stages, signal });
	const input = sourceInput(choice, options);
	const again = watch && new SecondAttempts({ choice, options, stages, signal, watch });
	const opening = { ...options, stages, signal, watch, again: null };
	const complete = readAndStack(input, opening).then(async (session) => {
		// It was closed while it was being opened, so nobody else closes the session.
		if (signal.aborted) await session.close();
		throwIfInterrupted(signal);
		stages.set({ kind: 'complete', session, layers: watch?.layers ?? [] });
		return session;
	});
	complete.catch(async (error: unknown) => {
		await input.workers.close();
		stages.fail(error);
	});
	const close = async (): Promise<void> => {
		stop.abort();
		watch?.close();
		stages.end();
		await again?.close();
		const { latest } = stages;
		await (latest.kind === 'complete' ? latest.session : input.workers).close();
	};
	return {
		stages,
		complete,
		want: (layer) => watch?.want(layer),
		readAgain: (layer) => again?.begin(layer),
		close,
	};
}

interface Watching {
	readonly stages: StageSequence;
	readonly signal: AbortSignal;
}

function watchOf(
	{ reference }: ImageChoice,
	{ watched = null }: SessionOptions,
	{ stages, signal }: Watching,
): LayerWatch | null {
	if (watched === null) return null;
	return new LayerWatch({
		reference,
		...watched,
		signal,
		listener: {
			onLayers: (layers) => stages.set({ ...stages.latest, layers }),
			onView: (shown, layers) => {
				const { latest } = stages;
				if (latest.kind === 'reading') stages.set({ ...latest, shown, layers });
			},
		},
	});
}

interface AttemptsInput extends Watching {
	readonly choice: ImageChoice;
	readonly options: SessionOptions;
	readonly watch: LayerWatch;
}

/** Reads layers once more that could not be read, one after the other. */
class SecondAttempts {
	readonly #input: AttemptsInput;
	#last: Promise<void> = Promise.resolve();
	/** The session before the one that is shown: something may still be read of it. */
	#before: ImageSession | null = null;

	constructor(input: AttemptsInput) {
		this.#input = input;
	}

	begin(layer: number): void {
		const { watch, stages } = this.#input;
		if (stages.latest.kind !== 'complete' || !watch.failed.includes(layer)) return;
		watch.tryAgain(layer);
		this.#last = this.#last.then(() => this.#try(layer)).catch((error: unknown) => stages.fail(error));
	}

	async close(): Promise<void> {
		await this.#last;
		await this.#before?.close();
	}

	async #try(layer: number): Promise<void> {
		const { choice, options, stages, signal, watch } = this.#input;
		const { latest } = stages;
		if (signal.aborted || latest.kind !== 'complete') return;
		const input = sourceInput(choice, { ...options, earlyWorker: null });
		try {
			const session = await readAndStack(input, { ...options, stages, signal, watch, again: layer });
			stages.set({ kind: 'complete', session, layers: watch.layers });
			await this.#before?.close();
			this.#before = latest.session;
		} catch (error) {
			await input.workers.close();
			if (signal.aborted) return;
			if (!(error instanceof StillUnread)) {
				if (!(error instanceof FathomError)) throw error;
				watch.onFailed([layer], error);
			}
			watch.tellLayers();
		}
	}
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
