import type { Changeset } from '../tar/changeset.ts';

/**
 * Hands on layers that are read in any order, lowest first, each once it and all below it are there. Each is handed on in a turn of its
 * own, so that whoever has read one begins with the next before that.
 */
export class LayersInOrder {
	readonly #keys: readonly string[];
	readonly #handOn: (changeset: Changeset) => void;
	readonly #read = new Map<string, Changeset>();
	#next = 0;
	#timer: NodeJS.Immediate | null = null;
	#failure: { readonly error: unknown } | null = null;

	/** `keys` names what each layer is read from, lowest first; several may be read from one. */
	constructor(keys: readonly string[], handOn: (changeset: Changeset) => void) {
		this.#keys = keys;
		this.#handOn = handOn;
	}

	add(key: string, changeset: Changeset): void {
		this.#read.set(key, changeset);
		this.#schedule();
	}

	/** Hands on no more. Throws what handing on has thrown. */
	close(): void {
		if (this.#timer) clearImmediate(this.#timer);
		if (this.#failure) throw this.#failure.error;
	}

	#schedule(): void {
		if (this.#timer === null && this.#read.has(this.#keys[this.#next]))
			this.#timer = setImmediate(() => this.#handOnNext());
	}

	#handOnNext(): void {
		this.#timer = null;
		const changeset = this.#read.get(this.#keys[this.#next]);
		if (changeset === undefined) return;
		this.#next += 1;
		try {
			this.#handOn(changeset);
			this.#schedule();
		} catch (error) {
			this.#failure = { error };
		}
	}
}
