import type { FileTree } from '../../filetree/file-tree.ts';
import { pathOf } from '../../filetree/paths.ts';
import type { LayerDescription } from '../../image/image.ts';
import type { FindingLevel } from './finding-level.ts';
import type { ImageFindings } from './image-findings.ts';

/** What of a finding can be compared with those of another image. */
export interface KnownFinding {
	/** A saved report of a newer version of fathom may have codes that are not known here. */
	readonly code: string;
	readonly level: FindingLevel;
	/** What it is about. */
	readonly bytes: number;
	/** The instructions of the layers that shipped and that wasted the bytes; null if no instruction is known. */
	readonly shippedBy: string | null;
	readonly wastedBy: string | null;
	/** The layer that shipped the bytes, 0-based; null if no layer did. */
	readonly shippedIn: number | null;
	/** The layer that is to blame, 0-based; null for the image as a whole. */
	readonly layerIndex: number | null;
	/** Where the files are, as `Place` has them. */
	readonly paths: readonly string[];
}

export interface KnownFindings {
	readonly list: readonly KnownFinding[];
	/** Whether contents were read for those that need them. */
	readonly withContents: boolean;
}

interface FoundIn {
	readonly tree: FileTree;
	readonly layers: readonly Pick<LayerDescription, 'instruction'>[];
}

/** The findings of an image as something that lasts longer than its tree. */
export function knownFindings(
	{ findings, withContents, unreadLayers }: Omit<ImageFindings, 'unused' | 'savedBytes'>,
	{ tree, layers }: FoundIn,
): KnownFindings {
	const list = findings.map(({ code, level, bytes, shippedIn, wastedIn, places }) => ({
		code,
		level,
		bytes,
		shippedBy: shippedIn === null ? null : layers[shippedIn].instruction,
		wastedBy: wastedIn === null ? null : layers[wastedIn].instruction,
		shippedIn,
		layerIndex: wastedIn ?? shippedIn,
		paths: places.map(({ node }) => pathOf(tree, node)),
	}));
	return { list, withContents: withContents && unreadLayers.length === 0 };
}
