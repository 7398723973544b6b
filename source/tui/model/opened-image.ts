import type { Figures } from '../../analysis/figures.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { SourceImage } from '../../image/at-hand/source-image.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { SourceLine } from '../../text/dockerfile/source-line.ts';
import type { Notice, Warning } from '../../warning.ts';
import type { KnownDetails } from './image-details.ts';
import type { ReadingProgress } from './reading.ts';

/** Everything that the explorer shows of an image. */
export interface OpenedImage {
	readonly kind: 'image';
	/** What the user asked for, as written. */
	readonly reference: string;
	/** The engine or registry that it was found in; null for files. */
	readonly foundIn: string | null;
	/** Whether the top layer is what a container wrote on its image. */
	readonly isContainer: boolean;
	readonly description: ImageDescription;
	/** The line of each layer's instruction in its author's file, lowest first; null or nothing for a layer where it is not known. */
	readonly instructions: readonly (SourceLine | null)[];
	readonly tree: FileTree;
	readonly figures: Figures;
	/** All images of the same place, the opened one included; absent where it holds one alone, or does not say. */
	readonly choices?: readonly SourceImage[];
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	readonly stage: Stage;
	readonly details: KnownDetails;
}

/** How far an image is worked out. */
export type Stage =
	/** Layers are still being read, and all figures are of those that are. */
	| {
			readonly kind: 'reading';
			readonly progress: ReadingProgress | null;
			/** Since the image was asked for; 0 by default. */
			readonly elapsedSeconds?: number;
			readonly layers: readonly LayerReading[];
	  }
	/** Contents are still being compared: it is not known yet which kind of change a changed file has. */
	| { readonly kind: 'comparing'; readonly layers?: readonly LayerReading[] }
	/** Layers that could not be read are left out, and may be read again. All are read where it is left out how far each is. */
	| { readonly kind: 'complete'; readonly layers?: readonly LayerReading[] };

/** How far the reading of one layer is. */
export type LayerReading =
	| { readonly kind: 'waiting' }
	/** Of its stored bytes. */
	| { readonly kind: 'reading'; readonly bytesDone: number }
	/** It is in the tree and in the figures. */
	| { readonly kind: 'read' }
	/** `reason`: in the user's words, not yet escaped for a terminal. */
	| { readonly kind: 'failed'; readonly reason: string };

type Staged = Pick<OpenedImage, 'stage'>;

const read = { kind: 'read' } as const;

/** How far the reading of a layer, 0-based, is. */
export function readingOf({ stage }: Staged, layer: number): LayerReading {
	return stage.layers?.[layer] ?? read;
}

/** Whether a layer of the image, 0-based, has been read, so that figures are with it. */
export function isRead(image: Staged, layer: number): boolean {
	return readingOf(image, layer).kind === 'read';
}

/** How many of the layers below one, 0-based, figures and changes are without. */
export function unreadBelow({ stage }: Staged, layer: number): number {
	return (stage.layers ?? []).slice(0, layer).filter(({ kind }) => kind !== 'read').length;
}

/** The layers, 0-based, that figures are without, although all others are read. */
export function leftOut({ stage }: Staged): readonly number[] {
	if (stage.kind === 'reading') return [];
	return (stage.layers ?? []).flatMap(({ kind }, layer) => (kind === 'read' ? [] : [layer]));
}

/** Whether nodes have the same numbers in the trees of both, which are of one image: once all layers are read that can be. */
export function hasSameNodes(before: Staged, image: Staged): boolean {
	if (before.stage.kind === 'reading') return false;
	return leftOut(before).join() === leftOut(image).join();
}
