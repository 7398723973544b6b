import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import type { OpenOptions } from './image-source.ts';
import type { CompareTask } from './layer-task.ts';
import type { LayerWorkers, RunningBatch } from './layer-workers.ts';
import {
	type ComparedLayers,
	canCompare,
	comparedBytes,
	compareTask,
	shareBegun,
} from './pairs-to-compare.ts';

/** Pairs that somebody may be comparing already. */
interface BegunPairs {
	readonly task: CompareTask;
	/** The left item of each pair, among all that will be asked. */
	readonly items: readonly number[];
	readonly running: RunningBatch<CompareTask>;
	/** On both sides; 0 where nobody is told. */
	readonly bytes: number;
}

/**
 * Compares pairs of files byte by byte. Workers begin as soon as they are told of some, which may be while layers are still being stacked;
 * the main thread takes part at the end.
 */
export class PairComparer {
	readonly #workers: LayerWorkers;
	readonly #options: OpenOptions;
	readonly #begun: BegunPairs[] = [];
	#foreseenItems = 0;
	#isFinishing = false;

	constructor(workers: LayerWorkers, options: OpenOptions) {
		this.#workers = workers;
		this.#options = options;
	}

	/** Begins, where a worker can, with pairs that will be asked about later: before all other groups, in the order in which they come here. */
	foresee(pairs: ContentGroups, layers: ComparedLayers): void {
		const firstItem = this.#foreseenItems;
		this.#foreseenItems += pairs.layers.length;
		if (this.#workers.width === 1) return;
		const items: number[] = [];
		for (let item = 0; item < pairs.layers.length; item += 2)
			if (canCompare(pairs, item, layers)) items.push(item);
		this.#begin(
			compareTask(pairs, items, layers),
			items.map((item) => item + firstItem),
		);
	}

	/** Begins with pairs of an item of `groups` and the one after it. */
	begin(groups: ContentGroups, items: readonly number[], layers: ComparedLayers): void {
		this.#begin(compareTask(groups, items, layers), items);
	}

	/** The left items of all pairs that were begun. */
	*begunItems(): Iterable<number> {
		for (const { items } of this.#begun) yield* items;
	}

	/** Writes the class of each item that was begun, and of the one after it. Throws `TarFault`, and the system's errors. */
	async finish(classes: ContentClasses): Promise<void> {
		this.#isFinishing = true;
		for (const { task, items, running } of this.#begun) {
			await running.finish();
			for (let pair = 0; pair < items.length; pair++) {
				const item = items[pair];
				classes[item] = item;
				classes[item + 1] = task.same[pair] === 1 ? item : item + 1;
			}
		}
	}

	#begin(task: CompareTask, items: readonly number[]): void {
		if (items.length === 0) return;
		const tasks = new Array<CompareTask>(this.#workers.width).fill(task);
		const { signal, onProgress } = this.#options;
		const layers = task.pairs.locations.length;
		const running = this.#workers.begin(tasks, {
			signal,
			...(onProgress && { onProgress: () => this.#tellProgress(onProgress, layers) }),
		});
		this.#begun.push({ task, items, running, bytes: onProgress ? comparedBytes(task) : 0 });
	}

	#tellProgress(onProgress: NonNullable<OpenOptions['onProgress']>, layers: number): void {
		if (!this.#isFinishing) return;
		let bytesDone = 0;
		let bytesTotal = 0;
		for (const { task, bytes } of this.#begun) {
			bytesDone += shareBegun(task) * bytes;
			bytesTotal += bytes;
		}
		onProgress({
			phase: 'comparing',
			layersDone: layers,
			layersTotal: layers,
			bytesDone,
			bytesTotal,
		});
	}
}
