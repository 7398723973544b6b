import { discard } from '../../columns/grow.ts';

/** Sets of nodes (a union-find structure). Each is known by its first node. */
export class JoinedNodes {
	readonly #before: Int32Array;

	constructor(nodeCount: number) {
		this.#before = new Int32Array(nodeCount);
		for (let node = 0; node < nodeCount; node++) this.#before[node] = node;
	}

	/** The first node of the set that a node is in. */
	firstOf(node: number): number {
		const before = this.#before;
		let at = node;
		while (before[at] !== at) {
			before[at] = before[before[at]];
			at = before[at];
		}
		return at;
	}

	/** Makes one set of two. Returns false where they are one already. */
	join(left: number, right: number): boolean {
		const [one, other] = [this.firstOf(left), this.firstOf(right)];
		if (one === other) return false;
		this.#before[Math.max(one, other)] = Math.min(one, other);
		return true;
	}

	/** Gives the memory back. */
	discard(): void {
		discard(this.#before);
	}
}
