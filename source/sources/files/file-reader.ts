import { type BigIntStats, statSync } from 'node:fs';
import { truncated } from '../../tar/tar-error.ts';
import { asFileError } from '../file-errors.ts';
import type { FileAddress, FileReader, LayerBlob } from '../file-source.ts';
import { asLayerError } from '../layer-error.ts';
import { type BlobLocation, blobChunks, compressionOf } from '../store/blob-location.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { ImageChanged } from './image-changed.ts';
import { type TarAccess, unpackBlob } from './tar-access.ts';
import type { OpenTar } from './tar-stream.ts';
import { TarsFromStart } from './tars-from-start.ts';

export interface ReadableLayers {
	/** What to call the image in errors. */
	readonly label: string;
	/** Lowest first; null for a layer without files, because it is not there. */
	readonly layers: readonly (TarAccess | null)[];
}

/**
 * Reads the files of an image on disk: by position where its layer lies there uncompressed. Any other layer is unpacked as far as the
 * file (`tars-from-start.ts`).
 */
export class DiskFileReader implements FileReader {
	readonly #image: ReadableLayers;
	/** What the files were when the image was read. */
	readonly #files: ReadonlyMap<string, BigIntStats>;
	readonly #tars = new TarsFromStart();

	/** Throws the system's errors. */
	constructor(image: ReadableLayers) {
		this.#image = image;
		const paths = new Set(image.layers.flatMap((layer) => (layer === null ? [] : layer.location.path)));
		this.#files = new Map([...paths].map((path) => [path, statsOf(path)]));
	}

	async *open(address: FileAddress, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
		const { label, layers } = this.#image;
		const layer = layers[address.layerIndex];
		if (layer === null) return;
		try {
			this.#requireSame(layer.location);
			if (layer.kind === 'by-position') yield* readByPosition(layer.location, address, signal);
			else yield* this.#tars.read({ key: keyOf(layer.location), open: openTarOf(layer) }, address, signal);
		} catch (error) {
			throw asFileError(
				asLayerError(error, `${label}: layer ${address.layerIndex + 1}`),
				layer.location.path,
			);
		}
	}

	async blobOf(layerIndex: number): Promise<LayerBlob | null> {
		const layer = this.#image.layers[layerIndex];
		if (layer === null) return null;
		this.#requireSame(layer.location);
		if (layer.kind === 'in-packed-archive') return null;
		const { location } = layer;
		return { location, compression: layer.kind === 'by-position' ? 'none' : await compressionOf(location) };
	}

	storedLayer(layerIndex: number): AsyncIterable<Uint8Array> | null {
		const layer = this.#image.layers[layerIndex];
		if (layer === null) return null;
		this.#requireSame(layer.location);
		return layer.kind === 'in-packed-archive' ? layer.stored() : blobChunks(layer.location);
	}

	close(): Promise<void> {
		return this.#tars.close();
	}

	/** Positions are worth nothing in a file that is another one by now. */
	#requireSame({ path }: BlobLocation): void {
		const now = statSync(path, { bigint: true, throwIfNoEntry: false });
		const before = this.#files.get(path);
		if (before === undefined) return;
		if (now === undefined) throw new ImageChanged(this.#image.label, true);
		const { dev, ino, size, mtimeNs } = now;
		if (dev === before.dev && ino === before.ino && size === before.size && mtimeNs === before.mtimeNs)
			return;
		throw new ImageChanged(this.#image.label, false);
	}
}

function openTarOf(layer: Exclude<TarAccess, { kind: 'by-position' }>): OpenTar {
	return layer.kind === 'packed-blob' ? (sink) => unpackBlob(layer.location, sink) : layer.open;
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}

async function* readByPosition(
	{ path, start }: BlobLocation,
	{ position, bytes }: FileAddress,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	let done = 0;
	for await (const chunk of blobChunks({ path, start: start + position, bytes })) {
		throwIfInterrupted(signal);
		yield chunk;
		done += chunk.length;
	}
	if (done < bytes) throw truncated(position + done);
}

function statsOf(path: string): BigIntStats {
	return statSync(path, { bigint: true });
}
