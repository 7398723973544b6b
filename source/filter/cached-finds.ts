import type { Find } from './find.ts';

/** The total number of cached nodes and names. */
const MAXIMUM_LENGTH = 1_500_000;

/** The results for texts that were typed before: deleting characters leads back to them. */
export class CachedFinds {
	readonly #finds = new Map<string, Find>();
	#length = 0;

	get(text: string): Find | undefined {
		return this.#finds.get(text);
	}

	set(text: string, find: Find): void {
		const length = find.nodes.length + (find.names?.length ?? 0);
		this.#length += length;
		if (this.#length > MAXIMUM_LENGTH) {
			this.#finds.clear();
			this.#length = length;
		}
		this.#finds.set(text, find);
	}

	/** The result for the longest cached prefix of the text, or null. */
	longestBeginning(text: string): Find | null {
		for (let length = text.length - 1; length > 0; length--) {
			const find = this.#finds.get(text.slice(0, length));
			if (find !== undefined) return find;
		}
		return null;
	}
}
