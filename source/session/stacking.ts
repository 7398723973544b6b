import type { StackedImage } from '../filetree/stacked-image.ts';
import { ImageStack, type ResolveContents } from '../filetree/stacking/stack.ts';
import { PairComparer } from '../sources/contents/pair-comparer.ts';
import type { ReadOptions } from '../sources/image-source.ts';
import type { BlobLocation } from '../sources/store/blob-location.ts';
import { runInSlices, runWithin, TimeSlice } from '../sources/time-slice.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { Changeset } from '../tar/changeset.ts';
import { noLimits } from '../tar/entry-budget.ts';

/** Stacks layers, and lets workers compare the contents that the layers so far leave open. */
export class Stacking {
	readonly stack: ImageStack;
	readonly comparer: PairComparer;
	readonly #locations: (BlobLocation | null)[] = [];
	readonly #signal: AbortSignal | undefined;
	readonly #slice: TimeSlice;

	/** `expectedEntries` decides how much memory is allocated first. */
	constructor(expectedEntries: number, workers: LayerWorkers, options: ReadOptions) {
		this.#signal = options.signal;
		this.#slice = new TimeSlice(options.signal);
		this.comparer = new PairComparer(workers, options);
		this.stack = new ImageStack(
			expectedEntries,
			(pairs, changesets) => this.comparer.foresee(pairs, { changesets, locations: this.#locations }),
			options.budget ?? noLimits,
		);
	}

	/** Adds the next layer, and where it lies if it is read by position; the one before has to be added. Throws `interrupted`. */
	async add(changeset: Changeset, location: BlobLocation | null): Promise<void> {
		this.#locations.push(location);
		await runWithin(this.#slice, this.stack.add(changeset));
	}

	/** Makes the tree of all layers. Throws what `resolve` throws, and `interrupted`. */
	finish(resolve: ResolveContents): Promise<StackedImage> {
		return this.stack.finish(resolve, { run: runInSlices, signal: this.#signal });
	}
}
