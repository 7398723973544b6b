import { basename } from 'node:path';
import type { Platform } from './platform.ts';

/** Manifest, config and history of an image, checked and bounded, before any layer is read. */
export interface ImageDescription {
	/** Repository tags or reference names, as written in the archive. May be empty. */
	readonly names: readonly string[];
	readonly platform: Platform | null;
	/** The version of the operating system that the image needs, as its config says; for Windows. */
	readonly osVersion: string | null;
	/** What the operating system has to have, such as `win32k`, as its config says. */
	readonly osFeatures: readonly string[];
	/** Null without a manifest. */
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
	/** All steps, in order; a step without a layer has `layerIndex: null`. */
	readonly history: readonly HistoryStep[];
}

/** The part of the config about running a container (OCI image specification, config.md, "config"). */
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
	/** Docker's, as are the next two: the specification reserves their names. Null where the image has none of its own. */
	readonly healthcheck: Healthcheck | null;
	/** The value of SHELL. */
	readonly shell: readonly string[] | null;
	/** Instructions for the images that are built on this one. */
	readonly onBuild: readonly string[];
}

/** How to find out whether a container works (Docker image specification, v1.3, "Healthcheck"). Null is what is not set. */
export interface Healthcheck {
	/** `NONE`, or `CMD` and the words of a command, or `CMD-SHELL` and a text for the shell. */
	readonly test: readonly string[] | null;
	readonly intervalSeconds: number | null;
	readonly timeoutSeconds: number | null;
	readonly startPeriodSeconds: number | null;
	readonly startIntervalSeconds: number | null;
	readonly retries: number | null;
}

export interface LayerDescription {
	/** 0-based, lowest first. */
	readonly index: number;
	/** Digest of the blob as stored; null where the archive does not name one. */
	readonly digest: string | null;
	/** Digest of the uncompressed tar, as the config states it. */
	readonly diffId: string | null;
	readonly mediaType: string | null;
	/** Size of the blob as stored, bytes; 0 where the layer is absent. */
	readonly storedBytes: number;
	/** Set for a layer that is kept elsewhere by design and is not there. It counts as empty, and every figure is without it. */
	readonly absent: AbsentLayer | null;
	/** What the builder recorded of the instruction that made it, as in the history; may contain control characters. */
	readonly createdBy: string | null;
	/** The instruction as its author wrote it, as far as `createdBy` tells; may contain control characters and have several lines. */
	readonly instruction: string | null;
	readonly created: string | null;
	readonly comment: string | null;
}

/** A layer that is listed and kept elsewhere (OCI image specification, layer.md, "Non-Distributable Layers"). */
export interface AbsentLayer {
	/** Size of its blob as the manifest states it, bytes; null where it does not. */
	readonly sizeBytes: number | null;
	/** Where the manifest says that it is. Hostile text: never fetched. */
	readonly urls: readonly string[];
}

export interface HistoryStep {
	readonly createdBy: string | null;
	/** As for a layer. */
	readonly instruction: string | null;
	readonly created: string | null;
	readonly comment: string | null;
	readonly author: string | null;
	readonly layerIndex: number | null;
}

/** A build argument that a build took, or that its Dockerfile asks for. */
export interface BuildArgument {
	/** Hostile text. */
	readonly name: string;
	/** Null for one that looks secret by its name, or that has no value. */
	readonly value: string | null;
}

/** What says that an image is built on another one. */
export type BaseOrigin = 'provenance' | 'annotation';

/** An image whose layers are the lowest of another one, which says that it is built on it. */
export interface BaseImage {
	/** Its name as it was said, or its digest; a valid reference. */
	readonly image: string;
	/** Of its manifest or index; null where none is known. */
	readonly digest: string | null;
	/** How many layers it has: fewer than the image, and one at least. */
	readonly layerCount: number;
	readonly saidBy: BaseOrigin;
	/** Where it was found. Hostile text may be in it. */
	readonly foundIn: string;
	/** What has its name now; null where that is the same image, or is not known. */
	readonly newer: NewerImage | null;
}

/** An image that took the name of another one. */
export interface NewerImage {
	/** Of its manifest or index; null where none is known. */
	readonly digest: string | null;
	/** As for a base. */
	readonly foundIn: string;
}

const MOST_NAMED = 10;

/** The 0-based indices of the layers that are kept elsewhere by design and are not there: every figure is without them. */
export function absentLayers({ layers }: Pick<ImageDescription, 'layers'>): readonly number[] {
	return layers.flatMap(({ index, absent }) => (absent === null ? [] : [index]));
}

/** `layer 1`, `layers 1 and 3`, for sentences; counted from 1. */
export function nameLayers(indices: readonly number[]): string {
	const numbers = indices.slice(0, MOST_NAMED).map((index) => String(index + 1));
	if (numbers.length === 1) return `layer ${numbers[0]}`;
	const last = indices.length > MOST_NAMED ? `${indices.length - MOST_NAMED} more` : numbers.pop();
	return `layers ${numbers.join(', ')} and ${last}`;
}

/** A tag of the OCI distribution specification, "Pulling manifests". */
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * What an image is called: its first name, or else as the user wrote it. In an OCI layout a name may be a tag alone
 * (`org.opencontainers.image.ref.name`), which says nothing without the folder: `shop:1`.
 */
export function nameOfImage(image: {
	readonly reference: string;
	readonly description: Pick<ImageDescription, 'names'>;
}): string {
	const { reference, description } = image;
	const [name] = description.names;
	if (name === undefined) return reference;
	const place = basename(reference);
	if (!TAG.test(name) || !/^\w/.test(place)) return name;
	return place.endsWith(`:${name}`) ? place : `${place}:${name}`;
}
