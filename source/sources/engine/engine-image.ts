import type { ImageConfig } from '../../image/config.ts';
import type { LayerFacts } from '../../image/describe.ts';
import type { Platform } from '../../image/platform.ts';
import type { Chunks } from '../../tar/unpack.ts';
import type { OpenOptions, SourceInput, SourceKind } from '../image-source.ts';

/** What an engine says of an image before it hands over anything of it. */
export interface InspectedImage {
	/** What the engine calls it: the digest of its config, or in containerd's store that of its manifest or index. */
	readonly id: string;
	/** All names that lead to it, as the engine writes them. */
	readonly names: readonly string[];
	readonly platform: Platform | null;
	/** Lowest layer first; null where the engine does not say. */
	readonly diffIds: readonly string[] | null;
}

/** All that is known of an engine's image but its names: the same from its documents in the cache as from those of a fresh export. */
export interface ImageRecord {
	readonly config: ImageConfig;
	readonly configDigest: string | null;
	/** null where the engine keeps no manifest. */
	readonly manifestDigest: string | null;
	readonly annotations: Readonly<Record<string, string>>;
	/** The blobs as the engine stores them; null where it keeps layers unpacked. */
	readonly layers: readonly LayerFacts[] | null;
}

/** An image that an engine has, and how to get it from there. */
export interface EngineReading {
	readonly input: SourceInput;
	readonly options: OpenOptions;
	readonly sourceKind: SourceKind;
	/** The engine, for messages: `Docker Engine 20.10.24 at unix:///var/run/docker.sock`. */
	readonly engine: string;
	readonly image: InspectedImage;
	/** Where the engine says everything before an export; null where the documents come with it. */
	readonly record: ImageRecord | null;
	readonly imageExport: ImageExport;
}

/** What the file of a layer may be called in an export. */
export type LayerNames = readonly string[];

/** Has an engine write an image out, as an archive, each time from the start. Both throw `FathomError` and the system's errors. */
export interface ImageExport {
	/** Gives the archive to `sink` as it comes, in pieces that do not outlive the call; what `sink` throws ends it. */
	readonly stream: (sink: (piece: Uint8Array) => void, signal: AbortSignal | undefined) => Promise<void>;
	/** For those who may want less than all of it: whoever stops taking stops the engine. */
	readonly open: (signal: AbortSignal | undefined) => Promise<Chunks>;
}
