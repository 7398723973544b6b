import type { Base } from '../../analysis/figures.ts';
import type { KnownFindings } from '../../analysis/findings/known-findings.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { ImageDescription, LayerDescription } from '../../image/image.ts';

/** The image before, or what a saved report says of it. */
export interface Baseline {
	/** As the user named it. */
	readonly name: string;
	readonly origin: 'image' | 'report';
	/** The names of the image. */
	readonly names: readonly string[];
	/** What the image was opened by. */
	readonly reference: string;
	readonly platform: ImageDescription['platform'];
	readonly figures: BaselineFigures;
	/** Lowest first. */
	readonly layers: readonly BaselineLayer[];
	/** The same with the values that look secret, for comparisons; null where a report is left, which has none of them. */
	readonly recorded: readonly LayerDescription[] | null;
	readonly tree: FileTree;
	readonly base: Base;
	/** Null where they were not asked for, or where a saved report has none. */
	readonly findings: KnownFindings | null;
	/** Why what it wastes says nothing beside what the image wastes, without a full stop; absent where it does. */
	readonly wasteObstacle?: string;
}

/** Bytes. */
export interface BaselineFigures {
	readonly storedBytes: number;
	readonly unpackedBytes: number;
	readonly liveBytes: number;
	readonly wastedBytes: number;
	/** What the layers above the base wasted. */
	readonly addedWastedBytes: number;
}

export interface BaselineLayer extends LayerDescription {
	readonly unpackedBytes: number;
	/** What it wasted as the culprit. */
	readonly wastedBytes: number;
}

/** live / total, and 1 for an image with no bytes. */
export function efficiencyOf({ liveBytes, wastedBytes }: BaselineFigures): number {
	const total = liveBytes + wastedBytes;
	return total === 0 ? 1 : liveBytes / total;
}
