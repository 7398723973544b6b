import type { Platform } from '../../../image/platform.ts';
import type { ContainerFacts, FoundImage, ReadOptions, SourceInput } from '../../image-source.ts';
import type { ImageExport } from '../engine-image.ts';

/** An engine that can be asked for a container. It is only read from. */
export interface ContainerEngine {
	/** The engine, for messages: `Docker Engine 20.10.24 at unix:///var/run/docker.sock`. */
	readonly label: string;
	/** The name of its program, for hints; images in it are named with the same prefix. */
	readonly program: 'docker' | 'podman';
	/** Null where it has no such container. Throws `FathomError`. */
	readonly inspect: (name: string, signal: AbortSignal | undefined) => Promise<InspectedContainer | null>;
	/** The names of its containers. Throws `FathomError`. */
	readonly names: (signal: AbortSignal | undefined) => Promise<readonly string[]>;
	/** The file system of a container as a tar. */
	readonly fileSystem: (id: string) => ImageExport;
	/** A single file of a container in a tar of its own; null where the engine gives only the whole. */
	readonly file: ((id: string, path: Uint8Array) => ImageExport['open']) | null;
	/** Finds an image in the same engine. Throws `not-found` where it has no such image. */
	readonly findImage: (input: SourceInput, options: ReadOptions) => Promise<FoundImage>;
}

/** What an engine says of a container. All text is hostile. */
export interface InspectedContainer extends Omit<ContainerFacts, 'findImage' | 'filesOf' | 'imageId'> {
	readonly id: string;
	/** Whether its engine is removing it, or has failed to. Docker exports no such container. */
	readonly leaving: 'dead' | 'removing' | null;
	/** The ID of the image that it was made from; null where it was made from none. */
	readonly imageId: string | null;
	/** How its maker named the image; null where the engine does not say. */
	readonly imageName: string | null;
	/** Of the image; null where the engine does not say, as it has each image for one platform only. */
	readonly platform: Platform | null;
}
