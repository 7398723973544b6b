import type { CacheAddress } from '../cache/cache-address.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import { factsRequest } from '../cache/layer-facts.ts';
import { loadReaders, namedGroups } from '../facts/fact-groups.ts';
import type { ImageFacts } from '../facts/image-facts.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { readFacts } from '../sources/facts/read-facts.ts';
import { asFileError } from '../sources/file-errors.ts';
import type { FileReader } from '../sources/file-source.ts';
import type { SharedFacts } from '../sources/sharing/shared-facts.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { EntryFact, FactGroup, LayerFacts } from '../tar/changeset.ts';
import { filesOfLayers } from './layer-files.ts';

export interface SessionFactsInput {
	/** The image as the user named it, for messages. */
	readonly reference: string;
	readonly tree: FileTree;
	/** Null where the image could be read only once. */
	readonly reader: FileReader | null;
	/** Layers, 0-based, whose contents are not read to get at facts, because that would fetch every file by itself. */
	readonly closedLayers: ReadonlySet<number>;
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	/** Where the cache has what was worked out from the layers; null where that is not cached. */
	readonly address: CacheAddress | null;
	/** What is read of layers that another image has too; null where there is none. */
	readonly shared: SharedFacts | null;
	/** Gets how far reading is. */
	readonly onProgress?: ((bytesDone: number, bytesTotal: number) => void) | undefined;
}

export interface FactsAsking {
	readonly signal?: AbortSignal | undefined;
}

/** What is read from the contents of an image's files. */
export class SessionFacts {
	readonly #input: SessionFactsInput;
	readonly #asked = new Map<FactGroup, Promise<ReadonlyMap<FactGroup, ImageFacts>>>();

	constructor(input: SessionFactsInput) {
		this.#input = input;
	}

	/**
	 * The facts of some groups. What was read as layers streamed, or is cached, is not read again; each group is read once. Throws `FathomError`,
	 * with `interrupted` when the signal is aborted.
	 */
	async ask<Group extends FactGroup>(
		groups: readonly Group[],
		asking: FactsAsking = {},
	): Promise<Readonly<Record<Group, ImageFacts>>> {
		const unasked = groups.filter((group) => !this.#asked.has(group));
		if (unasked.length > 0) {
			const reading = this.#gather(unasked, asking);
			for (const group of unasked) this.#asked.set(group, reading);
			reading.catch(() => {
				for (const group of unasked) this.#asked.delete(group);
			});
		}
		const found: [Group, ImageFacts][] = [];
		for (const group of groups) found.push([group, (await this.#asked.get(group))?.get(group) as ImageFacts]);
		return Object.fromEntries(found) as Readonly<Record<Group, ImageFacts>>;
	}

	async #gather(
		wanted: readonly FactGroup[],
		asking: FactsAsking,
	): Promise<ReadonlyMap<FactGroup, ImageFacts>> {
		const { tree, reader, closedLayers } = this.#input;
		const known = new Map(
			wanted.map((group) => [group, tree.changesets.map((_, layer) => this.#known(layer, group))]),
		);
		const groups = wanted.filter((group) => known.get(group)?.includes(null));
		const layers = [...tree.changesets.keys()].filter(
			(layer) => !closedLayers.has(layer) && groups.some((group) => known.get(group)?.[layer] === null),
		);
		if (layers.length > 0 && reader !== null) {
			const read = await this.#read(reader, { layers, groups }, asking);
			for (const group of groups)
				for (const [index, layer] of layers.entries()) {
					const facts = read[index][group] ?? [];
					known.get(group)?.splice(layer, 1, facts);
					this.#store(layer, group, facts);
				}
		}
		for (const [group, facts] of known) this.#share(group, facts);
		return new Map([...known].map(([group, facts]) => [group, { layers: facts }]));
	}

	async #read(
		reader: FileReader,
		{ layers, groups }: { readonly layers: readonly number[]; readonly groups: readonly FactGroup[] },
		{ signal }: FactsAsking,
	): Promise<readonly LayerFacts[]> {
		const { tree, workers, reference, onProgress } = this.#input;
		try {
			await loadReaders(groups);
			const files = await runInSlices(filesOfLayers(tree, layers), signal);
			return await readFacts(files, { label: reference, reader, workers, groups, signal, onProgress });
		} catch (error) {
			throw asFileError(error, reference);
		} finally {
			await workers.close();
		}
	}

	/** What was read before, of this image or of another one; null where it has to be read. */
	#known(layer: number, group: FactGroup): readonly EntryFact[] | null {
		const { tree, shared } = this.#input;
		const changeset = tree.changesets[layer];
		return changeset.facts?.[group] ?? shared?.of(changeset, group) ?? this.#lookUp(layer, group);
	}

	#share(group: FactGroup, facts: readonly (readonly EntryFact[] | null)[]): void {
		const { tree, shared } = this.#input;
		for (const [layer, found] of facts.entries())
			if (found !== null) shared?.note(tree.changesets[layer], group, found);
	}

	#lookUp(layer: number, group: FactGroup): readonly EntryFact[] | null {
		const request = this.#request(layer, group);
		return request && this.#input.cache.lookUp(request);
	}

	#store(layer: number, group: FactGroup, facts: readonly EntryFact[]): void {
		const request = this.#request(layer, group);
		if (request !== null) this.#input.cache.store(request, facts);
	}

	#request(layer: number, group: FactGroup) {
		const { address } = this.#input;
		const key = address?.layerKeys?.[layer];
		if (address === null || key === undefined) return null;
		const { isCurrent } = address;
		const [named] = namedGroups([group]);
		return factsRequest({ keys: [key], cost: Infinity, isCurrent }, named);
	}
}
