import type { Both } from '../../diff/merge-structure.ts';
import type { LayerFiles } from '../../filetree/file-tree.ts';
import { DIGEST_BYTES, IDENTITY_BYTES } from '../../tar/changeset.ts';
import { GMAC_BYTES } from '../../tar/content-identity.ts';
import type { ComparedImage } from './compared-image.ts';

/** Regular files of one image: the layer and the entry of each. */
export interface ChosenFiles {
	readonly layers: Uint16Array;
	readonly entries: Int32Array;
}

/** Recognises files of two images by what their changesets have of them: no file is read. */
export class KnownContents {
	readonly #images: Both<ComparedImage>;
	readonly #haveOneKey: boolean;

	constructor(images: Both<ComparedImage>) {
		this.#images = images;
		const [older, newer] = images.map(({ contents }) => contents.identityKey);
		this.#haveOneKey =
			older === newer || (older !== null && newer !== null && Buffer.compare(older, newer) === 0);
	}

	/**
	 * What a file is recognised by among those of its size in both images; null where only its digest tells. Small files have the same kind
	 * of identity everywhere.
	 */
	identityOf(
		side: 0 | 1,
		{ layer, entry }: { readonly layer: number; readonly entry: number },
	): Uint8Array | null {
		const { identities, sizes } = this.#images[side].tree.changesets[layer];
		if (identities === null || (sizes[entry] >= GMAC_BYTES && !this.#haveOneKey)) return null;
		return identities.subarray(entry * IDENTITY_BYTES, (entry + 1) * IDENTITY_BYTES);
	}
}

/** The SHA-256 of files, `DIGEST_BYTES` each, in the order given; zeros where it is not known. Reads just these files. Throws `FathomError`. */
export async function digestsOf(
	{ layers, entries }: ChosenFiles,
	{ contents }: ComparedImage,
	signal: AbortSignal | undefined,
): Promise<Uint8Array> {
	const asked = filesByLayer(layers, entries);
	const digests = asked.length === 0 ? [] : await contents.digests(asked, signal);
	const inOrder = new Uint8Array(layers.length * DIGEST_BYTES);
	const positions = asked.map(
		(files) => new Map(Array.from(files.entries, (entry, index) => [entry, index])),
	);
	const numbers = new Map(asked.map(({ layerIndex }, number) => [layerIndex, number]));
	for (let file = 0; file < layers.length; file++) {
		const number = numbers.get(layers[file]) ?? 0;
		const start = (positions[number].get(entries[file]) ?? 0) * DIGEST_BYTES;
		inOrder.set(digests[number].subarray(start, start + DIGEST_BYTES), file * DIGEST_BYTES);
	}
	return inOrder;
}

/** Whether a digest is not known. */
export function isUnknown(digest: Uint8Array): boolean {
	return digest.every((byte) => byte === 0);
}

/** The distinct entries of each layer, ascending: hard links may lead to one entry several times. */
function filesByLayer(layers: Uint16Array, entries: Int32Array): readonly LayerFiles[] {
	const byLayer = new Map<number, Set<number>>();
	for (let file = 0; file < layers.length; file++) {
		const known = byLayer.get(layers[file]);
		if (known === undefined) byLayer.set(layers[file], new Set([entries[file]]));
		else known.add(entries[file]);
	}
	return [...byLayer]
		.sort(([left], [right]) => left - right)
		.map(([layerIndex, known]) => ({ layerIndex, entries: Uint32Array.from(known).sort() }));
}
