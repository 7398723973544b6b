/** An element of GF(2^128) as GCM writes it (NIST SP 800-38D, 6.3): four words, the highest bit of the first one is the coefficient of x^0. */
export type Element = Uint32Array<ArrayBuffer>;

const WORDS = 4;
const NIBBLES = 32;
const NIBBLE_VALUES = 16;
/** x^128 reduced. */
const REDUCTION = 0xe100_0000;

export function newElement(): Element {
	return new Uint32Array(WORDS);
}

export function addTo(element: Element, other: Element): void {
	for (let word = 0; word < WORDS; word++) element[word] ^= other[word];
}

/** Multiplies by powers of one element; each takes as many multiplications as its exponent has bits. */
export class PowersOf {
	/** Number i multiplies by the element to the power of 2^i. */
	readonly #multipliers: Multiplier[];

	constructor(element: Element) {
		this.#multipliers = [new Multiplier(element)];
	}

	/** Multiplies `element` in place. The exponent is a whole number. */
	multiply(element: Element, exponent: number): void {
		let index = 0;
		for (let bits = exponent; bits > 0; bits = Math.floor(bits / 2)) {
			if (bits % 2 === 1) this.#multiplier(index).multiply(element);
			index += 1;
		}
	}

	#multiplier(index: number): Multiplier {
		for (let known = this.#multipliers.length; known <= index; known++)
			this.#multipliers.push(this.#multipliers[known - 1].squared());
		return this.#multipliers[index];
	}
}

/** Multiplies by one element, four bits at a time. */
class Multiplier {
	readonly #element: Element;
	/** The product with each value of each nibble. */
	readonly #products = new Uint32Array(NIBBLES * NIBBLE_VALUES * WORDS);

	constructor(element: Element) {
		this.#element = element.slice();
		const product = element.slice();
		for (let nibble = 0; nibble < NIBBLES; nibble++) {
			for (let bit = NIBBLE_VALUES / 2; bit >= 1; bit /= 2) {
				this.#addProduct(nibble, bit, product);
				multiplyByX(product);
			}
		}
	}

	squared(): Multiplier {
		const square = this.#element.slice();
		this.multiply(square);
		return new Multiplier(square);
	}

	multiply(element: Element): void {
		const products = this.#products;
		let [first, second, third, fourth] = [0, 0, 0, 0];
		for (let nibble = 0; nibble < NIBBLES; nibble++) {
			const value = (element[nibble >> 3] >>> (28 - 4 * (nibble & 7))) & 0xf;
			const at = (nibble * NIBBLE_VALUES + value) * WORDS;
			first ^= products[at];
			second ^= products[at + 1];
			third ^= products[at + 2];
			fourth ^= products[at + 3];
		}
		element[0] = first;
		element[1] = second;
		element[2] = third;
		element[3] = fourth;
	}

	/** Adds a product to those of all values of the nibble that have the bit. */
	#addProduct(nibble: number, bit: number, product: Element): void {
		for (let value = 0; value < NIBBLE_VALUES; value++) {
			if ((value & bit) === 0) continue;
			const at = (nibble * NIBBLE_VALUES + value) * WORDS;
			for (let word = 0; word < WORDS; word++) this.#products[at + word] ^= product[word];
		}
	}
}

function multiplyByX(element: Element): void {
	const isReduced = (element[3] & 1) === 1;
	for (let word = WORDS - 1; word > 0; word--)
		element[word] = (element[word] >>> 1) | (element[word - 1] << 31);
	element[0] >>>= 1;
	if (isReduced) element[0] ^= REDUCTION;
}
