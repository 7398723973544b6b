import type { FileTree, LayerFiles } from '../../filetree/file-tree.ts';
import { emptyDigest } from '../../sources/contents/file-digests.ts';
import { DIGEST_BYTES } from '../../tar/changeset.ts';
import type { ComparedContents } from '../pair/compared-image.ts';

/** The SHA-256 of files as far as a saved report has them. */
export class SavedContents implements ComparedContents {
	/** A report has no identities. */
	readonly identityKey = null;
	readonly #tree: FileTree;

	constructor(tree: FileTree) {
		this.#tree = tree;
	}

	async digests(layers: readonly LayerFiles[]): Promise<readonly Uint8Array[]> {
		return layers.map(({ layerIndex, entries }) => {
			const { digests, sizes } = this.#tree.changesets[layerIndex];
			const chosen = new Uint8Array(entries.length * DIGEST_BYTES);
			for (const [index, entry] of entries.entries()) {
				const known = digests?.subarray(entry * DIGEST_BYTES, (entry + 1) * DIGEST_BYTES);
				const digest = sizes[entry] === 0 ? emptyDigest : known;
				if (digest !== undefined) chosen.set(digest, index * DIGEST_BYTES);
			}
			return chosen;
		});
	}
}
