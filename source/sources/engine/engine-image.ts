import type { ImageConfig } from '../../image/config.ts';
import type { LayerFacts } from '../../image/describe.ts';
import type { Platform } from '../../image/platform.ts';
import type { Chunks } from '../../tar/compression/unpack.ts';
import type { ReadOptions, SourceInput, SourceKind } from '../image-source.ts';
import type { PieceTaker } from './http/response-body.ts';

/** What an engine says about an image before it exports it. */
export interface InspectedImage {
	/** The engine's ID for it: the digest of its config, or in containerd's store that of its manifest or index. */
	readonly id: string;
	/** All its names, as the engine writes them. */
	readonly names: readonly string[];
	readonly platform: Platform | null;
	/** Lowest layer first; null where the engine does not say. */
	readonly diffIds: readonly string[] | null;
	/** RFC 3339 as written; null or absent where the engine does not say. */
	readonly created?: string | null;
	/** Of its config; absent where the engine does not say. */
	readonly labels?: Readonly<Record<string, string>>;
	/** By which registries know it; absent where the engine does not say. */
	readonly digests?: readonly string[];
}

/** The description of an engine's image without its names: the same whether its documents come from the cache or from an export. */
export interface ImageRecord {
	readonly config: ImageConfig;
	readonly configDigest: string | null;
	/** null where the engine keeps no manifest. */
	readonly manifestDigest: string | null;
	readonly annotations: Readonly<Record<string, string>>;
	/** The blobs as the engine stores them; null where it keeps layers unpacked. */
	readonly layers: readonly LayerFacts[] | null;
}

/** What an engine says of the config and the layers of an image before it exports it. The export may say otherwise. */
export interface ToldImage {
	readonly config: ImageConfig;
	/** One for each diff ID, lowest first. */
	readonly layers: readonly LayerFacts[];
}

/** An image that an engine has, and how to read it. */
export interface EngineReading {
	readonly input: SourceInput;
	readonly options: ReadOptions;
	readonly sourceKind: SourceKind;
	/** The engine, for messages: `Docker Engine 20.10.24 at unix:///var/run/docker.sock`. */
	readonly engine: string;
	readonly image: InspectedImage;
	/** What the engine says before an export; null where the documents come with the export. */
	readonly record: ImageRecord | null;
	/** Asks the engine what the image is made of, for somebody who watches; null where it does not say. Throws what a call throws. */
	readonly tell: (signal: AbortSignal | undefined) => Promise<ToldImage | null>;
	readonly imageExport: ImageExport;
}

/** The names that the file of a layer may have in an export. */
export type LayerNames = readonly string[];

/** Exports an image as an archive, from its start at each call. Both throw `FathomError` and the system's errors. */
export interface ImageExport {
	/** Hands the archive on as it arrives. What the taker throws ends the export. */
	readonly stream: (taker: PieceTaker, signal: AbortSignal | undefined) => Promise<void>;
	/** For a caller that may not need all of it: to stop reading stops the engine. */
	readonly open: (signal: AbortSignal | undefined) => Promise<Chunks>;
}
