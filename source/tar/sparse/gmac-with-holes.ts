import { createCipheriv } from 'node:crypto';
import { createGmac, type IdentityDigest, type IdentityKey } from '../content-identity.ts';
import { addTo, type Element, newElement, PowersOf } from './galois-field.ts';
import { type ContentParts, zeroPieces } from './sparse-content.ts';

const BLOCK_BYTES = 16;
/** A shorter hole is hashed as zeros. */
const LEAST_JUMP_BYTES = 4096;
/** A shorter run of data is hashed here, because a cipher takes longer to set up. */
const LEAST_CIPHER_BYTES = 512;

/** What depends on the key alone. */
interface KeyParts {
	/** The hash key of GCM, and its powers. */
	readonly powers: PowersOf;
	/** The GMAC of nothing, which is added to every GMAC. */
	readonly mask: Element;
}

const known = new WeakMap<IdentityKey, KeyParts>();

/**
 * The GMAC of a content, for which long holes cost next to nothing. A GMAC is a polynomial in the hash key H over the blocks of the content
 * (NIST SP 800-38D, 6.4), so n blocks of zeros multiply what is before them by H^n. The sum that is kept here is that polynomial times H,
 * because that is what the GMAC of a run of data shows.
 */
export class GmacWithHoles implements ContentParts {
	readonly #key: IdentityKey;
	readonly #parts: KeyParts;
	readonly #sum = newElement();
	#contentBytes = 0;
	/** The bytes since the last jump: in `#short` as long as they fit, else in `#run`. */
	#runBytes = 0;
	#run: IdentityDigest | null = null;
	readonly #short = new Uint8Array(LEAST_CIPHER_BYTES);

	constructor(key: IdentityKey) {
		this.#key = key;
		this.#parts = partsOf(key);
	}

	data(piece: Uint8Array): void {
		this.#contentBytes += piece.length;
		if (this.#run === null && this.#runBytes + piece.length <= LEAST_CIPHER_BYTES) {
			this.#short.set(piece, this.#runBytes);
		} else {
			this.#run ??= this.#runOfShort();
			this.#run.update(piece);
		}
		this.#runBytes += piece.length;
	}

	hole(bytes: number): void {
		if (bytes < LEAST_JUMP_BYTES) {
			for (const piece of zeroPieces(bytes)) this.data(piece);
			return;
		}
		const toBlock = (BLOCK_BYTES - (this.#runBytes % BLOCK_BYTES)) % BLOCK_BYTES;
		const rest = (bytes - toBlock) % BLOCK_BYTES;
		this.#contentBytes += bytes - rest;
		// The end of a run is filled up with zeros, as that of a content is.
		this.#endRun();
		this.#parts.powers.multiply(this.#sum, (bytes - toBlock - rest) / BLOCK_BYTES);
		for (const piece of zeroPieces(rest)) this.data(piece);
	}

	digest(): Uint8Array {
		this.#endRun();
		addTo(this.#sum, this.#lengthTerm(this.#contentBytes));
		addTo(this.#sum, this.#parts.mask);
		return bytesOf(this.#sum);
	}

	#endRun(): void {
		if (this.#runBytes === 0) return;
		this.#parts.powers.multiply(this.#sum, Math.ceil(this.#runBytes / BLOCK_BYTES));
		addTo(this.#sum, this.#run === null ? this.#sumOfShort() : this.#sumOf(this.#run));
		this.#runBytes = 0;
		this.#run = null;
	}

	/** A GMAC without its length and mask. */
	#sumOf(run: IdentityDigest): Element {
		const sum = elementOf(run.digest(), 0);
		addTo(sum, this.#lengthTerm(this.#runBytes));
		addTo(sum, this.#parts.mask);
		return sum;
	}

	#sumOfShort(): Element {
		const { powers } = this.#parts;
		const sum = newElement();
		this.#short.fill(0, this.#runBytes);
		for (let start = 0; start < this.#runBytes; start += BLOCK_BYTES) {
			addTo(sum, elementOf(this.#short, start));
			powers.multiply(sum, 1);
		}
		powers.multiply(sum, 1);
		return sum;
	}

	#runOfShort(): IdentityDigest {
		const run = createGmac(this.#key);
		run.update(this.#short.subarray(0, this.#runBytes));
		return run;
	}

	/** What the block with the length, in bits, adds. */
	#lengthTerm(bytes: number): Element {
		const term = newElement();
		term[0] = Math.floor((bytes * 8) / 2 ** 32);
		term[1] = (bytes * 8) % 2 ** 32;
		this.#parts.powers.multiply(term, 1);
		return term;
	}
}

function partsOf(key: IdentityKey): KeyParts {
	const before = known.get(key);
	if (before !== undefined) return before;
	const hashKey = createCipheriv('aes-128-ecb', key, null).update(new Uint8Array(BLOCK_BYTES));
	const parts = {
		powers: new PowersOf(elementOf(hashKey, 0)),
		mask: elementOf(createGmac(key).digest(), 0),
	};
	known.set(key, parts);
	return parts;
}

function elementOf(bytes: Uint8Array, start: number): Element {
	const element = newElement();
	for (let byte = 0; byte < BLOCK_BYTES; byte++)
		element[byte >> 2] |= bytes[start + byte] << (24 - 8 * (byte & 3));
	return element;
}

function bytesOf(element: Element): Uint8Array {
	const bytes = new Uint8Array(BLOCK_BYTES);
	const view = new DataView(bytes.buffer);
	for (let word = 0; word < 4; word++) view.setUint32(4 * word, element[word]);
	return bytes;
}
