import type { Platform } from './platform.ts';

/** What an image says of itself: manifest, config and history, checked and bounded, before any layer is read. */
export interface ImageDescription {
	/** Repository tags or reference names, as written in the archive. May be empty. */
	readonly names: readonly string[];
	readonly platform: Platform | null;
	/** Digest of the manifest, where there is one. */
	readonly manifestDigest: string | null;
	readonly configDigest: string | null;
	/** RFC 3339 as written. */
	readonly created: string | null;
	readonly author: string | null;
	readonly config: RuntimeConfig;
	/** Annotations of the manifest. */
	readonly annotations: Readonly<Record<string, string>>;
	/** Lowest first. */
	readonly layers: readonly LayerDescription[];
	/** All steps, in order; a step that made no layer has `layerIndex: null`. */
	readonly history: readonly HistoryStep[];
}

/** The part of the config that says how a container is run (OCI image specification, config.md, "config"). */
export interface RuntimeConfig {
	readonly user: string | null;
	readonly exposedPorts: readonly string[];
	readonly env: readonly string[];
	readonly entrypoint: readonly string[] | null;
	readonly cmd: readonly string[] | null;
	readonly volumes: readonly string[];
	readonly workingDir: string | null;
	readonly labels: Readonly<Record<string, string>>;
	readonly stopSignal: string | null;
}

export interface LayerDescription {
	/** 0-based, lowest first. */
	readonly index: number;
	/** Digest of the blob as stored, where the archive names one. */
	readonly digest: string | null;
	/** What the config says the uncompressed tar's digest is. */
	readonly diffId: string | null;
	readonly mediaType: string | null;
	/** The blob as stored, bytes. */
	readonly storedBytes: number;
	/** The instruction that made it, where the history says; as written (may hold control characters). */
	readonly createdBy: string | null;
	readonly created: string | null;
	readonly comment: string | null;
}

export interface HistoryStep {
	readonly createdBy: string | null;
	readonly created: string | null;
	readonly comment: string | null;
	readonly author: string | null;
	readonly layerIndex: number | null;
}
