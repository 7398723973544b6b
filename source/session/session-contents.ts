import type { CacheAddress } from '../cache/cache-address.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { FileTree, LayerFiles } from '../filetree/file-tree.ts';
import {
	digestRequest,
	emptyDigest,
	type FilesOfLayer,
	readDigests,
} from '../sources/contents/file-digests.ts';
import { asFileError } from '../sources/file-errors.ts';
import type { FileReader } from '../sources/file-source.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import { DIGEST_BYTES } from '../tar/changeset.ts';
import { type IdentityKey, type IdentityScheme, PLAIN_SHA256 } from '../tar/content-identity.ts';
import { readOnce } from './session-files.ts';

export interface SessionContentsInput {
	/** The image as the user named it, for messages. */
	readonly reference: string;
	readonly tree: FileTree;
	/** Null where the image could be read only once. */
	readonly reader: FileReader | null;
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	/** Of the content identities in the layers. */
	readonly identityScheme: IdentityScheme;
	/** Where the cache has what was worked out from the layers; null where that is not cached. */
	readonly address: CacheAddress | null;
}

/** The SHA-256 of an image's files, which can be compared with those of other images and on other machines. */
export class SessionContents {
	readonly #input: SessionContentsInput;

	constructor(input: SessionContentsInput) {
		this.#input = input;
	}

	/** The key of the content identities in the layers; null where those are SHA-256 alone. Identities of one key can be compared. */
	get identityKey(): IdentityKey | null {
		const { cache, identityScheme } = this.#input;
		return identityScheme === 'plain' ? PLAIN_SHA256 : cache.identityKey;
	}

	/**
	 * The SHA-256 of files: for each layer given, 32 bytes a file in the order of its entries. What was hashed as it streamed, or is cached, is not
	 * read again. Throws `FathomError`, with `unsupported` where the image could be read only once and was not hashed then.
	 */
	async digests(layers: readonly LayerFiles[], signal?: AbortSignal): Promise<readonly Uint8Array[]> {
		const { tree, workers } = this.#input;
		const asked = layers.map((files) => ({ ...files, changeset: tree.changesets[files.layerIndex] }));
		const known = asked.map((files) => streamedDigests(files) ?? this.#lookUp(files));
		const missing = asked.filter((_, index) => known[index] === null);
		try {
			const read = missing.length === 0 ? [] : await this.#read(missing, signal);
			for (const [index, files] of asked.entries())
				this.#store(files, known[index] ?? read[missing.indexOf(files)]);
			return asked.map((files, index) => known[index] ?? read[missing.indexOf(files)]);
		} catch (error) {
			throw asFileError(error, this.#input.reference);
		} finally {
			await workers.close();
		}
	}

	/**
	 * The identities that files of uncompressed layers on disk would have under a key, for each layer given in the order of its entries; null where
	 * one of these layers is elsewhere. Throws `FathomError`.
	 */
	async identities(
		layers: readonly LayerFiles[],
		key: IdentityKey | null,
		signal?: AbortSignal,
	): Promise<readonly Uint8Array[] | null> {
		const { tree, workers, reader, reference } = this.#input;
		for (const { layerIndex } of layers) if (!(await reader?.blobOf?.(layerIndex))) return null;
		if (reader === null) return null;
		const asked = layers.map((files) => ({ ...files, changeset: tree.changesets[files.layerIndex] }));
		try {
			const hash = { kind: 'identity', key } as const;
			return await readDigests(asked, { label: reference, reader, workers, hash, signal });
		} catch (error) {
			throw asFileError(error, reference);
		} finally {
			await workers.close();
		}
	}

	#lookUp(files: FilesOfLayer): Uint8Array | null {
		const { cache, address, reader } = this.#input;
		return address && cache.lookUp(digestRequest(files, address, reader));
	}

	#store(files: FilesOfLayer, digests: Uint8Array): void {
		const { cache, address, reader } = this.#input;
		if (address !== null) cache.store(digestRequest(files, address, reader), digests);
	}

	#read(layers: readonly FilesOfLayer[], signal: AbortSignal | undefined) {
		const { reader, reference, workers } = this.#input;
		if (reader === null) throw readOnce(reference);
		return readDigests(layers, { label: reference, reader, workers, signal });
	}
}

/** The digests of a layer that was hashed as it streamed; null where it was not. Files without content were not hashed. */
function streamedDigests({ changeset: { digests, sizes }, entries }: FilesOfLayer): Uint8Array | null {
	if (entries.length === 0) return new Uint8Array(0);
	if (digests === null) return null;
	const chosen = new Uint8Array(entries.length * DIGEST_BYTES);
	for (const [index, entry] of entries.entries()) {
		const start = entry * DIGEST_BYTES;
		const streamed = digests.subarray(start, start + DIGEST_BYTES);
		chosen.set(sizes[entry] > 0 ? streamed : emptyDigest, index * DIGEST_BYTES);
	}
	return chosen;
}
