import type { Changeset } from '../../tar/changeset.ts';
import type { IdentityScheme } from '../../tar/content-identity.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import { isOfOneLayer, type LayerWatcher } from './layer-watcher.ts';

/** How a layer was read. */
type Way = IdentityScheme | 'toc';

/** A blob that one or more layers of an image share. */
export interface Blob {
	readonly digest: string;
}

/** Layers that lie elsewhere as blobs, as somebody watches them; null where nobody does. */
export function watchedBy(
	watcher: LayerWatcher | undefined,
	{ layers }: { readonly layers: readonly Blob[] },
): LayersByDigest | null {
	return watcher === undefined ? null : new LayersByDigest(watcher, layers);
}

/** Tells a watcher, which knows layers by their indices, of blobs. */
export class LayersByDigest {
	readonly #watcher: LayerWatcher;
	/** Which layers each blob has, by its digest. */
	readonly #indices = new Map<string, number[]>();
	readonly #digests: readonly string[];
	#hasFailed = false;

	constructor(watcher: LayerWatcher, layers: readonly Blob[]) {
		this.#watcher = watcher;
		this.#digests = layers.map(({ digest }) => digest);
		for (const [index, digest] of this.#digests.entries()) {
			const indices = this.#indices.get(digest) ?? [];
			indices.push(index);
			this.#indices.set(digest, indices);
		}
	}

	/** Whether a layer could not be read, now or before. */
	get hasFailed(): boolean {
		return this.#hasFailed;
	}

	/** Takes what was read before or is in the cache, and leaves out what could not be read; gives what is left. `known` gets both. */
	async takeKnown<Layer extends Blob>(
		layers: readonly Layer[],
		{ known, scheme }: { readonly known: Map<string, Changeset>; readonly scheme: IdentityScheme },
	): Promise<readonly Layer[]> {
		const left: Layer[] = [];
		for (const layer of layers) {
			const changeset = known.get(layer.digest) ?? this.remembered(scheme, layer);
			if (changeset !== null) {
				known.set(layer.digest, changeset);
				await this.onRead(layer, changeset);
			} else if (this.isLeftOut(layer)) {
				known.set(layer.digest, emptyChangeset());
				this.#hasFailed = true;
			} else left.push(layer);
		}
		return left;
	}

	remembered(way: Way, { digest }: Blob): Changeset | null {
		return this.#watcher.memory.get(`${way} ${digest}`) ?? null;
	}

	remember(way: Way, { digest }: Blob, changeset: Changeset): void {
		this.#watcher.memory.set(`${way} ${digest}`, changeset);
	}

	isLeftOut(layer: Blob): boolean {
		return this.#watcher.isLeftOut(this.#indicesOf(layer));
	}

	onRead(layer: Blob, changeset: Changeset): Promise<void> {
		return this.#watcher.onRead(this.#indicesOf(layer), changeset);
	}

	onProgress(layer: Blob, bytesDone: number): void {
		this.#watcher.onProgress(this.#indicesOf(layer), bytesDone);
	}

	/** Throws where that ends the reading. */
	fail(layer: Blob, error: unknown): void {
		if (!this.#watcher.isForgiving || !isOfOneLayer(error)) throw error;
		this.#hasFailed = true;
		this.#watcher.onFailed(this.#indicesOf(layer), error);
	}

	/** The place of the layer to be read next; null where it is not among these. */
	wantedAmong(layers: readonly Blob[]): number | null {
		const digest = this.#digests[this.#watcher.wanted()];
		const place = layers.findIndex((layer) => layer.digest === digest);
		return place === -1 ? null : place;
	}

	#indicesOf({ digest }: Blob): readonly number[] {
		return this.#indices.get(digest) ?? [];
	}
}
