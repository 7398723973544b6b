import type { Readable } from 'node:stream';
import type { ImageDescription } from '../image/image.ts';
import type { Platform } from '../image/platform.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { Notice, Warning } from '../warning.ts';
import type { LayerWorkers } from './layer-workers.ts';
import type { BlobLocation } from './located-blobs.ts';

/** Which image to take when a source holds several, and how to read it. */
export interface OpenOptions {
	/** Takes the image that has this name (`--image`). */
	readonly imageName?: string;
	/** Takes the image for this platform (`--platform`). */
	readonly platform?: Platform;
	/** Checks the diff ID of every layer, however large, at the price of reading all of it. */
	readonly verify?: boolean;
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: ReadProgress) => void;
}

/** How far reading is. Called at most some tens of times a second. */
export interface ReadProgress {
	readonly phase: 'layers' | 'comparing';
	readonly layersDone: number;
	/** null while it is not known. */
	readonly layersTotal: number | null;
	/** Bytes of the source taken in so far, jumped over or read. */
	readonly bytesDone: number;
	readonly bytesTotal: number | null;
}

/** What is to be opened, and the means to do it. */
export interface SourceInput {
	/** As the user wrote it. */
	readonly reference: string;
	/** Where the archive comes from when the reference is `-`. */
	readonly stdin: Readable;
	/** Who reads layers; closed by whoever opened them. */
	readonly workers: LayerWorkers;
}

/** The one seam for new sources: a reference in, an image with its layers read out. */
export interface ImageSource {
	/** Whether the reference is one of this source's. Throws the system's errors. */
	accepts(reference: string): boolean;
	/** Opens the reference, picks one image and reads its layers. Throws `FathomError`, and the system's errors. */
	read(input: SourceInput, options: OpenOptions): Promise<ReadImage>;
}

/** One image with all its layers' changesets, and the means to settle questions about content. */
export interface ReadImage {
	readonly reference: string;
	readonly sourceKind: SourceKind;
	readonly description: ImageDescription;
	/** Lowest first, one a layer. Two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Whether each layer's content has the diff ID that the config names; null where it was not checked or there is none. */
	readonly diffIdMatches: readonly (boolean | null)[];
	/** Other images of the same source, described only: what a base image is looked for among. */
	readonly others: readonly ImageDescription[];
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	/** Reads layers again by position; null when every changeset carries identities. */
	readonly content: LayerContent | null;
}

export type SourceKind = 'docker-archive' | 'oci-archive' | 'oci-layout' | 'container-snapshot';

/** Where the uncompressed tar of each layer lies, for those that can be read by position. */
export interface LayerContent {
	readonly locations: readonly (BlobLocation | null)[];
}
