import { FathomError } from '../../errors.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { DescribedLayers, LayerWatcher } from '../../sources/layers/layer-watcher.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ImageView } from '../stages.ts';
import type { LayerReading } from './layer-reading.ts';
import { viewOfSome } from './view-of-some.ts';

/** Gets what can be shown of an image while its layers are read. */
export interface WatchListener {
	/** How far each layer is, lowest first. Called at most some times a second. */
	readonly onLayers: (layers: readonly LayerReading[]) => void;
	/** The image with the layers that are read. */
	readonly onView: (view: ImageView, layers: readonly LayerReading[]) => void;
}

export interface WatchInput {
	readonly reference: string;
	/** The layer that the user sees first, 0-based. */
	readonly firstLayer: number;
	/** Whether layers that cannot be read are left out. */
	readonly isForgiving: boolean;
	readonly signal: AbortSignal;
	readonly listener: WatchListener;
}

/** What is read in less time is shown as a whole at once. */
const WORTH_SHOWING_MILLISECONDS = 60;
/** The same by bytes that are still to be read. */
const WORTH_SHOWING_BYTES = 64 * 1024 * 1024;
/** Layers with more entries take so long to stack that the whole would be held up. */
const MOST_SHOWN_ENTRIES = 100_000;
/** Between two views that nobody waits for passes so many times what the last one took. */
const PAUSE_PER_VIEW = 20;
const LAYERS_MILLISECONDS = 60;

/** Keeps account of the layers of an image that are read while a user watches, and makes views of those that are there. */
export class LayerWatch implements LayerWatcher {
	readonly isForgiving: boolean;
	readonly memory = new Map<string, Changeset>();
	readonly #input: WatchInput;
	#wanted: number;
	#described: DescribedLayers | null = null;
	#layers: LayerReading[] = [];
	#changesets: (Changeset | null)[] = [];
	/** Layers that are not tried again now. */
	#leftOut: ReadonlySet<number> = new Set();
	/** Whether views of some layers are of no use any more. */
	#isOver = false;
	#showing: Promise<void> | null = null;
	#isStale = false;
	#shownAt: number | null = null;
	#viewMilliseconds = 0;
	#describedTimer: NodeJS.Timeout | undefined;
	#viewTimer: NodeJS.Timeout | undefined;
	#layersTimer: NodeJS.Timeout | undefined;

	constructor(input: WatchInput) {
		this.#input = input;
		this.isForgiving = input.isForgiving;
		this.#wanted = input.firstLayer;
	}

	/** How far each layer is, lowest first. */
	get layers(): readonly LayerReading[] {
		return [...this.#layers];
	}

	/** The layers that could not be read, 0-based. */
	get failed(): readonly number[] {
		return this.#layers.flatMap(({ kind }, layer) => (kind === 'failed' ? [layer] : []));
	}

	readonly wanted = (): number => this.#wanted;

	/** Has a layer read first, or shown if it is read. */
	want(layer: number): void {
		this.#wanted = layer;
		const isToBeShown = this.#changesets[layer] && this.#layers[layer]?.kind === 'reading';
		if (isToBeShown && this.#shownAt !== null) this.#show().catch(() => {});
	}

	/** Prepares for another attempt at one layer; the others that failed are left out once more. */
	tryAgain(layer: number): void {
		this.#leftOut = new Set(this.failed.filter((each) => each !== layer));
		this.#layers[layer] = { kind: 'waiting' };
		this.tellLayers();
	}

	readonly onDescribed = async (described: DescribedLayers): Promise<void> => {
		if (this.#described !== null) {
			requireSame(this.#described.description, described.description);
			return;
		}
		this.#described = described;
		// What is kept elsewhere by design is not waited for.
		this.#layers = described.description.layers.map(({ absent }) =>
			absent === null ? { kind: 'waiting' } : { kind: 'read' },
		);
		this.#changesets = this.#layers.map(() => null);
		this.#describedTimer = setTimeout(() => {
			if (this.#shownAt === null) this.#show().catch(() => {});
		}, WORTH_SHOWING_MILLISECONDS);
	};

	readonly onProgress = (layers: readonly number[], bytesDone: number): void => {
		for (const layer of layers) this.#layers[layer] = { kind: 'reading', bytesDone };
		this.#tellSoon();
	};

	readonly onRead = async (layers: readonly number[], changeset: Changeset): Promise<void> => {
		for (const layer of layers) {
			this.#changesets[layer] = changeset;
			if (this.#layers[layer]?.kind !== 'read') this.#layers[layer] = this.#unshown(layer);
		}
		this.#tellSoon();
		if (this.#isWorthShowing(layers.includes(this.#wanted))) await this.#show();
		else this.#showLater();
	};

	readonly onFailed = (layers: readonly number[], { message }: FathomError): void => {
		for (const layer of layers) this.#layers[layer] = { kind: 'failed', reason: message };
		this.#tellSoon();
	};

	readonly isLeftOut = (layers: readonly number[]): boolean =>
		layers.every((layer) => this.#leftOut.has(layer));

	/** To be called once no more layers come: what is shown next is the image as a whole. */
	async end(): Promise<void> {
		this.close();
		await this.#showing?.catch(() => {});
		for (const [layer, { kind }] of this.#layers.entries())
			if (kind !== 'failed') this.#layers[layer] = { kind: 'read' };
	}

	/** Tells nothing more. */
	close(): void {
		this.#isOver = true;
		clearTimeout(this.#describedTimer);
		clearTimeout(this.#viewTimer);
		clearTimeout(this.#layersTimer);
		this.#layersTimer = undefined;
	}

	/** A layer that the user waits for is shown at once, others as they come. */
	#isWorthShowing(isWanted: boolean): boolean {
		if (this.#isOver) return false;
		if (this.#shownAt === null) return isWanted && this.#bytesLeft() >= WORTH_SHOWING_BYTES;
		return isWanted || this.#pauseLeft(this.#shownAt) <= 0;
	}

	/** How long it takes until a view may follow that nobody waits for, milliseconds. */
	#pauseLeft(shownAt: number): number {
		return shownAt + PAUSE_PER_VIEW * this.#viewMilliseconds - performance.now();
	}

	/** What came too soon after the last view is shown when it may, should nothing else come before. */
	#showLater(): void {
		if (this.#isOver || this.#shownAt === null) return;
		this.#viewTimer ??= setTimeout(() => this.#show().catch(() => {}), this.#pauseLeft(this.#shownAt));
	}

	#bytesLeft(): number {
		const layers = this.#described?.description.layers ?? [];
		return layers.reduce(
			(sum, { storedBytes }, index) => sum + (this.#changesets[index] === null ? storedBytes : 0),
			0,
		);
	}

	/** Makes a view, and another one where more came meanwhile that is waited for. */
	#show(): Promise<void> {
		this.#isStale = true;
		this.#showing ??= this.#showAll().finally(() => {
			this.#showing = null;
		});
		return this.#showing;
	}

	async #showAll(): Promise<void> {
		while (this.#isStale && !this.#isOver && this.#described !== null) {
			this.#isStale = false;
			const start = performance.now();
			const { reference, signal, listener } = this.#input;
			clearTimeout(this.#viewTimer);
			this.#viewTimer = undefined;
			const changesets = this.#someChangesets();
			const view = await viewOfSome({ ...this.#described, reference, changesets }, signal);
			if (this.#isOver) return;
			for (const [layer, changeset] of changesets.entries())
				if (this.#changesets[layer] !== null)
					this.#layers[layer] = changeset === null ? this.#unshown(layer) : { kind: 'read' };
			listener.onView(view, this.layers);
			this.#shownAt = performance.now();
			this.#viewMilliseconds = this.#shownAt - start;
		}
	}

	/** Those that are stacked in no time, the one that is wanted before all. */
	#someChangesets(): readonly (Changeset | null)[] {
		let entries = 0;
		const take = (changeset: Changeset | null): Changeset | null => {
			if (changeset === null || entries + changeset.count > MOST_SHOWN_ENTRIES) return null;
			entries += changeset.count;
			return changeset;
		};
		const wanted = take(this.#changesets[this.#wanted] ?? null);
		return this.#changesets.map((changeset, layer) => (layer === this.#wanted ? wanted : take(changeset)));
	}

	/** Of a layer that is read and that no view has yet. */
	#unshown(layer: number): LayerReading {
		return { kind: 'reading', bytesDone: this.#described?.description.layers[layer]?.storedBytes ?? 0 };
	}

	#tellSoon(): void {
		// Another attempt is told of as well.
		this.#layersTimer ??= setTimeout(() => this.tellLayers(), LAYERS_MILLISECONDS);
	}

	/** Tells how far each layer is. */
	tellLayers(): void {
		clearTimeout(this.#layersTimer);
		this.#layersTimer = undefined;
		this.#input.listener.onLayers(this.layers);
	}
}

/** Layers are named by their places, so that they have to be those that are on the screen. Throws `unavailable`. */
function requireSame(before: ImageDescription, now: ImageDescription): void {
	const nameOf = ({ layers }: ImageDescription): string =>
		layers.map(({ digest, diffId }) => `${digest} ${diffId}`).join('\n');
	if (nameOf(before) === nameOf(now)) return;
	throw new FathomError({
		code: 'unavailable',
		message: 'There is another image in its place by now.',
		hint: 'Open it again.',
	});
}
