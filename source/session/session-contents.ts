import type { FileTree, LayerFiles } from '../filetree/file-tree.ts';
import { emptyDigest, readDigests } from '../sources/contents/file-digests.ts';
import { asFileError } from '../sources/file-errors.ts';
import type { FileReader } from '../sources/image-source.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import { type Changeset, DIGEST_BYTES } from '../tar/changeset.ts';
import { readOnce } from './session-files.ts';

export interface SessionContentsInput {
	/** The image as the user named it, for messages. */
	readonly reference: string;
	readonly tree: FileTree;
	/** Null where the image could be read only once. */
	readonly reader: FileReader | null;
	readonly workers: LayerWorkers;
}

/** What tells the contents of an image's files from others, beyond this image and this machine. */
export class SessionContents {
	readonly #input: SessionContentsInput;

	constructor(input: SessionContentsInput) {
		this.#input = input;
	}

	/**
	 * The SHA-256 of files: for each layer given, 32 bytes a file in the order of its entries. What was hashed as it streamed is not read
	 * again. Throws `FathomError`, with `unsupported` where the image could be read only once and was not hashed then.
	 */
	async digests(layers: readonly LayerFiles[], signal?: AbortSignal): Promise<readonly Uint8Array[]> {
		const { tree, workers } = this.#input;
		const asked = layers.map((files) => ({ ...files, changeset: tree.changesets[files.layerIndex] }));
		const unknown = asked.filter(({ changeset }) => changeset.digests === null);
		try {
			const read = unknown.some(({ entries }) => entries.length > 0) ? await this.#read(unknown, signal) : [];
			const byLayer = new Map(unknown.map((files, index) => [files, read[index]]));
			return asked.map((files) => byLayer.get(files) ?? streamedDigests(files));
		} catch (error) {
			throw asFileError(error, this.#input.reference);
		} finally {
			await workers.close();
		}
	}

	#read(layers: Parameters<typeof readDigests>[0], signal: AbortSignal | undefined) {
		const { reader, reference, workers } = this.#input;
		if (reader === null) throw readOnce(reference);
		return readDigests(layers, { label: reference, reader, workers, signal });
	}
}

/** Files without content were not hashed. */
function streamedDigests({
	changeset: { digests, sizes },
	entries,
}: LayerFiles & { readonly changeset: Changeset }): Uint8Array {
	const chosen = new Uint8Array(entries.length * DIGEST_BYTES);
	for (const [index, entry] of entries.entries()) {
		const start = entry * DIGEST_BYTES;
		const streamed = digests?.subarray(start, start + DIGEST_BYTES);
		chosen.set(sizes[entry] > 0 && streamed ? streamed : emptyDigest, index * DIGEST_BYTES);
	}
	return chosen;
}
