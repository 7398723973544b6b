import type { Figures } from '../../analysis/figures.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { Notice, Warning } from '../../warning.ts';
import type { ReadingProgress } from './reading.ts';

/** Everything that the explorer shows of an image. */
export interface OpenedImage {
	readonly kind: 'image';
	/** What the user asked for, as written. */
	readonly reference: string;
	/** The engine or registry that it was found in; null for files. */
	readonly foundIn: string | null;
	readonly description: ImageDescription;
	readonly tree: FileTree;
	readonly figures: Figures;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	readonly stage: Stage;
}

/** How far an image is worked out. */
export type Stage =
	/** Only the lowest layers are there, and all figures are of them alone. */
	| { readonly kind: 'reading'; readonly layersRead: number; readonly progress: ReadingProgress | null }
	/** Contents are still being compared: it is not known yet which kind of change a changed file has. */
	| { readonly kind: 'comparing' }
	| { readonly kind: 'complete' };

/** Whether a layer of the image, 0-based, has been read. */
export function isRead({ stage }: Pick<OpenedImage, 'stage'>, layer: number): boolean {
	return stage.kind !== 'reading' || layer < stage.layersRead;
}
