import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import type { ReadOptions } from '../image-source.ts';
import type { CompareTask } from '../workers/layer-task.ts';
import type { LayerWorkers, RunningBatch } from '../workers/layer-workers.ts';
import {
	type ComparedLayers,
	canCompare,
	comparedBytes,
	compareTask,
	readableLayers,
	shareBegun,
} from './pairs-to-compare.ts';

/** Each call takes time in proportion to the layers so far, and few images have more layers. */
const MOST_FORESEEN = 128;

/** Pairs that somebody may be comparing already. */
interface BegunPairs {
	readonly task: CompareTask;
	/** The left item of each pair, counted from the first item of all that were announced together. */
	readonly items: readonly number[];
	readonly firstItem: number;
	readonly running: RunningBatch<CompareTask>;
	/** On both sides; 0 without a listener. */
	readonly bytes: number;
}

/**
 * Compares pairs of files byte by byte. Workers begin as soon as pairs are announced, which may be while layers are still being stacked;
 * the main thread takes part at the end.
 */
export class PairComparer {
	readonly #workers: LayerWorkers;
	readonly #options: ReadOptions;
	readonly #begun: BegunPairs[] = [];
	#foreseenItems = 0;
	#isFinishing = false;

	constructor(workers: LayerWorkers, options: ReadOptions) {
		this.#workers = workers;
		this.#options = options;
	}

	/** Begins, where a worker can, with pairs that will be asked about later: before all other groups, in the order in which they come here. */
	foresee(pairs: ContentGroups, layers: ComparedLayers): void {
		const firstItem = this.#foreseenItems;
		this.#foreseenItems += pairs.layers.length;
		if (this.#workers.width === 1 || this.#begun.length === MOST_FORESEEN) return;
		const readable = readableLayers(layers);
		const items: number[] = [];
		for (let item = 0; item < pairs.layers.length; item += 2)
			if (canCompare(pairs, item, readable) && !this.#isKnown(pairs, item / 2, layers)) items.push(item);
		this.#begin(compareTask(pairs, items, layers), { items, firstItem });
	}

	/** Whether another image has compared them. */
	#isKnown(pairs: ContentGroups, pair: number, { changesets }: ComparedLayers): boolean {
		const { sharing } = this.#options;
		return sharing?.role === 'takes' && sharing.shared.contents.classesOf(pairs, pair, changesets) !== null;
	}

	/** Begins with pairs of an item of `groups` and the one after it. */
	begin(groups: ContentGroups, items: readonly number[], layers: ComparedLayers): void {
		this.#begin(compareTask(groups, items, layers), { items, firstItem: 0 });
	}

	/** Gives the left item of each pair that was begun itself for a class. */
	markBegun(classes: ContentClasses): void {
		for (const { items, firstItem } of this.#begun)
			for (const item of items) classes[firstItem + item] = firstItem + item;
	}

	/** Writes the class of each item that was begun, and of the one after it. Throws `TarError`, and the system's errors. */
	async finish(classes: ContentClasses): Promise<void> {
		this.#isFinishing = true;
		for (const { task, items, firstItem, running } of this.#begun) {
			await running.finish();
			for (let pair = 0; pair < items.length; pair++) {
				const item = firstItem + items[pair];
				classes[item] = item;
				classes[item + 1] = task.same[pair] === 1 ? item : item + 1;
			}
		}
	}

	#begin(task: CompareTask, { items, firstItem }: Pick<BegunPairs, 'items' | 'firstItem'>): void {
		if (items.length === 0) return;
		const tasks = new Array<CompareTask>(this.#workers.width).fill(task);
		const { signal, onProgress } = this.#options;
		const layers = task.pairs.locations.length;
		const running = this.#workers.begin(tasks, {
			signal,
			...(onProgress && { onProgress: () => this.#tellProgress(onProgress, layers) }),
		});
		this.#begun.push({ task, items, firstItem, running, bytes: onProgress ? comparedBytes(task) : 0 });
	}

	#tellProgress(onProgress: NonNullable<ReadOptions['onProgress']>, layers: number): void {
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
