import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import type { CacheAddress } from '../../cache/cache-address.ts';
import type { CacheKey } from '../../cache/layer-cache.ts';
import type { BlobLocation } from '../store/blob-location.ts';

/** A layer in a file, with the keys of the reading that took it from there. */
export interface KeyedLayer {
	readonly location: BlobLocation;
	readonly keys: FileKeys;
}

/** The address of what is worked out from all these layers. Throws the system's errors. */
export function addressOfLayers(layers: readonly KeyedLayer[]): CacheAddress {
	const files = new Map(layers.map(({ location: { path }, keys }) => [path, keys]));
	const layerKeys = layers.map(({ location, keys }) => keys.keyOf(location));
	return {
		key: layerKeys.join('\n'),
		layerKeys,
		isCurrent: () => [...files].every(([path, keys]) => keys.isUnchanged(path)),
	};
}

/** Two changes within one tick of a file system's clock look like one. */
const TICK_MILLISECONDS = 50;
const COARSE_TICK_MILLISECONDS = 2500;

/** The keys of layers in files. Such a layer is known by its file as it is, down to the nanosecond of its last change. */
export class FileKeys {
	/** The files as they were before anything was read of them, by the path that was given. */
	readonly #files = new Map<string, KnownFile>();

	/** The key of a layer. Has to be called before the layer is read. Throws the system's errors. */
	keyOf({ path, start, bytes }: BlobLocation): CacheKey {
		return `file [${this.#fileAt(path).facts},${start},${bytes}]`;
	}

	/** Whether a file is what it was when its key was made, and would look different if it were not. Throws the system's errors. */
	isUnchanged(path: string): boolean {
		const before = this.#fileAt(path).stats;
		const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
		return (
			dev === before.dev &&
			ino === before.ino &&
			size === before.size &&
			mtimeNs === before.mtimeNs &&
			ctimeNs === before.ctimeNs &&
			Date.now() - lastChange(before) > tickOf(before)
		);
	}

	#fileAt(path: string): KnownFile {
		const known = this.#files.get(path);
		if (known !== undefined) return known;
		const stats = statSync(path, { bigint: true });
		const file = { facts: factsOf(realpathSync.native(path), stats), stats };
		this.#files.set(path, file);
		return file;
	}
}

interface KnownFile {
	/** What the file is known by, as the items of a JSON array. An archive has thousands of layers, so that they are put into words once. */
	readonly facts: string;
	readonly stats: BigIntStats;
}

function factsOf(realPath: string, { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
	const facts = [dev, ino, size, mtimeNs, ctimeNs].map(String);
	return JSON.stringify([realPath, ...facts]).slice(1, -1);
}

/** Milliseconds since 1970. */
function lastChange({ mtimeNs, ctimeNs }: BigIntStats): number {
	return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
}

/** A file system whose clock counts whole seconds has no nanoseconds. */
function tickOf({ mtimeNs, ctimeNs }: BigIntStats): number {
	const isCoarse = mtimeNs % 1_000_000_000n === 0n && ctimeNs % 1_000_000_000n === 0n;
	return isCoarse ? COARSE_TICK_MILLISECONDS : TICK_MILLISECONDS;
}
