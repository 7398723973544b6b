import { contentClasses } from '../../analysis/copies/content-classes.ts';
import type { Copies } from '../../analysis/copies/copies.ts';
import { findCopyCandidates } from '../../analysis/copies/copy-candidates.ts';
import { areCopyColumns, type CopyColumns, copiesOf } from '../../analysis/copies/copy-columns.ts';
import { groupCopies } from '../../analysis/copies/group-copies.ts';
import type { CacheAddress } from '../../cache/cache-address.ts';
import { copied } from '../../cache/kinds/answers.ts';
import type { CacheRequest, LayerCache } from '../../cache/layer-cache.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { runInSlices } from '../../sources/time-slice.ts';
import { candidateHashes, type HashedImage } from './candidate-hashes.ts';

export interface SessionCopiesInput extends Omit<HashedImage, 'tree'> {
	readonly tree: FileTree;
	readonly cache: LayerCache;
	/** Where the cache has what was worked out from the layers; null where that is not cached. */
	readonly address: CacheAddress | null;
}

/** Is raised whenever other copies would be found, so that the cache does not give old ones. */
const VERSION = 1;

/** What the final file system of an image has more than once. */
export class SessionCopies {
	readonly #input: SessionCopiesInput;
	readonly #asked = new Map<number, Promise<Copies>>();

	constructor(input: SessionCopiesInput) {
		this.#input = input;
	}

	/**
	 * The copies of at least so many bytes. Only files are read that may be copies, and whose content is not known from reading or the cache; this is
	 * done once. Throws `FathomError`, with `interrupted` when the signal is aborted.
	 */
	ask(fromBytes: number, signal?: AbortSignal): Promise<Copies> {
		const known = this.#asked.get(fromBytes);
		if (known !== undefined) return known;
		const copies = this.#cached(fromBytes, signal).then((columns) => copiesOf(this.#input.tree, columns));
		this.#asked.set(fromBytes, copies);
		copies.catch(() => this.#asked.delete(fromBytes));
		return copies;
	}

	/** Copies of which some may not be known are not stored: next time more may be readable. */
	async #cached(fromBytes: number, signal: AbortSignal | undefined): Promise<CopyColumns> {
		const { cache } = this.#input;
		const request = this.#request(fromBytes);
		const found = request && cache.lookUp(request);
		if (found) return found;
		const columns = await this.#workOut(fromBytes, signal);
		if (request && columns.unreadLayers.length === 0 && columns.unknownFiles === 0)
			cache.store(request, columns);
		return columns;
	}

	#request(fromBytes: number): CacheRequest<CopyColumns> | null {
		const { address, tree } = this.#input;
		if (address === null) return null;
		return {
			kind: copied<CopyColumns>((value) => areCopyColumns(value, tree)),
			keys: [`details ${VERSION} copies ${fromBytes}\n${address.key}`],
			cost: Infinity,
			isCurrent: address.isCurrent,
		};
	}

	async #workOut(fromBytes: number, signal: AbortSignal | undefined): Promise<CopyColumns> {
		const { tree } = this.#input;
		const candidates = await runInSlices(findCopyCandidates(tree, fromBytes), signal);
		const { hashes, length, unreadLayers } = await candidateHashes(candidates, this.#input, signal);
		const sizes = new Float64Array(candidates.nodes.length);
		for (let file = 0; file < sizes.length; file++) sizes[file] = candidates.bytes[candidates.nodes[file]];
		const classes = await runInSlices(contentClasses({ hashes, length, sizes }), signal);
		return runInSlices(groupCopies(tree, candidates, { classes, unreadLayers }), signal);
	}
}
