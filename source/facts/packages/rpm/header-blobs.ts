import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';

/** The headers of a database's packages, as it has them; undefined is a pause between two steps. */
export type HeaderBlobs = Generator<Uint8Array | undefined, void, undefined>;

/** Passes over what is damaged of these: what was not given by then is left out. */
export function* passingOver(damage: Damage, blobs: HeaderBlobs): HeaderBlobs {
	try {
		yield* blobs;
	} catch (error) {
		if (!(error instanceof FactError)) throw error;
		damage.add(error.message);
	}
}

/** The pages of a database, each of which is given once: what goes in a circle or is shared is found so, and all work stays linear. */
export class Pages {
	readonly content: Uint8Array;
	readonly pageBytes: number;
	readonly count: number;
	readonly #wasGiven: Uint8Array;
	/** What values may still have in all: together they cannot be larger than the file. */
	#left: number;

	constructor(content: Uint8Array, pageBytes: number) {
		this.content = content;
		this.pageBytes = pageBytes;
		this.count = Math.floor(content.length / pageBytes);
		this.#wasGiven = new Uint8Array(this.count);
		this.#left = content.length;
	}

	/** Keeps a page, numbered from 0, for one use of it. */
	claim(index: number): void {
		if (index < 0 || index >= this.count) throw new FactError(`page ${index} lies beyond the end`);
		if (this.#wasGiven[index] === 1) throw new FactError(`page ${index} is used twice`);
		this.#wasGiven[index] = 1;
	}

	at(index: number): Uint8Array {
		return this.content.subarray(index * this.pageBytes, (index + 1) * this.pageBytes);
	}

	/** Keeps bytes for a value, before there is room made for it. */
	spend(bytes: number): void {
		if (bytes > this.#left) throw new FactError('values that are larger than the file');
		this.#left -= bytes;
	}
}

/** How many pages of one value are copied in a step. */
export const PAGES_A_STEP = 64;
