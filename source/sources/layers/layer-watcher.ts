import { FathomError } from '../../errors.ts';
import type { SourceImage } from '../../image/at-hand/source-image.ts';
import type { ImageDescription } from '../../image/image.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { Notice, Warning } from '../../warning.ts';

/** What an image says of itself, while none of its layers is read. */
export interface DescribedLayers {
	readonly description: ImageDescription;
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	/** As `ReadImage` says. */
	readonly choices?: readonly SourceImage[];
}

/**
 * Somebody who looks at an image while its layers are read. Layers are named by their indices, 0-based; several may be read from one blob,
 * and are read, or fail, together.
 */
export interface LayerWatcher {
	/** Gets what is known before any layer is read. Its promise is awaited. What it throws ends the reading. */
	readonly onDescribed: (described: DescribedLayers) => Promise<void>;
	/** Gets how many stored bytes of layers are read. */
	readonly onProgress: (layers: readonly number[], bytesDone: number) => void;
	/** Gets layers as soon as they are read. Its promise is awaited before the same thread reads on. */
	readonly onRead: (layers: readonly number[], changeset: Changeset) => Promise<void>;
	/** Whether layers that cannot be read are left out, so that the others are read all the same; else the first of them ends the reading. */
	readonly isForgiving: boolean;
	/** Gets why layers are left out. */
	readonly onFailed: (layers: readonly number[], error: FathomError) => void;
	/** The layer to be read next, where it is not read yet. It may change at any time. */
	readonly wanted: () => number;
	/** Whether layers are not to be tried, as they could not be read before. */
	readonly isLeftOut: (layers: readonly number[]) => boolean;
	/** What was read of this image before, by what it was read from. */
	readonly memory: Map<string, Changeset>;
}

/** Whether an error says nothing of the other layers. */
export function isOfOneLayer(error: unknown): error is FathomError {
	return error instanceof FathomError && error.code !== 'interrupted' && error.code !== 'too-large';
}
