import { discard } from '../../columns/grow.ts';
import { readersOf } from '../../facts/fact-groups.ts';
import { FactsObserver } from '../../facts/facts-observer.ts';
import type { Steps } from '../../steps.ts';
import { type FactGroup, type LayerFacts, stringAt } from '../../tar/changeset.ts';
import { mapFacts } from '../../tar/contents/layer-facts.ts';
import type { FileReader, LayerBlob } from '../file-source.ts';
import { asLayerError } from '../layer-error.ts';
import { runWithin, TimeSlice } from '../time-slice.ts';
import type { FactsTask } from '../workers/layer-task.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';

/** What readers are told of files, in the order of their positions. All columns have one item a file. */
export type FileColumns = Pick<FactsTask, 'entries' | 'paths' | 'positions' | 'sizes' | 'modes'>;

/** Regular files of one layer, in the order of their positions. */
export interface FilesToRead {
	/** 0-based. */
	readonly layerIndex: number;
	readonly count: number;
	/** The bytes of the file at a place, from 0. */
	readonly sizeOf: (file: number) => number;
	/** The files `[from, to)`. The paths of all files of a large image take more memory than all else, so they are made for some at a time. */
	readonly columns: (from: number, to: number) => Steps<FileColumns>;
	/** Gives back the memory that it takes to say so. Nothing can be asked afterwards. */
	readonly discard: () => void;
}

export interface FactsReading {
	/** What to call the image in errors. */
	readonly label: string;
	readonly reader: FileReader;
	readonly workers: LayerWorkers;
	/** Their readers have to be loaded. */
	readonly groups: readonly FactGroup[];
	readonly signal: AbortSignal | undefined;
	/** Gets how many bytes of all files are done. */
	readonly onProgress?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
}

/** A worker reads this much at a time, so that several share a large layer. */
const TASK_BYTES = 8 * 1024 * 1024;
const MOST_TASK_FILES = 1024;

const READ_BYTES_A_MICROSECOND = 1000;

/** Threads that share as many tasks wait little for each other at the end. */
const TASKS_AT_ONCE = 24;

/** The files `[from, to)` of a layer, for one task. */
interface TaskFiles {
	readonly layer: number;
	readonly blob: LayerBlob;
	readonly from: number;
	readonly to: number;
}

/**
 * The facts of each layer, in the order of the tar. Layers on disk are read by workers; of any other layer the files that a reader wants are
 * opened one after the other. Throws `FathomError`, and the system's errors.
 */
export async function readFacts(
	layers: readonly FilesToRead[],
	reading: FactsReading,
): Promise<readonly LayerFacts[]> {
	const { reader, workers, groups } = reading;
	const progress = new FactsProgress(layers, reading);
	const tasks: TaskFiles[] = [];
	const others: number[] = [];
	for (const [layer, files] of layers.entries()) {
		const blob = files.count === 0 ? null : ((await reader.blobOf?.(files.layerIndex)) ?? null);
		if (blob === null) others.push(layer);
		else for (const range of rangesFor(files, blob)) tasks.push({ layer, blob, ...range });
	}
	workers.start({ tasks: tasks.length, cost: progress.bytesTotal / READ_BYTES_A_MICROSECOND });
	const facts: LayerFacts[] = layers.map(() => new FactsObserver(readersOf(groups)).finish());
	for (let first = 0; first < tasks.length; first += TASKS_AT_ONCE) {
		const some = tasks.slice(first, first + TASKS_AT_ONCE);
		const read = await readSome(some, layers, {
			...reading,
			onTask: (index, bytesDone) => progress.set(first + index, bytesDone),
		});
		for (const [index, { layer }] of some.entries())
			facts[layer] = mapFacts(facts[layer], (known, group) => known.concat(read[index][group] ?? []));
	}
	for (const layer of others) facts[layer] = await readOneByOne(layers[layer], reading);
	for (const files of layers) files.discard();
	return facts;
}

async function readSome(
	some: readonly TaskFiles[],
	layers: readonly FilesToRead[],
	{
		label,
		workers,
		groups,
		signal,
		onTask,
	}: FactsReading & { readonly onTask: (index: number, bytesDone: number) => void },
): Promise<readonly LayerFacts[]> {
	const slice = new TimeSlice(signal);
	const tasks: FactsTask[] = [];
	for (const { layer, blob, from, to } of some)
		tasks.push({
			type: 'facts',
			...blob,
			groups,
			...(await runWithin(slice, layers[layer].columns(from, to))),
		});
	const read = await workers.run(tasks, {
		signal,
		onProgress: onTask,
		wordError: (index, error) =>
			asLayerError(error, `${label}: layer ${layers[some[index].layer].layerIndex + 1}`),
	});
	for (const { entries, paths, positions, sizes, modes } of tasks)
		for (const column of [entries, paths.bytes, paths.ends, positions, sizes, modes]) discard(column);
	return read;
}

/** Layers that have to be unpacked are one task; the others are cut. */
function* rangesFor(
	{ count, sizeOf }: FilesToRead,
	{ compression }: LayerBlob,
): Generator<Pick<TaskFiles, 'from' | 'to'>> {
	let from = 0;
	let bytes = 0;
	for (let file = 0; file < count; file++) {
		bytes += sizeOf(file);
		const isFull = bytes >= TASK_BYTES || file + 1 - from >= MOST_TASK_FILES;
		if (file + 1 < count && (!isFull || compression !== 'none')) continue;
		yield { from, to: file + 1 };
		from = file + 1;
		bytes = 0;
	}
}

/** In the order of the tar, so that a layer that comes as a stream is read once. */
async function readOneByOne(files: FilesToRead, reading: FactsReading): Promise<LayerFacts> {
	const { signal } = reading;
	const observer = new FactsObserver(readersOf(reading.groups));
	const timeSlice = new TimeSlice(signal);
	for (let from = 0; from < files.count; from += MOST_TASK_FILES) {
		const some = files.columns(from, Math.min(files.count, from + MOST_TASK_FILES));
		await observeOneByOne(await runWithin(timeSlice, some), {
			...reading,
			layerIndex: files.layerIndex,
			observer,
			timeSlice,
		});
	}
	return observer.finish();
}

interface Observing extends Pick<FactsReading, 'reader' | 'signal'> {
	readonly layerIndex: number;
	readonly observer: FactsObserver;
	readonly timeSlice: TimeSlice;
}

async function observeOneByOne(
	{ entries, paths, positions, sizes, modes }: FileColumns,
	{ reader, signal, layerIndex, observer, timeSlice }: Observing,
): Promise<void> {
	for (let file = 0; file < entries.length; file++) {
		await timeSlice.yield();
		const bytes = sizes[file];
		const path = stringAt(paths, file);
		const watcher = observer.open({ entry: entries[file], path, bytes, mode: modes[file] });
		if (watcher === null) continue;
		for await (const piece of reader.open({ layerIndex, position: positions[file], bytes }, signal)) {
			watcher.write(piece);
			if (watcher.isDone) break;
			await timeSlice.yield();
		}
		watcher.end();
		for (; observer.isBehind; observer.step()) await timeSlice.yield();
	}
}

class FactsProgress {
	readonly bytesTotal: number;
	readonly #onProgress: FactsReading['onProgress'];
	readonly #done = new Map<number, number>();
	#bytesDone = 0;

	constructor(layers: readonly FilesToRead[], { onProgress }: FactsReading) {
		let total = 0;
		for (const { count, sizeOf } of layers) for (let file = 0; file < count; file++) total += sizeOf(file);
		this.bytesTotal = total;
		this.#onProgress = onProgress;
	}

	set(task: number, bytesDone: number): void {
		this.#bytesDone += bytesDone - (this.#done.get(task) ?? 0);
		this.#done.set(task, bytesDone);
		this.#onProgress?.(this.#bytesDone, this.bytesTotal);
	}
}
