import type { Changeset } from '../../tar/changeset.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import type { ScannedPart } from '../../tar/parts/scan-part.ts';
import { partBytes } from '../../tar/parts/split-point.ts';
import { asFileError } from '../file-errors.ts';
import type { TakenTask } from '../workers/take-tasks.ts';
import { inReadingOrder, keyOf } from './blob-order.ts';
import { FileKeys } from './file-keys.ts';
import { LayerProgress } from './layer-progress.ts';
import { type KnownLayers, startThreads } from './layer-reading.ts';
import { isOfOneLayer, type LayerWatcher } from './layer-watcher.ts';
import { lowestFault } from './lowest-fault.ts';
import { BlobResults, type Job, jobsFor, type LayerBlob, wordError } from './read-blobs.ts';

export interface Watching {
	readonly watcher: LayerWatcher;
	/** Why blobs could not be opened, by their keys. */
	readonly faults: ReadonlyMap<string, unknown>;
}

export interface WatchedLayers {
	/** By the key of the blob; empty for one that could not be read. */
	readonly changesets: ReadonlyMap<string, Changeset>;
	/** The keys of the blobs that could not be read. */
	readonly unread: ReadonlySet<string>;
}

/** Reads blobs while somebody watches, and gives them with those that are known: the one that is wanted comes first. */
export async function readWatched(
	unknown: readonly LayerBlob[],
	given: KnownLayers,
	watching: Watching,
): Promise<WatchedLayers> {
	const { reading } = given;
	const watched = new WatchedBlobs(given, watching);
	const absent = await watched.takeKnown(unknown);
	const ordered = inReadingOrder(absent);
	startThreads(ordered, reading);
	const { workers, options } = reading;
	const queue = new JobQueue(await jobsFor(ordered, workers.width), watched);
	try {
		await workers.drain({ signal: options.signal, take: () => queue.take() });
	} catch (error) {
		const unread = absent.filter(({ key }) => !watched.changesets.has(key));
		throw await lowestFault(error, unread, options.signal);
	}
	return watched;
}

/** What came of the blobs so far. */
class WatchedBlobs implements WatchedLayers {
	readonly changesets: Map<string, Changeset>;
	readonly unread = new Set<string>();
	readonly #given: KnownLayers;
	readonly #watching: Watching;
	readonly #fileKeys = new FileKeys();
	/** Which layers each blob has. */
	readonly #layers = new Map<string, number[]>();
	/** The blob of each layer. */
	readonly #keys = new Map<number, string>();
	readonly #progress: LayerProgress;

	constructor(given: KnownLayers, watching: Watching) {
		const { layers, reading, known } = given;
		this.#given = given;
		this.#watching = watching;
		this.changesets = new Map(known);
		this.#progress = new LayerProgress(layers, reading.options);
		for (const [place, location] of layers.entries()) {
			const key = keyOf(location);
			const index = reading.layerIndices?.[place] ?? place;
			this.#keys.set(index, key);
			const indices = this.#layers.get(key) ?? [];
			indices.push(index);
			this.#layers.set(key, indices);
		}
	}

	/** Tells the watcher of what is known, and leaves out what cannot be read; gives what is left. */
	async takeKnown(unknown: readonly LayerBlob[]): Promise<readonly LayerBlob[]> {
		const { watcher, faults } = this.#watching;
		for (const [key, changeset] of this.#given.known) await this.#read(key, changeset);
		for (const [key, fault] of faults) this.fail(key, fault);
		const absent: LayerBlob[] = [];
		for (const blob of unknown) {
			const changeset = watcher.memory.get(this.#memoryKey(blob));
			if (changeset !== undefined) await this.#read(blob.key, changeset);
			else if (watcher.isLeftOut(this.layersOf(blob))) this.#leaveOut(blob.key);
			else absent.push(blob);
		}
		return absent;
	}

	layersOf({ key }: Pick<LayerBlob, 'key'>): readonly number[] {
		return this.#layers.get(key) ?? [];
	}

	/** The blob to be read next, where it is not read yet. */
	get wantedKey(): string | undefined {
		return this.#keys.get(this.#watching.watcher.wanted());
	}

	show(blob: LayerBlob, bytesDone: number): void {
		this.#progress.set(blob.task.location, bytesDone);
		this.#watching.watcher.onProgress(this.layersOf(blob), bytesDone);
	}

	async finish(blob: LayerBlob, changeset: Changeset): Promise<void> {
		this.#watching.watcher.memory.set(this.#memoryKey(blob), changeset);
		await this.#read(blob.key, changeset);
	}

	/** Leaves a blob out that cannot be read. Throws where that ends the reading. */
	fail(key: string, error: unknown): void {
		const { watcher } = this.#watching;
		const worded = asFileError(error, this.#given.reading.label);
		if (!watcher.isForgiving || !isOfOneLayer(worded)) throw worded;
		this.#leaveOut(key);
		watcher.onFailed(this.layersOf({ key }), worded);
	}

	async #read(key: string, changeset: Changeset): Promise<void> {
		this.changesets.set(key, changeset);
		await this.#watching.watcher.onRead(this.layersOf({ key }), changeset);
	}

	#leaveOut(key: string): void {
		this.unread.add(key);
		this.changesets.set(key, emptyChangeset());
	}

	/** A file that changes is another one. */
	#memoryKey({ task: { location } }: LayerBlob): string {
		return this.#fileKeys.keyOf(location);
	}
}

/** A task with its place among the tasks for all blobs; null for one that reads a blob once more, as a whole. */
interface QueuedJob extends Job {
	readonly place: number | null;
}

/** The tasks that no thread has taken yet. */
class JobQueue {
	readonly #watched: WatchedBlobs;
	readonly #results: BlobResults;
	/** By the key of the blob, in the order of reading. */
	readonly #waiting = new Map<string, QueuedJob[]>();

	constructor(jobs: readonly Job[], watched: WatchedBlobs) {
		this.#watched = watched;
		this.#results = new BlobResults(jobs);
		for (const [place, job] of jobs.entries()) this.#add({ ...job, place });
	}

	take(): TakenTask | null {
		const job = this.#next();
		if (job === null) return null;
		const { blob, task, place } = job;
		const show = (bytesDone: number): void =>
			this.#watched.show(blob, place === null ? bytesDone : this.#results.progressOf(place, bytesDone));
		show(0);
		return {
			task,
			onProgress: show,
			onResult: async (result) => {
				show(task.type === 'part' ? partBytes(task.part, task.location.bytes) : task.location.bytes);
				await this.#finish(job, result as Changeset | ScannedPart | null);
			},
			onFailure: async (error) => {
				this.#waiting.delete(blob.key);
				if (!this.#watched.unread.has(blob.key)) this.#watched.fail(blob.key, wordError(error, blob));
			},
		};
	}

	#next(): QueuedJob | null {
		const wanted = this.#watched.wantedKey;
		const [first] = this.#waiting.keys();
		const key = wanted !== undefined && this.#waiting.has(wanted) ? wanted : first;
		const jobs = key === undefined ? [] : (this.#waiting.get(key) ?? []);
		const job = jobs.shift() ?? null;
		if (key !== undefined && jobs.length === 0) this.#waiting.delete(key);
		return job;
	}

	#add(job: QueuedJob): void {
		const jobs = this.#waiting.get(job.blob.key) ?? [];
		jobs.push(job);
		this.#waiting.set(job.blob.key, jobs);
	}

	async #finish({ blob, place }: QueuedJob, result: Changeset | ScannedPart | null): Promise<void> {
		// Another part of it could not be read.
		if (this.#watched.unread.has(blob.key)) return;
		const changeset = place === null ? (result as Changeset) : this.#results.take(place, result);
		if (changeset !== null) await this.#watched.finish(blob, changeset);
		// Parts that do not make a whole are read once more.
		else if (place !== null && this.#results.isDone(place)) this.#add({ blob, task: blob.task, place: null });
	}
}
