/** What of a file is damaged, so that it is left out of the fact while the rest stands. */
export class Damage {
	#first: string | null = null;
	#count = 0;

	/** Takes half a sentence: what is damaged, and how. */
	add(reason: string): void {
		this.#first ??= reason;
		this.#count += 1;
	}

	get count(): number {
		return this.#count;
	}

	/** The first reason, and how many more there are; null for none. */
	get problem(): string | null {
		if (this.#first === null || this.#count === 1) return this.#first;
		return `${this.#first} (and ${this.#count - 1} more)`;
	}
}
