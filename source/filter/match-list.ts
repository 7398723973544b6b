/** A growing list of nodes in ascending order. */
export class MatchList {
	#nodes = new Int32Array(256);
	#length = 0;

	add(node: number): void {
		if (this.#length === this.#nodes.length) {
			const grown = new Int32Array(this.#nodes.length * 2);
			grown.set(this.#nodes);
			this.#nodes = grown;
		}
		this.#nodes[this.#length++] = node;
	}

	take(): Int32Array {
		return this.#nodes.slice(0, this.#length);
	}
}
