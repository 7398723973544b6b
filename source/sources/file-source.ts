import type { Compression } from '../tar/compression/compression.ts';
import type { BlobLocation } from './store/blob-location.ts';

/** Where the content of a file is, as its changeset says. */
export interface FileAddress {
	/** 0-based. */
	readonly layerIndex: number;
	/** From the changeset's `positions`. */
	readonly position: number;
	/** Without the holes of a GNU sparse entry, which are not in the layer. */
	readonly bytes: number;
}

/** Reads the content of single files of a layer. */
export interface FileReader {
	/** The content in pieces that do not outlive the next step. Throws `FathomError`, and the system's errors. */
	open(address: FileAddress, signal?: AbortSignal): AsyncIterable<Uint8Array>;
	/** Where a layer is on disk, so that any thread can read it by itself; absent or null where that cannot be done. */
	blobOf?(layerIndex: number): Promise<LayerBlob | null>;
	/**
	 * The bytes of a layer from its start, compressed or not, as the source has them; in chunks whose buffer the reader may reuse. Absent or null
	 * where they cannot be had. Reading throws `FathomError`, and the system's errors.
	 */
	storedLayer?(layerIndex: number, signal?: AbortSignal): AsyncIterable<Uint8Array> | null;
	/** Gives back open files and connections, and what was unpacked. */
	close(): Promise<void>;
}

/** The blob of a layer on disk. */
export interface LayerBlob {
	readonly location: BlobLocation;
	readonly compression: Compression;
}
