import { type BigIntStats, statSync } from 'node:fs';
import { FathomError } from '../errors.ts';
import { truncated } from '../tar/tar-fault.ts';
import { Breather, throwIfInterrupted } from './breathe.ts';
import { asFileError } from './file-errors.ts';
import type { FilePlace, FileReader } from './image-source.ts';
import { KEPT_BLOCK_BYTES, KEPT_BLOCKS, KeptBlocks } from './kept-blocks.ts';
import { locateFault } from './locate-fault.ts';
import { type BlobLocation, blobChunks } from './located-blobs.ts';
import type { TarAccess, TarFromStart } from './tar-access.ts';
import { type OpenTar, TarStream } from './tar-stream.ts';

export interface ReadableLayers {
	/** What to call the image in errors. */
	readonly label: string;
	/** Lowest first. */
	readonly layers: readonly TarAccess[];
}

/** Each one that is paused has an open file and a decoder. */
const MOST_PAUSED = 2;

/**
 * Reads the files of an image on disk: by position where its layer lies there uncompressed. Any other layer is unpacked as far as the
 * file; it goes on from there for files further on, and what was unpacked last is kept for those before, up to 64 MiB of all layers.
 */
export class DiskFileReader implements FileReader {
	readonly #image: ReadableLayers;
	/** What the files were when the image was read. */
	readonly #files: ReadonlyMap<string, BigIntStats>;
	readonly #blocks = new KeptBlocks();
	readonly #paused = new Map<string, TarStream>();

	/** Throws the system's errors. */
	constructor(image: ReadableLayers) {
		this.#image = image;
		this.#files = new Map(image.layers.map(({ location: { path } }) => [path, statsOf(path)]));
	}

	async *open(place: FilePlace, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
		const { label, layers } = this.#image;
		const layer = layers[place.layerIndex];
		try {
			this.#requireSame(layer.location);
			if (layer.kind === 'by-position') yield* readByPosition(layer.location, place, signal);
			else yield* this.#readFromStart(layer, place, signal);
		} catch (error) {
			throw asFileError(locateFault(error, `${label}: layer ${place.layerIndex + 1}`), layer.location.path);
		}
	}

	async close(): Promise<void> {
		this.#blocks.clear();
		const streams = [...this.#paused.values()];
		this.#paused.clear();
		await Promise.all(streams.map((stream) => stream.close()));
	}

	/** Positions are worth nothing in a file that is another one by now. */
	#requireSame({ path }: BlobLocation): void {
		const { dev, ino, size, mtimeNs } = statsOf(path);
		const before = this.#files.get(path);
		if (before === undefined) return;
		if (dev === before.dev && ino === before.ino && size === before.size && mtimeNs === before.mtimeNs)
			return;
		throw new FathomError({
			code: 'corrupt',
			message: `${this.#image.label} has changed since it was opened.`,
			hint: 'Open it again.',
		});
	}

	async *#readFromStart(
		layer: TarFromStart,
		{ position, bytes }: FilePlace,
		signal: AbortSignal | undefined,
	): AsyncGenerator<Uint8Array> {
		const end = position + bytes;
		for (let at = position; at < end; ) {
			throwIfInterrupted(signal);
			const index = Math.floor(at / KEPT_BLOCK_BYTES);
			const block =
				this.#blocks.get(keyOf(layer.location), index) ?? (await this.#unpackUpTo(layer, index, signal));
			const start = at - index * KEPT_BLOCK_BYTES;
			const piece = block.subarray(start, start + end - at);
			if (piece.length === 0) throw truncated(at);
			yield piece;
			at += piece.length;
		}
	}

	/** Unpacks a layer up to a block, from where it is paused if that is before. Empty when the tar ends before. */
	async #unpackUpTo(
		{ location, open }: TarFromStart,
		index: number,
		signal: AbortSignal | undefined,
	): Promise<Uint8Array> {
		const key = keyOf(location);
		const firstWanted = Math.max(0, index - KEPT_BLOCKS + 1);
		const breather = new Breather(signal);
		const stream = await this.#resume(key, index, open);
		let found: Uint8Array | null = null;
		try {
			for (let block = await stream.next(firstWanted, breather); block !== null; ) {
				this.#blocks.keep(key, block.index, block.bytes);
				if (block.index === index) {
					found = block.bytes;
					break;
				}
				block = await stream.next(firstWanted, breather);
			}
		} finally {
			if (found === null) await stream.close();
			else await this.#pause(key, stream);
		}
		return found ?? new Uint8Array(0);
	}

	/** The stream of a layer is taken out while it is in use, so that two readers at once do not share one. */
	async #resume(key: string, index: number, open: OpenTar): Promise<TarStream> {
		const paused = this.#paused.get(key);
		this.#paused.delete(key);
		if (paused?.canGive(index)) return paused;
		await paused?.close();
		return new TarStream(open);
	}

	async #pause(key: string, stream: TarStream): Promise<void> {
		const other = this.#paused.get(key);
		this.#paused.delete(key);
		this.#paused.set(key, stream);
		await other?.close();
		const [oldest] = this.#paused;
		if (this.#paused.size <= MOST_PAUSED || oldest === undefined) return;
		this.#paused.delete(oldest[0]);
		await oldest[1].close();
	}
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}

async function* readByPosition(
	{ path, start }: BlobLocation,
	{ position, bytes }: FilePlace,
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
