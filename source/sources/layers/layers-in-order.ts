import type { Changeset } from '../../tar/changeset.ts';

/**
 * Hands on layers that are read in any order, lowest first, each once it and all below it are there, and each in a turn of its own, so
 * that what other threads have read is taken in between.
 */
export class LayersInOrder {
	readonly #keys: readonly string[];
	readonly #handOn: (changeset: Changeset, layer: number) => Promise<void> | undefined;
	readonly #read = new Map<string, Changeset>();
	#next = 0;
	#handingOn: Promise<void> | null = null;

	/** `keys` names what each layer is read from, lowest first; several may be read from one. */
	constructor(
		keys: readonly string[],
		handOn: (changeset: Changeset, layer: number) => Promise<void> | undefined,
	) {
		this.#keys = keys;
		this.#handOn = handOn;
	}

	/** Resolves once all are handed on that can be. Throws what handing on throws; it is not tried again then. */
	add(key: string, changeset: Changeset): Promise<void> {
		this.#read.set(key, changeset);
		this.#handingOn ??= this.#handOnAll();
		return this.#handingOn;
	}

	async #handOnAll(): Promise<void> {
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			const changeset = this.#read.get(this.#keys[this.#next]);
			if (changeset === undefined) {
				this.#handingOn = null;
				return;
			}
			await this.#handOn(changeset, this.#next);
			this.#next += 1;
		}
	}
}
