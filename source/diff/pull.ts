import type { FileTree } from '../filetree/file-tree.ts';
import type { LayerDescription } from '../image/image.ts';
import type { Both } from './merge/merge-structure.ts';

/** What a host that has the old image must pull for the new one. */
export interface Pull {
	/** 0-based indices of the layers of the new image that it has to pull; a blob that is there twice is pulled once. */
	readonly layers: readonly number[];
	/** Their size as stored, bytes. */
	readonly storedBytes: number;
	/**
	 * How the source of the new image stores them. A registry compresses layers: where the source does not, a pull from a registry costs less than
	 * `storedBytes`.
	 */
	readonly compression: 'all' | 'some' | 'none';
}

/** The layers of an image, lowest first. */
type Layers = readonly Pick<LayerDescription, 'index' | 'digest' | 'diffId' | 'storedBytes'>[];

interface PulledImage {
	readonly description: { readonly layers: readonly LayerDescription[] };
	readonly tree: Pick<FileTree, 'changesets'>;
}

/** Works out which layers of the new image the old one lacks: by the digest of the blob, else by diff ID. */
export function pullOf([older, newer]: Both<PulledImage>): Pull {
	const { layers, storedBytes } = layersToPull([older.description.layers, newer.description.layers]);
	const compressed = layers.filter(
		(index) => newer.description.layers[index].storedBytes !== newer.tree.changesets[index].unpackedBytes,
	);
	return {
		layers,
		storedBytes,
		compression: compressed.length === layers.length ? 'all' : compressed.length === 0 ? 'none' : 'some',
	};
}

/** The same of the layers alone. */
export function layersToPull([older, newer]: Both<Layers>): Omit<Pull, 'compression'> {
	const there = new Set(older.flatMap(namesOf));
	const pulled: Layers[number][] = [];
	for (const layer of newer) {
		const names = namesOf(layer);
		// What a container wrote is a layer without a name, which no registry has.
		if (names.length === 0 || names.some((name) => there.has(name))) continue;
		for (const name of names) there.add(name);
		pulled.push(layer);
	}
	return {
		layers: pulled.map(({ index }) => index),
		storedBytes: pulled.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
	};
}

function namesOf({ digest, diffId }: Layers[number]): readonly string[] {
	return [digest, diffId].filter((name) => name !== null);
}
