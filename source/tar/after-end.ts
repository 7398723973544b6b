import { decodeName } from '../text/decode-name.ts';
import { EntryDecoder } from './entry-decoder.ts';
import { BLOCK_BYTES } from './header.ts';

/** Zeros between two tars fill a record, which is rarely more than 10 KiB. */
const MOST_BLOCKS = (1024 * 1024) / BLOCK_BYTES;
/** eStargz puts its table of contents behind the end mark of a tar that it converts (stargz-snapshotter, estargz.md). */
const TABLE_OF_CONTENTS = 'stargz.index.json';

/**
 * Looks for a second tar behind the end mark of the first, which readers leave out. It gives up after a mebibyte of zeros, so that a tar
 * with a long tail costs no more than one without.
 */
export class AfterEnd {
	readonly #decoder = new EntryDecoder();
	readonly #onSecondTar: (firstName: string | null) => void;
	#left = MOST_BLOCKS;

	/** `onSecondTar` gets the name of its first entry; null where that has an extended header. */
	constructor(onSecondTar: (firstName: string | null) => void) {
		this.#onSecondTar = onSecondTar;
	}

	/** Takes the next block behind the end mark. True when no further block matters. */
	take(block: Uint8Array, offset: number): boolean {
		this.#left -= 1;
		const decoded = this.#decoder.decode(block, offset);
		if (decoded === 'zero') return this.#left === 0;
		const isHeader = decoded !== 'invalid' && decoded !== 'impossible-size';
		const name = decoded === 'extension' ? null : this.#name();
		if (isHeader && name !== TABLE_OF_CONTENTS) this.#onSecondTar(name);
		return true;
	}

	#name(): string {
		const { bytes, start, end } = this.#decoder.entry.name;
		return decodeName(bytes.subarray(start, end));
	}
}
