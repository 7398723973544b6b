import type { Changeset } from '../../tar/changeset.ts';
import type { ScannedPart } from '../../tar/parts/scan-part.ts';
import type { ReadOptions } from '../image-source.ts';
import { asErrorOfLayer } from '../layer-error.ts';
import type { PartTask, ScanTask } from '../workers/layer-task.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { changesetOf, mostPartsOf, tasksFor } from './layer-parts.ts';
import { LayerProgress } from './layer-progress.ts';
import { readingCost } from './reading-cost.ts';

/** A part of this many packed bytes takes a tenth of a second, and each split point costs some hundredths. */
const LEAST_PART_BYTES = 32 * 1024 * 1024;
/** By how much of its share a blob may exceed it and is not cut. */
const TOLERANCE = 0.1;

/** A blob, and which layer it is first. */
export interface LayerBlob {
	readonly key: string;
	readonly task: ScanTask;
	readonly where: string;
	/** As the config states it; null where that is not known. */
	readonly diffId: string | null;
	readonly mediaType: string | null;
}

export function wordError(error: unknown, { where, mediaType }: LayerBlob): unknown {
	return asErrorOfLayer(error, where, mediaType);
}

export interface BlobReading {
	readonly workers: LayerWorkers;
	readonly options: Pick<ReadOptions, 'signal' | 'onProgress'>;
	/** Gets each changeset as soon as it is there; the next task begins when its promise is fulfilled. */
	readonly onRead: (blob: LayerBlob, changeset: Changeset) => Promise<void> | undefined;
}

/** A task for all of a blob or for a part of it. */
export interface Job {
	readonly blob: LayerBlob;
	readonly task: ScanTask | PartTask;
}

/**
 * Reads blobs in the order given. Those that take longer than their share of all are cut into parts, which several threads read side by
 * side. Throws `FathomError`.
 */
export async function readBlobs(
	blobs: readonly LayerBlob[],
	{ workers, options, onRead }: BlobReading,
): Promise<void> {
	const { signal } = options;
	const jobs = await jobsFor(blobs, workers.width);
	const results = new BlobResults(jobs);
	const progress = new LayerProgress(
		blobs.map(({ task }) => task.location),
		options,
	);
	const tasks = jobs.map(({ task }) => task);
	await workers.run(tasks, {
		signal,
		onProgress: (index, bytesDone) =>
			progress.set(tasks[index].location, results.progressOf(index, bytesDone)),
		onResult: (index, result) => {
			const changeset = results.take(index, result);
			return changeset === null ? undefined : onRead(jobs[index].blob, changeset);
		},
		wordError: (index, error) => wordError(error, jobs[index].blob),
	});
	const again = blobs.filter((blob) => results.isMissing(blob));
	await workers.run(
		again.map(({ task }) => task),
		{
			signal,
			onResult: (index, changeset) => onRead(again[index], changeset),
			wordError: (index, error) => wordError(error, again[index]),
		},
	);
}

export function costOf({ location, compression }: ScanTask): number {
	return readingCost(location.bytes, compression !== 'none');
}

/** How many tasks blobs can be divided into. */
export function mostTasksOf(blobs: readonly LayerBlob[]): number {
	return blobs.reduce((sum, { task }) => sum + mostPartsOf(task, LEAST_PART_BYTES), 0);
}

/** The tasks to read blobs with so many threads, in the order given. */
export async function jobsFor(blobs: readonly LayerBlob[], width: number): Promise<readonly Job[]> {
	const share = blobs.reduce((sum, { task }) => sum + costOf(task), 0) / width;
	const jobs: Job[] = [];
	for (const blob of blobs) {
		const shares = Math.ceil(costOf(blob.task) / share - TOLERANCE);
		const tasks = await tasksFor(blob.task, Math.min(shares, mostPartsOf(blob.task, LEAST_PART_BYTES)));
		jobs.push(...tasks.map((task) => ({ blob, task })));
	}
	return jobs;
}

/** What came of the jobs so far. */
export class BlobResults {
	readonly #read = new Set<LayerBlob>();
	readonly #jobs: readonly Job[];
	/** The jobs of each blob, in the order of the layer. */
	readonly #jobsOf = new Map<LayerBlob, number[]>();
	readonly #results: (Changeset | ScannedPart | null)[];
	readonly #isDone: boolean[];
	readonly #bytesDone: number[];

	constructor(jobs: readonly Job[]) {
		this.#jobs = jobs;
		for (const [index, { blob }] of jobs.entries())
			this.#jobsOf.set(blob, [...(this.#jobsOf.get(blob) ?? []), index]);
		this.#results = jobs.map(() => null);
		this.#isDone = jobs.map(() => false);
		this.#bytesDone = jobs.map(() => 0);
	}

	/** Notes how far a job is; gives how many bytes of its blob are done. */
	progressOf(index: number, bytesDone: number): number {
		this.#bytesDone[index] = bytesDone;
		return this.#ofSameBlob(index).reduce((sum, other) => sum + this.#bytesDone[other], 0);
	}

	/** Gives the changeset of the blob once all its jobs are done and it could be put together. */
	take(index: number, result: Changeset | ScannedPart | null): Changeset | null {
		this.#results[index] = result;
		this.#isDone[index] = true;
		const jobs = this.#ofSameBlob(index);
		if (!jobs.every((other) => this.#isDone[other])) return null;
		const changeset = changesetOf(jobs.map((other) => this.#results[other]));
		if (changeset !== null) this.#read.add(this.#jobs[index].blob);
		return changeset;
	}

	/** Whether all jobs of the blob are done that a job is for. */
	isDone(index: number): boolean {
		return this.#ofSameBlob(index).every((other) => this.#isDone[other]);
	}

	/** Whether the jobs of a blob, which are all done, did not make a whole. */
	isMissing(blob: LayerBlob): boolean {
		return !this.#read.has(blob);
	}

	#ofSameBlob(index: number): readonly number[] {
		return this.#jobsOf.get(this.#jobs[index].blob) ?? [];
	}
}
