import type { TimeSlice } from '../time-slice.ts';
import { BLOCK_BYTES } from './cached-blocks.ts';

/** Opens the uncompressed tar of a layer at its start. What comes of each step is given to `sink`, in views that do not outlive the call. */
export type OpenTar = (sink: (piece: Uint8Array) => void) => AsyncGenerator<void>;

/** A block of the tar: bytes from `index * BLOCK_BYTES` on. */
export interface TarBlock {
	readonly index: number;
	readonly bytes: Uint8Array;
}

/** The uncompressed tar of a layer that can be had only from its start on: it waits between any two blocks. */
export class TarStream {
	readonly #steps: AsyncGenerator<void>;
	readonly #ready: TarBlock[] = [];
	/** Blocks before this one are not wanted. */
	#firstWanted = 0;
	#index = 0;
	#filled = 0;
	#block: Uint8Array | null = null;
	#hasEnded = false;

	constructor(open: OpenTar) {
		this.#steps = open((piece) => this.#take(piece));
	}

	/** Whether the block is still to come. */
	canGive(index: number): boolean {
		const isPartlyLost = this.#filled > 0 && this.#block === null;
		return index >= (this.#ready[0]?.index ?? this.#index + Number(isPartlyLost));
	}

	/** The next block, leaving out those before `firstWanted`; null at the end. Throws `TarError`, and what the source throws. */
	async next(firstWanted: number, slice: TimeSlice): Promise<TarBlock | null> {
		this.#firstWanted = firstWanted;
		for (;;) {
			const block = this.#ready.shift();
			if (block === undefined && this.#hasEnded) return null;
			if (block !== undefined && block.index >= firstWanted) return block;
			if (block !== undefined) continue;
			if ((await this.#steps.next()).done) this.#end();
			await slice.yield();
		}
	}

	async close(): Promise<void> {
		await this.#steps.return(undefined);
	}

	#take(piece: Uint8Array): void {
		for (let offset = 0; offset < piece.length; ) {
			const taken = Math.min(BLOCK_BYTES - this.#filled, piece.length - offset);
			if (this.#index >= this.#firstWanted) {
				this.#block ??= new Uint8Array(BLOCK_BYTES);
				this.#block.set(piece.subarray(offset, offset + taken), this.#filled);
			}
			this.#filled += taken;
			offset += taken;
			if (this.#filled === BLOCK_BYTES) this.#finishBlock();
		}
	}

	#finishBlock(): void {
		if (this.#block !== null)
			this.#ready.push({ index: this.#index, bytes: this.#block.subarray(0, this.#filled) });
		this.#index += 1;
		this.#filled = 0;
		this.#block = null;
	}

	#end(): void {
		this.#hasEnded = true;
		if (this.#filled > 0) this.#finishBlock();
	}
}
