import type { Changeset } from '../../tar/changeset.ts';
import type { FileKeys } from '../layers/file-keys.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import { SharedContents } from './shared-contents.ts';

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
	readonly #byBlob = new Map<string, Changeset>();
	readonly #byDiffId = new Map<string, { readonly changeset: Changeset; readonly origin: Origin }>();
	readonly #given: Promise<void>;
	#finish: () => void = () => {};

	constructor() {
		this.#given = new Promise((resolve) => {
			this.#finish = resolve;
		});
	}

	/** Has to be called before the paths of the layer are discarded, because it copies them. */
	give({ location, diffId, isPacked }: SharedLayer, changeset: Changeset, keys: FileKeys | null): void {
		// That the layer was found to have its diff ID says nothing about the blob of another image.
		const kept = { ...withPaths(changeset), diffId: null };
		this.contents.add(changeset);
		this.#byBlob.set(keyOf(location), { ...kept, diffId: changeset.diffId });
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
		if (same !== undefined) return { changeset: withPaths(same), origin: null };
		const other = this.#byDiffId.get(`${isPacked} ${diffId}`);
		return other === undefined ? null : { changeset: withPaths(other.changeset), origin: other.origin };
	}
}

/** The same changeset with paths of its own, which whoever stacks it discards. */
function withPaths(changeset: Changeset): Changeset {
	const { bytes, ends } = changeset.paths;
	return { ...changeset, paths: { bytes: bytes.slice(), ends: ends.slice() } };
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}
