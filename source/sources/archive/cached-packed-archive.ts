import { createHash } from 'node:crypto';
import type { CacheAddress } from '../../cache/cache-address.ts';
import { json } from '../../cache/kinds/answers.ts';
import { documents } from '../../cache/kinds/documents.ts';
import { type CacheKind, isWorthCaching, type Microseconds } from '../../cache/kinds/kind.ts';
import { layers } from '../../cache/kinds/layers.ts';
import { type CacheRequest, diffIdKey, type LayerCache } from '../../cache/layer-cache.ts';
import { lookUpLayer, type NamedGroups, storeLayer } from '../../cache/layer-facts.ts';
import { namedGroups } from '../../facts/fact-groups.ts';
import type { FactGroup } from '../../tar/changeset.ts';
import { FileKeys } from '../layers/file-keys.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import type { ArchiveFiles } from './archive-contents.ts';
import type { OuterTar } from './streamed-archive.ts';
import type { StreamedFile } from './streamed-file.ts';

/** What an image takes from its archive, by the names of the files there. */
export interface TakenFiles {
	readonly documents: readonly string[];
	/** Empty for the file system of a container, whose documents are files like any other. */
	readonly layers: readonly string[];
}

/** The list of what was stored. */
interface StoredFiles {
	readonly documents: readonly (readonly [name: string, digest: string])[];
	readonly layers: readonly string[];
}

/** How an archive is read. */
export interface PackedReading {
	readonly cost: Microseconds;
	readonly outer: OuterTar;
	/** Which facts are wanted of its layers. */
	readonly facts: readonly FactGroup[];
}

/** An archive on disk that is packed as a whole, and so cannot be read in parts, in the cache. */
export class CachedPackedArchive {
	readonly #keys = new FileKeys();
	readonly #location: BlobLocation;
	readonly #cache: LayerCache;
	/** The work to read the archive: to get at one of its files takes as long as to get at all. */
	readonly #cost: Microseconds;
	/** What the entries of the archive itself depend on. */
	readonly #outerKey: string;
	readonly #facts: NamedGroups;

	private constructor(location: BlobLocation, cache: LayerCache, { cost, outer, facts }: PackedReading) {
		this.#facts = namedGroups(facts);
		this.#outerKey = outer.isFileSystem ? '\nof a file system' : outer.isLayer ? '\nof a layer' : '';
		this.#location = location;
		this.#cache = cache;
		this.#cost = cost;
	}

	/** Null for an archive that takes so little to read that the cache is not worth it. */
	static of(location: BlobLocation, cache: LayerCache, reading: PackedReading): CachedPackedArchive | null {
		return isWorthCaching('image', reading.cost) ? new CachedPackedArchive(location, cache, reading) : null;
	}

	/** What an image took from this archive before; null unless all of it is cached. Throws the system's errors. */
	lookUp(): ArchiveFiles | null {
		const stored = this.#cache.lookUp(this.#request(lists, 'list'));
		const outer = stored && this.#cache.lookUp(this.#request(layers, 'outer'));
		if (stored === null || outer === null) return null;
		const files = new Map<string, StreamedFile>();
		for (const [name, digest] of stored.documents) {
			const bytes = this.#cache.lookUp(this.#documentRequest(digest));
			if (bytes === null) return null;
			files.set(name, { type: 'document', bytes });
		}
		for (const name of stored.layers) {
			const changeset = lookUpLayer(this.#cache, this.#request(layers, `layer ${name}`), this.#facts);
			if (changeset === null) return null;
			files.set(name, { type: 'layer', changeset });
		}
		return { outer, files };
	}

	/** Stores what an image took. Throws the system's errors. */
	store({ outer, files }: ArchiveFiles, taken: TakenFiles): void {
		storeLayer(this.#cache, this.#request(layers, 'outer'), { changeset: outer, groups: this.#facts });
		for (const name of taken.layers) {
			const file = files.get(name);
			if (file?.type !== 'layer') continue;
			const { diffId } = file.changeset;
			const shared = diffId === null ? [] : [diffIdKey(diffId)];
			storeLayer(this.#cache, this.#request(layers, `layer ${name}`, shared), {
				changeset: file.changeset,
				groups: this.#facts,
			});
		}
		const names = taken.layers.length === 0 ? [] : taken.documents;
		const stored = names.flatMap((name) => {
			const file = files.get(name);
			return file?.type === 'document' ? [[name, this.#storeDocument(file.bytes)] as const] : [];
		});
		this.#cache.store(this.#request(lists, 'list'), { documents: stored, layers: taken.layers });
	}

	/** The address of what is worked out from these layers. Throws the system's errors. */
	addressOf(layerNames: readonly string[]): CacheAddress {
		const key = this.#keyOf(`layers ${JSON.stringify(layerNames)}`);
		const layerKeys = layerNames.map((name) => this.#keyOf(`layer ${name}`));
		return { key, layerKeys, isCurrent: this.#isUnchanged };
	}

	#request<T extends object>(
		kind: CacheKind<T>,
		part: string,
		otherKeys: readonly string[] = [],
	): CacheRequest<T> {
		const keys = [this.#keyOf(part), ...otherKeys];
		return { kind, keys, cost: this.#cost, isCurrent: this.#isUnchanged };
	}

	#documentRequest(digest: string): CacheRequest<Uint8Array> {
		return { kind: documents, keys: [digest], cost: this.#cost, isCurrent: this.#isUnchanged };
	}

	#storeDocument(bytes: Uint8Array): string {
		const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
		this.#cache.store(this.#documentRequest(digest), bytes);
		return digest;
	}

	#keyOf(part: string): string {
		return `${this.#keys.keyOf(this.#location)}\n${part}${this.#outerKey}`;
	}

	readonly #isUnchanged = (): boolean => this.#keys.isUnchanged(this.#location.path);
}

const lists: CacheKind<StoredFiles> = json(isStoredFiles);

/** The list is sealed by this user's key, and of this version: only its shape is checked. */
function isStoredFiles(value: unknown): value is StoredFiles {
	return (
		typeof value === 'object' &&
		value !== null &&
		'documents' in value &&
		'layers' in value &&
		Array.isArray(value.documents) &&
		Array.isArray(value.layers)
	);
}
