import type { StringColumn } from '../../../tar/changeset.ts';
import type { PatternPoint } from './path-patterns.ts';

const BYTES = 256;
/** Longer names are taken for this long. */
const LONGEST = 63;
const DIGITS = '0123456789';

/** Tells by length and last two bytes which names no pattern at a point begins with: nearly all, without a string made of them. */
export class NameFilter {
	/** 1 for each length and last byte that a name may have. */
	readonly #lengths = new Uint8Array((LONGEST + 1) * BYTES);
	/** 1 for each last byte and the one before it. */
	readonly #ends = new Uint8Array(BYTES * BYTES);

	constructor({ names, shapes }: PatternPoint) {
		for (const name of names.keys()) this.#add(name.length, name.length, name);
		for (const { shape } of shapes) {
			const least = shape.prefix.length + shape.suffix.length + 1;
			const ends = shape.suffix !== '' ? [shape.suffix] : shape.isNumber ? [...DIGITS] : null;
			if (ends === null) {
				this.#lengths.fill(1);
				this.#ends.fill(1);
			} else for (const end of ends) this.#add(least, LONGEST, end);
		}
	}

	/** Whether the name at an index of a column may be one. */
	mayHave({ bytes, ends }: StringColumn, index: number): boolean {
		const end = ends[index];
		const length = Math.min(LONGEST, end - (index === 0 ? 0 : ends[index - 1]));
		const last = bytes[end - 1];
		if (this.#lengths[length * BYTES + last] === 0) return false;
		return length < 2 || this.#ends[last * BYTES + bytes[end - 2]] === 1;
	}

	#add(from: number, to: number, end: string): void {
		const last = end.charCodeAt(end.length - 1);
		for (let length = from; length <= Math.min(to, LONGEST); length++)
			this.#lengths[length * BYTES + last] = 1;
		if (end.length > 1) this.#ends[last * BYTES + end.charCodeAt(end.length - 2)] = 1;
		else this.#ends.fill(1, last * BYTES, (last + 1) * BYTES);
	}
}
