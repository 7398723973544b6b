import type { Readable } from 'node:stream';
import type { CacheAddress } from '../cache/cache-address.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import type { SourceImage } from '../image/at-hand/source-image.ts';
import type { BuildArgument, ImageDescription } from '../image/image.ts';
import type { ImageSummary } from '../image/image-summary.ts';
import type { Platform } from '../image/platform.ts';
import type { Provenance } from '../image/provenance.ts';
import type { Changeset, FactGroup } from '../tar/changeset.ts';
import type { IdentityScheme } from '../tar/content-identity.ts';
import type { EntryBudget } from '../tar/entry-budget.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import type { Notice, Warning } from '../warning.ts';
import type { FileReader } from './file-source.ts';
import type { Host } from './host.ts';
import type { LayerWatcher } from './layers/layer-watcher.ts';
import type { LayerSharing } from './sharing/shared-layers.ts';
import type { BlobLocation } from './store/blob-location.ts';
import type { LayerWorkers } from './workers/layer-workers.ts';

/** Which image. */
export interface ImageChoice {
	/** As the user wrote it, for messages and reports. */
	readonly reference: string;
	/** Looks in this source alone (`--source`), whatever the reference looks like. */
	readonly source?: SourceName;
	/** Takes the image that has this name where a source has several (`--image`). */
	readonly imageName?: string;
	/** Takes the image for this platform (`--platform`). */
	readonly platform?: Platform;
	/** Takes a file as the tar of one layer, whatever it holds (`--as-layer`). */
	readonly asLayer?: boolean;
	/** The image that a container, or the file of its file system, was made from (`--over`). */
	readonly over?: string;
	/** Whether `over` goes for files and containers alone, so that an image is opened as it is: one of two that are compared. */
	readonly isOverOptional?: boolean;
}

/** How to read it. */
export interface ReadOptions {
	/** Checks the diff ID of every layer, however large, at the price of reading all of it. */
	readonly verify?: boolean;
	/** Works out the SHA-256 of files where a layer streams, to be read once. */
	readonly digests?: boolean;
	/** Reads these facts from the contents of layers that stream, so that nobody has to read them again for that; none by default. */
	readonly facts?: readonly FactGroup[];
	/** Identifies contents as those of any other source are, so that they can be compared with those. */
	readonly comparable?: boolean;
	/** What the entries of all layers are counted against; no limit by default. */
	readonly budget?: EntryBudget | null;
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: ReadProgress) => void;
	readonly onNote?: (note: ReadNote) => void;
	/** Shares layers with another image that is opened too. */
	readonly sharing?: LayerSharing;
	/** Hears of each layer, where layers can be read one by one; none by default. */
	readonly watcher?: LayerWatcher;
	/**
	 * Gets layers, lowest first, each as soon as it and all below it are read, where that is while others are still to be read; and how
	 * many entries all layers together are expected to have. Its promise is awaited before the next layer comes.
	 */
	readonly onLayer?: (layer: PlainLayer, expectedEntries: () => number) => Promise<void>;
}

/** What happens while an image is read, apart from progress. Text from elsewhere may be in it: escape it before printing. */
export type ReadNote =
	/** For somebody or something else. */
	| { readonly kind: 'waiting'; readonly message: string }
	/** The waiting is over. */
	| { readonly kind: 'resumed' }
	/** For users who ask for details. */
	| { readonly kind: 'detail'; readonly message: string };

/** A layer that was read by position. */
export interface PlainLayer {
	readonly changeset: Changeset;
	readonly location: BlobLocation;
}

/** How far reading is. Called at most some tens of times a second. */
export interface ReadProgress {
	/** What is being read, where a container is read beside its image; absent for an image alone. */
	readonly part?: 'image' | 'container';
	readonly phase: 'layers' | 'comparing';
	readonly layersDone: number;
	/** null while it is not known. */
	readonly layersTotal: number | null;
	/** Bytes of the source taken in so far, jumped over or read. */
	readonly bytesDone: number;
	readonly bytesTotal: number | null;
}

/** Where images come from: the values of `--source`, and the prefixes of a reference, as in `docker:nginx`. */
export const sourceNames = [
	'docker',
	'podman',
	'containerd',
	'registry',
	'archive',
	'oci',
	'container',
] as const;

export type SourceName = (typeof sourceNames)[number];

/** What is to be opened, and the means to do it. */
export interface SourceInput extends ImageChoice {
	/** The reference less the name of a source in front of it. */
	readonly name: string;
	/** Where the archive comes from when the name is `-`. */
	readonly stdin: Readable;
	/** Threads that read layers; the session closes them. */
	readonly workers: LayerWorkers;
	readonly cache: LayerCache;
	readonly host: Host;
	readonly access: Access;
}

/** How to get at images that are not files. */
export interface Access {
	/** For the registry, instead of what the credential files say. */
	readonly username: string | null;
	readonly password: string | null;
	/** Whether plain HTTP and certificates of unknown origin will do, for a registry that is not on this machine. */
	readonly insecure: boolean;
	/** containerd's namespace; null: the one that the environment names, else `default`. */
	readonly namespace: string | null;
	/** How slow a registry may be; `usualLimits` by default. */
	readonly limits?: TransferLimits;
}

/** How slow a registry may be. */
export interface TransferLimits {
	/** How long a document may take in all: a manifest, a config or a token, and the first answer to a request for a blob; null: any time. */
	readonly documentSeconds: number | null;
	/** The lowest rate of a blob, averaged over the window; null: any rate. */
	readonly bytesPerSecond: number | null;
	readonly windowSeconds: number;
}

/** As the defaults of the settings `registry-timeout` and `registry-rate`. */
export const usualLimits: TransferLimits = { documentSeconds: 60, bytesPerSecond: 1000, windowSeconds: 30 };

/** The one split point for new sources: a name in, an image with its layers read out. */
export interface ImageSource {
	readonly sourceName: SourceName;
	/**
	 * Looks for the image without reading its layers. Throws `FathomError`, with `not-found` where the source answers and has no such image and
	 * `unavailable` where it does not answer; and the system's errors.
	 */
	find(input: SourceInput, options: ReadOptions): Promise<FoundImage>;
}

/** An image that is there, and what is left is to read it. */
export interface FoundImage {
	/** Where it was found, as in `Docker Engine 20.10.24 at unix:///run/docker.sock`; null for files. */
	readonly foundIn: string | null;
	/** Picks one image and reads its layers. Throws `FathomError`, and the system's errors. */
	read(): Promise<ReadImage>;
	/**
	 * In place of reading: what can be said of it without its layers; null where that cannot be told. Absent for files and containers. Throws
	 * `FathomError`.
	 */
	summarise?(): Promise<ImageSummary | null>;
}

/** One image with all its layers' changesets, and the means to compare contents. */
export interface ReadImage {
	readonly reference: string;
	readonly sourceKind: SourceKind;
	/** As `FoundImage` says, which is where `readImage` has it from: null until then, and for files. */
	readonly foundIn: string | null;
	readonly description: ImageDescription;
	/** Lowest first, one a layer. Two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Whether each layer's content has the diff ID that the config names; null where it was not checked or the config names none. */
	readonly diffIdMatches: readonly (boolean | null)[];
	/** Other images of the same source, described only: what a base image is looked for among. */
	readonly others: readonly ImageDescription[];
	/** All images of the same place, in its order, the opened one included; absent where it holds one alone, or does not say. */
	readonly choices?: readonly SourceImage[];
	readonly warnings: readonly Warning[];
	readonly notices: readonly Notice[];
	/** Of the content identities in changesets. */
	readonly identityScheme: IdentityScheme;
	/** Reads layers again by position; null when every changeset carries identities. */
	readonly content: LayerContent | null;
	/** Where the cache has what was worked out from all layers together; null where that is not cached. */
	readonly answers: CacheAddress | null;
	/** Reads the content of single files again; null where the image can be had only once, as from standard input. */
	readonly files: FileReader | null;
	/** Layers, 0-based, of which only the table of contents was read: to read all their files would fetch each by itself. None by default. */
	readonly closedLayers?: ReadonlySet<number>;
	/** How the image was built, where an attestation beside it says so. Hostile text. */
	readonly provenance?: Provenance | null;
	/** The line of each layer's instruction, lowest first, null where it is not known. As `foundIn`: absent until a session looked for them. */
	readonly instructions?: readonly (SourceLine | null)[];
	/** Of the provenance and of the user's Dockerfile. As `foundIn`: absent until a session looked for them. */
	readonly buildArguments?: readonly BuildArgument[];
	/** What an engine says of the container whose file system this is; absent for images and files. */
	readonly container?: ContainerFacts;
}

/** What an engine says of a container. All of it is hostile text. */
export interface ContainerFacts {
	/** Without the slash that Docker puts in front. */
	readonly name: string;
	/** RFC 3339 as written; null where the engine does not say. */
	readonly created: string | null;
	/** Whether its processes may write while it is read. */
	readonly isRunning: boolean;
	/** Paths in the container where volumes, folders of the host and the like are mounted. */
	readonly mounts: readonly string[];
	/** The ID of the image that it was made from: the digest of a config or a manifest. null where the engine says none that an image shows. */
	readonly imageId: string | null;
	/** Finds the image that it was made from. Throws `not-found` where that is gone. */
	readonly findImage: (options: ReadOptions) => Promise<FoundImage>;
	/** Reads files of a changeset that has entries of its file system; null where they cannot be read again. */
	readonly filesOf: (changeset: Changeset) => FileReader | null;
}

export type SourceKind =
	| 'docker-archive'
	| 'oci-archive'
	| 'oci-layout'
	| 'container-snapshot'
	/** A tar that was opened as one layer. */
	| 'layer'
	/** An image, and on top of it what a container wrote. */
	| 'container'
	| 'docker-engine'
	| 'podman-engine'
	| 'containerd'
	| 'registry';

/** Where the uncompressed tar of each layer lies, for those that can be read by position. */
export interface LayerContent {
	readonly locations: readonly (BlobLocation | null)[];
}
