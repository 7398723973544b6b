import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { type CacheKey, diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { AnswerPlace } from '../image-source.ts';
import type { BlobLocation } from '../store/blob-location.ts';

/** From so many packed bytes on it takes longer to unpack them than to look into the cache, to write it and to wait for it. */
const WORTH_LOOKING_BYTES = 1024 * 1024;

/** What takes less time to read than this is read about as fast as it is found again. */
const WORTH_KEEPING_MICROSECONDS = 500;
const MICROSECONDS_A_HEADER = 3;
const UNPACKED_BYTES_A_MICROSECOND = 300;
const HASHED_BYTES_A_MICROSECOND = 1000;

/** Two changes within one tick of a file system's clock look like one. */
const TICK_MILLISECONDS = 50;
const COARSE_TICK_MILLISECONDS = 2500;

/** Unpacking costs about as much for a byte as jumping over thirty. */
export function readingCost(storedBytes: number, isPacked: boolean): number {
	return isPacked ? storedBytes : storedBytes / 30;
}

/** Whether what costs so much to read is worth looking for in the cache. */
export function isWorthRemembering(cost: number): boolean {
	return cost > WORTH_LOOKING_BYTES;
}

/** What the cache has of files on disk: a layer in a file is known by the file as it is, down to the nanosecond of its last change. */
export class FileMemory {
	readonly #cache: LayerCache;
	/** The files as they were before anything was read of them, by the path that they were asked for. */
	readonly #files = new Map<string, { readonly realPath: string; readonly stats: BigIntStats }>();

	constructor(cache: LayerCache) {
		this.#cache = cache;
	}

	/** Reads a layer out of the cache; null where it is to be read from its file. Throws the system's errors. */
	find(location: BlobLocation): Changeset | null {
		return this.#cache.layer(this.keyOf(location));
	}

	/**
	 * Keeps a layer that took a while to read, once it was; by its diff ID as well, for other sources, if that was worked out along with
	 * the identities that they need. Throws the system's errors.
	 */
	keep(location: BlobLocation, changeset: Changeset, isPacked: boolean): void {
		if (!isWorthKeeping(changeset, isPacked) || !this.isUnchanged(location.path)) return;
		const { diffId, identities } = changeset;
		const shared = diffId === null || identities === null ? [] : [diffIdKey(diffId)];
		this.#cache.keepLayer([this.keyOf(location), ...shared], changeset);
	}

	/** Where answers about the contents of all these layers are. Throws the system's errors. */
	answersAbout(layers: readonly BlobLocation[]): AnswerPlace {
		const paths = new Set(layers.map(({ path }) => path));
		return {
			key: layers.map((location) => this.keyOf(location)).join('\n'),
			isCurrent: () => [...paths].every((path) => this.isUnchanged(path)),
		};
	}

	/** The key of a layer. To be asked for before the layer is read. Throws the system's errors. */
	keyOf({ path, start, bytes }: BlobLocation): CacheKey {
		const { realPath, stats } = this.#fileAt(path);
		const { dev, ino, size, mtimeNs, ctimeNs } = stats;
		const facts = [dev, ino, size, mtimeNs, ctimeNs].map(String);
		return `file ${JSON.stringify([realPath, ...facts, start, bytes])}`;
	}

	/** Whether a file is what it was when its key was made, and would not look the same if it were not. */
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

	#fileAt(path: string) {
		const known = this.#files.get(path);
		if (known !== undefined) return known;
		const file = { realPath: realpathSync.native(path), stats: statSync(path, { bigint: true }) };
		this.#files.set(path, file);
		return file;
	}
}

function isWorthKeeping({ headerCount, unpackedBytes, diffId }: Changeset, isPacked: boolean): boolean {
	const headers = headerCount * MICROSECONDS_A_HEADER;
	const unpacking = isPacked ? unpackedBytes / UNPACKED_BYTES_A_MICROSECOND : 0;
	const hashing = diffId === null ? 0 : unpackedBytes / HASHED_BYTES_A_MICROSECOND;
	return headers + unpacking + hashing > WORTH_KEEPING_MICROSECONDS;
}

/** Milliseconds since 1970. */
function lastChange({ mtimeNs, ctimeNs }: BigIntStats): number {
	return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
}

/** A file system that counts in whole seconds has no nanoseconds to show. */
function tickOf({ mtimeNs, ctimeNs }: BigIntStats): number {
	const isCoarse = mtimeNs % 1_000_000_000n === 0n && ctimeNs % 1_000_000_000n === 0n;
	return isCoarse ? COARSE_TICK_MILLISECONDS : TICK_MILLISECONDS;
}
