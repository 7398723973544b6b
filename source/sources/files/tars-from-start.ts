import { truncated } from '../../tar/tar-error.ts';
import type { FileAddress } from '../file-source.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import { BLOCK_BYTES, CachedBlocks, MOST_CACHED_BLOCKS } from './cached-blocks.ts';
import { type OpenTar, TarStream } from './tar-stream.ts';

/** A tar that can be had from its start on only. Two of one name are one. */
export interface NamedTar {
	readonly key: string;
	readonly open: OpenTar;
}

/** Each one that is paused has a file or a connection open, and a decoder. */
const MOST_PAUSED = 2;

/**
 * Reads pieces of tars that have to be unpacked from their start: as far as the piece, and on from there for pieces further on. What was
 * unpacked last is cached for those before, up to 64 MiB of all tars.
 */
export class TarsFromStart {
	readonly #blocks = new CachedBlocks();
	readonly #paused = new Map<string, TarStream>();

	/** The content of a file in pieces that do not outlive the next step. Throws `TarError`, and what the source throws. */
	async *read(
		tar: NamedTar,
		{ position, bytes }: FileAddress,
		signal: AbortSignal | undefined,
	): AsyncGenerator<Uint8Array> {
		const end = position + bytes;
		for (let at = position; at < end; ) {
			throwIfInterrupted(signal);
			const index = Math.floor(at / BLOCK_BYTES);
			const block = this.#blocks.get(tar.key, index) ?? (await this.#unpackUpTo(tar, index, signal));
			const start = at - index * BLOCK_BYTES;
			const piece = block.subarray(start, start + end - at);
			if (piece.length === 0) throw truncated(at);
			yield piece;
			at += piece.length;
		}
	}

	async close(): Promise<void> {
		this.#blocks.clear();
		const streams = [...this.#paused.values()];
		this.#paused.clear();
		await Promise.all(streams.map((stream) => stream.close()));
	}

	/** Unpacks a layer up to a block, from where it is paused if that is before. Empty when the tar ends before. */
	async #unpackUpTo(
		{ key, open }: NamedTar,
		index: number,
		signal: AbortSignal | undefined,
	): Promise<Uint8Array> {
		const firstWanted = Math.max(0, index - MOST_CACHED_BLOCKS + 1);
		const slice = new TimeSlice(signal);
		const stream = await this.#resume(key, index, open);
		let found: Uint8Array | null = null;
		try {
			for (let block = await stream.next(firstWanted, slice); block !== null; ) {
				this.#blocks.add(key, block.index, block.bytes);
				if (block.index === index) {
					found = block.bytes;
					break;
				}
				block = await stream.next(firstWanted, slice);
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
