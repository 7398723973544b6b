import type { DescribedImage } from '../../../image/describe.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import type { Notice } from '../../../warning.ts';
import type { FileListener } from '../../archive/streamed-archive.ts';
import type { StreamedFile } from '../../archive/streamed-file.ts';
import type { ReadProgress } from '../../image-source.ts';
import type { LayerWatcher } from '../../layers/layer-watcher.ts';
import type { LayerNames } from '../engine-image.ts';
import { LegacyLayerIds } from './legacy-layer-ids.ts';

export interface WatchedExport {
	readonly watcher: LayerWatcher;
	/** The image as the engine tells of it, with a layer for each diff ID. */
	readonly described: DescribedImage & { readonly notices: readonly Notice[] };
	/** Lowest layer first. */
	readonly diffIds: readonly string[];
	/** The names that the layers may have in the export, as far as they can be told before. */
	readonly names: readonly LayerNames[];
}

/** A file that may be a layer, and passes. */
interface PassingFile {
	/** The number in its name. */
	readonly number: string;
	/** None while it is not known which. */
	readonly layers: readonly number[];
	/** Where it begins in the export, and how long it is. */
	readonly start: number;
	readonly bytes: number;
}

/**
 * Tells a watcher of layers as they pass in an export, in whatever order that has them. Which layer a file is follows from its name, from
 * the `json` before it, or at its end from its diff ID. They are the layers that the engine told of; what the export turns out to have is
 * not this class's business.
 */
export class ExportWatch implements FileListener {
	readonly watcher: LayerWatcher;
	/** What was read so far, by the index of the layer. */
	readonly read = new Map<number, Changeset>();
	/** The names of their files in the export. */
	readonly names = new Map<number, string>();
	readonly #given: WatchedExport;
	readonly #byDiffId = new Map<string, number[]>();
	/** Layers by the number of 64 hexadecimal digits in the name of their file. */
	readonly #byNumber = new Map<string, readonly number[]>();
	readonly #legacyIds: LegacyLayerIds;
	/** Layers of which the watcher is still to hear. */
	readonly #news: (readonly number[])[] = [];
	/** Of each layer's stored bytes. */
	readonly #bytesDone: Float64Array;
	readonly #bytesTotal: number;
	#passing: PassingFile | null = null;
	#telling: Promise<void> = Promise.resolve();

	constructor(given: WatchedExport) {
		const { watcher, described, diffIds, names } = given;
		this.watcher = watcher;
		this.#given = given;
		this.#legacyIds = new LegacyLayerIds(diffIds);
		this.#bytesDone = new Float64Array(diffIds.length);
		this.#bytesTotal = described.description.layers.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
		for (const [layer, diffId] of diffIds.entries()) {
			const layers = this.#byDiffId.get(diffId) ?? [];
			layers.push(layer);
			this.#byDiffId.set(diffId, layers);
			for (const name of names[layer] ?? []) this.#learn(numberIn(name), layers);
		}
	}

	/** Tells what the engine says, and which layers are known. */
	async begin(knownLayer: (diffId: string) => Changeset | null): Promise<void> {
		const { watcher } = this;
		await watcher.onDescribed(this.#given.described);
		for (const [diffId, layers] of this.#byDiffId) {
			const changeset = watcher.memory.get(memoryKey(diffId)) ?? knownLayer(diffId);
			if (changeset === null) continue;
			this.#setRead(layers, changeset);
			await watcher.onRead(layers, changeset);
		}
	}

	readonly onFile: FileListener['onFile'] = (name, bytes, start) => {
		const number = numberIn(name);
		// Folders are named by numbers too, and a link has the name of the layer's file where two layers are the same.
		if (number === null || bytes === 0) return 'as-usual';
		const layers = this.#byNumber.get(number) ?? [];
		this.#passing = { number, layers, start, bytes };
		return layers.length === 0 ? 'verified' : 'as-usual';
	};

	readonly onEnd: FileListener['onEnd'] = (name, file) => {
		const passing = this.#passing;
		this.#passing = null;
		if (passing === null) return;
		if (file.type === 'document') this.#takeDocument(name, passing, file);
		if (file.type === 'layer') this.#takeLayer(name, passing, file);
	};

	/** Whether the watcher is to be told something, with `tell`. */
	get hasNews(): boolean {
		return this.#news.length > 0;
	}

	/** Fulfilled once the watcher has taken all, what it was told before included. */
	tell(): Promise<void> {
		this.#telling = this.#telling.then(() => this.#tellAll());
		return this.#telling;
	}

	/** To be called once nothing more comes. */
	end(): Promise<void> {
		this.#passing = null;
		return this.tell();
	}

	async #tellAll(): Promise<void> {
		for (let layers = this.#news.shift(); layers !== undefined; layers = this.#news.shift()) {
			const changeset = this.read.get(layers[0]);
			if (changeset !== undefined) await this.watcher.onRead(layers, changeset);
		}
	}

	/** How far reading is when that much of the export has come. The watcher hears of the layer that is passing. */
	progressAt(position: number): ReadProgress {
		const passing = this.#passing;
		let bytesDone = this.#bytesDone.reduce((sum, bytes) => sum + bytes, 0);
		if (passing !== null && !this.read.has(passing.layers[0] ?? -1)) {
			const part = passing.bytes === 0 ? 0 : Math.min(1, (position - passing.start) / passing.bytes);
			const layerBytes = part * this.#storedBytes(passing);
			if (passing.layers.length > 0) this.watcher.onProgress(passing.layers, layerBytes);
			bytesDone += layerBytes;
		}
		return {
			phase: 'layers',
			layersDone: this.read.size,
			layersTotal: this.#bytesDone.length,
			...(this.#bytesTotal === 0
				? { bytesDone: position, bytesTotal: null }
				: { bytesDone: Math.min(bytesDone, this.#bytesTotal), bytesTotal: this.#bytesTotal }),
		};
	}

	#takeDocument(
		name: string,
		{ number }: PassingFile,
		{ bytes }: Extract<StreamedFile, { type: 'document' }>,
	): void {
		if (name !== `${number}/json`) return;
		const layer = this.#legacyIds.layerOf(number, bytes);
		if (layer !== null) this.#learn(number, this.#byDiffId.get(this.#given.diffIds[layer]) ?? []);
	}

	#takeLayer(
		name: string,
		{ number }: PassingFile,
		{ changeset }: Extract<StreamedFile, { type: 'layer' }>,
	): void {
		const layers = this.#byNumber.get(number) ?? this.#byDiffId.get(changeset.diffId ?? '');
		if (layers === undefined) return;
		this.#setRead(layers, changeset);
		for (const layer of layers) this.names.set(layer, name);
		this.#news.push(layers);
	}

	#setRead(layers: readonly number[], changeset: Changeset): void {
		this.watcher.memory.set(memoryKey(this.#given.diffIds[layers[0]]), changeset);
		for (const layer of layers) {
			this.read.set(layer, changeset);
			this.#bytesDone[layer] = this.#given.described.description.layers[layer].storedBytes;
		}
	}

	#storedBytes({ layers, bytes }: PassingFile): number {
		return layers.length === 0 ? bytes : this.#given.described.description.layers[layers[0]].storedBytes;
	}

	#learn(number: string | null, layers: readonly number[]): void {
		if (number !== null) this.#byNumber.set(number, layers);
	}
}

/** All engines put the digest of the layer, or a number of their own, into the name of its file. */
function numberIn(name: string): string | null {
	return /[0-9a-f]{64}/.exec(name)?.[0] ?? null;
}

function memoryKey(diffId: string): string {
	return `export ${diffId}`;
}
