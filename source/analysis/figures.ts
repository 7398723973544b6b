import type { WasteCause } from '../filetree/file-tree.ts';
import type { BaseImage } from '../image/image.ts';

/** The kinds of change that a layer's change set lists. */
export const listedKinds = ['added', 'content', 'metadata', 'identical', 'removed'] as const;
export type ListedKind = (typeof listedKinds)[number];

export interface ChangeCounts {
	/** Everything but directories: files, links, devices. */
	readonly files: number;
	readonly directories: number;
	/** Regular-file bytes: shipped by this layer, or for `removed`, taken away. */
	readonly bytes: number;
}

export interface LayerFigures {
	/** 0-based, lowest first. */
	readonly index: number;
	readonly storedBytes: number;
	readonly unpackedBytes: number;
	/** Sum of the sizes of the regular-file entries. */
	readonly layerBytes: number;
	/** Bytes that this layer wasted as the culprit, whichever layer shipped them. */
	readonly wastedBytes: number;
	readonly changes: Readonly<Record<ListedKind, ChangeCounts>>;
}

/** All wasted bytes that one path carried, in whichever layers. */
export interface WastedPath {
	/** Node of the tree; `pathOf(tree, node)` gives its text. */
	readonly node: number;
	readonly bytes: number;
	/** How many dead copies. */
	readonly copies: number;
	readonly causes: readonly WasteCause[];
	/** The layers that shipped the dead bytes, 0-based, ascending. */
	readonly shippedIn: readonly number[];
	/** The layers that took them away, 0-based, ascending. */
	readonly culprits: readonly number[];
}

/** The wasted paths, most bytes first, then in path order. */
export interface WastedPaths extends Iterable<WastedPath> {
	readonly length: number;
	/** The paths ranked `start` to `end - 1`, from 0. */
	slice(start: number, end: number): readonly WastedPath[];
}

/** Where the base image ends, and who says so. */
export interface Base {
	/** How many of the lowest layers are the base. */
	readonly layerCount: number;
	/** An annotation may also be a label. `first-layer` is a guess. `none` is where there is no base, or nothing says that there is. */
	readonly origin: 'named' | 'provenance' | 'annotation' | 'first-layer' | 'none';
	/** The image that is the base; absent where none is known. */
	readonly image?: string;
	/** The images that were found to be below it or the base itself, the topmost first; left out if none was found. */
	readonly images?: readonly BaseImage[];
}

/** What some layers waste, whichever layers shipped it, and what they ship. */
export interface LayerWaste {
	readonly wastedBytes: number;
	readonly layerBytes: number;
	readonly wastedRatio: number;
}

/** The figures of one image that every screen and report shows, as defined in docs/figures.md. Bytes are exact. */
export interface Figures {
	readonly layers: readonly LayerFigures[];
	readonly storedBytes: number;
	readonly unpackedBytes: number;
	readonly totalBytes: number;
	readonly liveBytes: number;
	readonly wastedBytes: number;
	/** live / total; 1 for an image with no bytes. */
	readonly efficiency: number;
	readonly wasteByCause: Readonly<Record<WasteCause, number>>;
	readonly base: Base;
	/** What the base itself wasted, over what it ships; ratio 0 when it ships nothing and wastes nothing. */
	readonly baseLayers: LayerWaste;
	/** Waste that the layers above the base caused, over what they ship; ratio 0 when they ship nothing and waste nothing. */
	readonly addedLayers: LayerWaste;
	readonly wastedPaths: WastedPaths;
	readonly finalFileSystem: {
		readonly files: number;
		readonly hardLinks: number;
		readonly symlinks: number;
		readonly directories: number;
		readonly special: number;
	};
}
