import type { FileTree } from '../../filetree/file-tree.ts';
import type { ImageDescription, LayerDescription } from '../../image/image.ts';

/** The image before, as far as it is known: of a saved report, what that says. */
export interface Baseline {
	/** As the user named it. */
	readonly name: string;
	readonly origin: 'image' | 'report';
	/** The names of the image. */
	readonly names: readonly string[];
	/** What the image was opened by; null where the report does not tell. */
	readonly reference: string | null;
	readonly platform: ImageDescription['platform'];
	readonly figures: BaselineFigures;
	/** Lowest first; null where they are not known. */
	readonly layers: readonly BaselineLayer[] | null;
	/** What is at its paths; null where that is not known. */
	readonly contents: BaselineContents | null;
}

/** Bytes; null: not known. */
export interface BaselineFigures {
	readonly storedBytes: number | null;
	readonly unpackedBytes: number | null;
	readonly liveBytes: number | null;
	readonly wastedBytes: number | null;
	/** What the layers above the base wasted. */
	readonly addedWastedBytes: number | null;
}

export interface BaselineLayer extends LayerDescription {
	readonly unpackedBytes: number | null;
	/** What it wasted as the culprit. */
	readonly wastedBytes: number | null;
}

export type BaselineContents =
	| { readonly kind: 'tree'; readonly tree: FileTree; readonly baseLayerCount: number }
	| {
			readonly kind: 'list';
			/** What each visible path carries, bytes; also directories and links, which carry nothing. */
			readonly visible: ReadonlyMap<string, number>;
			readonly wasted: readonly ListedWaste[];
			readonly baseLayerCount: number | null;
	  };

/** All wasted bytes that one path carried. */
export interface ListedWaste {
	readonly path: string;
	readonly wastedBytes: number;
	/** The layers that took them away, 0-based. */
	readonly culprits: readonly number[];
}

/** live / total, and 1 for an image with no bytes; null where that is not known. */
export function efficiencyOf({ liveBytes, wastedBytes }: BaselineFigures): number | null {
	if (liveBytes === null || wastedBytes === null) return null;
	const total = liveBytes + wastedBytes;
	return total === 0 ? 1 : liveBytes / total;
}
