/** A generator of numbers that gives the same sequence for the same seed on every machine (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 to 1, without 1. */
	fraction(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	}

	/** A whole number from 0 to `end - 1`. */
	below(end: number): number {
		return Math.floor(this.fraction() * end);
	}

	/** True once in `count` times. */
	oneIn(count: number): boolean {
		return this.below(count) === 0;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)];
	}

	/** Picks a value by its weight. */
	weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
		let left = this.fraction() * choices.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of choices) {
			left -= weight;
			if (left < 0) return value;
		}
		return choices[choices.length - 1][1];
	}

	/** From `least` to `most` items. */
	list<T>(least: number, most: number, make: () => T): T[] {
		return Array.from({ length: least + this.below(most - least + 1) }, make);
	}
}

/** The seed of one case of a run. */
export function caseSeed(seed: number, number: number): number {
	return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
}
