import type { ImageDescription, LayerDescription } from '../../image/image.ts';

/** What a JSON report that was saved tells of an image. null: not known, as of what an older version of fathom did not write. */
export interface SavedReport {
	/** As it was named when the report was made. */
	readonly reference: string | null;
	readonly names: readonly string[];
	readonly platform: ImageDescription['platform'];
	readonly figures: SavedFigures;
	/** Lowest first. */
	readonly layers: readonly SavedLayer[] | null;
	/** The indices of the layers that were not there. */
	readonly withoutLayers: readonly number[];
	readonly baseLayerCount: number | null;
	readonly paths: SavedPaths | null;
}

/** Bytes. */
export interface SavedFigures {
	readonly storedBytes: number | null;
	readonly unpackedBytes: number | null;
	readonly liveBytes: number | null;
	readonly wastedBytes: number | null;
	/** What the layers above the base wasted. */
	readonly addedWastedBytes: number | null;
}

export interface SavedLayer extends LayerDescription {
	readonly unpackedBytes: number | null;
	/** What it wasted as the culprit. */
	readonly wastedBytes: number | null;
}

export interface SavedPaths {
	/** The bytes that each visible path carries: 0 for all but regular files. */
	readonly visible: ReadonlyMap<string, number>;
	readonly wasted: readonly SavedWaste[];
}

export interface SavedWaste {
	readonly path: string;
	readonly wastedBytes: number;
	readonly culprits: readonly number[];
}
