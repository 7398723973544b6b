import { discard } from '../../columns/grow.ts';
import type { Changeset, StringColumn } from '../../tar/changeset.ts';
import type { FileKeys } from '../layers/file-keys.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import { SharedContents } from './shared-contents.ts';
import { SharedFacts } from './shared-facts.ts';

/** How the reading of one image takes part in sharing with another one. */
export interface LayerSharing {
	readonly shared: SharedLayers;
	/** The first image gives what it reads; the second one takes what it has too. */
	readonly role: 'gives' | 'takes';
}

/** A layer on disk, as it is given and looked for. */
export interface SharedLayer {
	readonly location: BlobLocation;
	/** As the config states it. */
	readonly diffId: string | null;
	/** Whether it has to be unpacked: what is read of such a layer carries content identities. */
	readonly isPacked: boolean;
}

export interface TakenLayer {
	readonly changeset: Changeset;
	/** Where it was read, if that is another blob, whose diff ID was believed; null for the same blob. */
	readonly origin: Origin | null;
}

/** Another blob, and its keys in the cache; null where that is not worth it. */
export interface Origin {
	readonly location: BlobLocation;
	readonly keys: FileKeys | null;
}

/** What was read of the layers of one image, for another image that has some of them too. */
export class SharedLayers {
	readonly contents = new SharedContents();
	readonly facts = new SharedFacts();
	readonly #byBlob = new Map<string, Changeset>();
	readonly #byDiffId = new Map<string, { readonly changeset: Changeset; readonly origin: Origin }>();
	readonly #keptPaths = new Set<StringColumn>();
	readonly #given: Promise<void>;
	#finish: () => void = () => {};

	constructor() {
		this.#given = new Promise((resolve) => {
			this.#finish = resolve;
		});
	}

	/** Keeps the paths of the layer: they are the largest columns of all, so the other image stacks the same ones. */
	give({ location, diffId, isPacked }: SharedLayer, changeset: Changeset, keys: FileKeys | null): void {
		// That the layer was found to have its diff ID says nothing about the blob of another image.
		const kept = { ...changeset, diffId: null };
		this.#keptPaths.add(changeset.paths);
		this.contents.add(changeset);
		this.#byBlob.set(keyOf(location), changeset);
		if (diffId !== null)
			this.#byDiffId.set(`${isPacked} ${diffId}`, { changeset: kept, origin: { location, keys } });
	}

	/** Nothing more is given: the first image is open, or has failed to open. */
	finish(): void {
		this.#finish();
	}

	/** Waits until the first image has given all that it has. Null for a layer that it does not have. */
	async take({ location, diffId, isPacked }: SharedLayer): Promise<TakenLayer | null> {
		await this.#given;
		const same = this.#byBlob.get(keyOf(location));
		if (same !== undefined) return { changeset: same, origin: null };
		const other = this.#byDiffId.get(`${isPacked} ${diffId}`);
		return other ?? null;
	}

	/** Whether the first image has to leave the paths of a layer, of which the second one may have need. */
	keepsPaths({ paths }: Changeset): boolean {
		return this.#keptPaths.has(paths);
	}

	/** Gives back the paths that were kept. Has to be called when neither image has need of them any more. */
	discardPaths(): void {
		for (const { bytes, ends } of this.#keptPaths) {
			discard(bytes);
			discard(ends);
		}
	}
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}
