/** Lets cases run side by side, but for one that has to run alone. */
export class Turns {
	#running = 0;
	#isTaken = false;
	#waiting: (() => void)[] = [];

	/** Does work beside that of others. */
	async beside<T>(work: () => Promise<T>): Promise<T> {
		while (this.#isTaken) await this.#change();
		this.#running += 1;
		return this.#end(work, () => {
			this.#running -= 1;
		});
	}

	/** Waits until nothing else runs, and lets nothing else begin. */
	async alone<T>(work: () => Promise<T>): Promise<T> {
		while (this.#isTaken) await this.#change();
		this.#isTaken = true;
		while (this.#running > 0) await this.#change();
		return this.#end(work, () => {
			this.#isTaken = false;
		});
	}

	async #end<T>(work: () => Promise<T>, leave: () => void): Promise<T> {
		try {
			return await work();
		} finally {
			leave();
			for (const wake of this.#waiting.splice(0)) wake();
		}
	}

	#change(): Promise<void> {
		return new Promise((resolve) => this.#waiting.push(resolve));
	}
}
