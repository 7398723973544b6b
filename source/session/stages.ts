import type { Figures } from '../analysis/figures.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { ReadImage, ReadProgress } from '../sources/image-source.ts';
import type { ImageSession } from './image-session.ts';
import type { LayerReading } from './watching/layer-reading.ts';

/** An image as far as it is known: what a screen can show of it. */
export interface ImageView {
	readonly image: Pick<ReadImage, 'reference' | 'foundIn' | 'description' | 'warnings' | 'notices'> &
		// What is shown with some of its layers is no container: one of those is read as a whole.
		Partial<Pick<ReadImage, 'sourceKind' | 'instructions' | 'choices'>>;
	readonly tree: FileTree;
	readonly figures: Figures;
}

/** How far the opening of an image is. */
export type Stage =
	| {
			readonly kind: 'reading';
			/** Null until something is known. */
			readonly progress: ReadProgress | null;
			/** The image with the layers that are read, the others empty; null until it is described, or where all of it is there soon. */
			readonly shown: ImageView | null;
			/** How far each layer is, lowest first; empty until that is known. */
			readonly layers: readonly LayerReading[];
	  }
	/**
	 * Contents are being compared. All is final but the kind of those changes that leave a file's size as it was, and so the causes
	 * of waste.
	 */
	| {
			readonly kind: 'draft';
			readonly draft: ImageView;
			readonly progress: ReadProgress | null;
			readonly layers: readonly LayerReading[];
	  }
	/** Layers may have failed, or be read once more: then another session follows. Empty where nobody watches. */
	| {
			readonly kind: 'complete';
			readonly session: ImageSession;
			readonly layers: readonly LayerReading[];
	  };

/**
 * The stages of one image for one reader. A reader that takes its time sees the latest stage only: each holds all that is known, so
 * that nothing is lost with those in between.
 */
export class StageSequence implements AsyncIterable<Stage> {
	#latest: Stage = { kind: 'reading', progress: null, shown: null, layers: [] };
	#isNew = true;
	#failure: { readonly error: unknown } | null = null;
	#isEnded = false;
	#wake = () => {};

	get latest(): Stage {
		return this.#latest;
	}

	set(stage: Stage): void {
		this.#latest = stage;
		this.#isNew = true;
		this.#wake();
	}

	/** The reader gets this error in place of the next stage. */
	fail(error: unknown): void {
		this.#failure = { error };
		this.#wake();
	}

	/** Ends the stages. */
	end(): void {
		this.#isEnded = true;
		this.#wake();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Stage> {
		for (;;) {
			if (this.#failure !== null) throw this.#failure.error;
			if (this.#isEnded) return;
			if (this.#isNew) {
				this.#isNew = false;
				const stage = this.#latest;
				yield stage;
				if (stage.kind === 'complete' && stage.layers.every(({ kind }) => kind === 'read')) return;
			} else {
				await new Promise<void>((resolve) => {
					this.#wake = resolve;
				});
			}
		}
	}
}
