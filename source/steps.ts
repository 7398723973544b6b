/** Work that can be done piece by piece: each step takes about a millisecond at most, and the last one gives what was worked out. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
}

/** Something that is worked out once: ahead of time step by step, or the rest of it when it is asked for. */
export class Prepared<T> {
	#steps: Steps<T> | null;
	#value: T | undefined;

	constructor(steps: Steps<T>) {
		this.#steps = steps;
	}

	/** The steps that are left. Whoever stops in between can go on later. */
	*prepare(): Steps<void> {
		while (this.#steps !== null) {
			const step = this.#steps.next();
			if (step.done === true) this.#settle(step.value);
			yield;
		}
	}

	get(): T {
		if (this.#steps !== null) this.#settle(finish(this.#steps));
		return this.#value as T;
	}

	#settle(value: T): void {
		this.#value = value;
		this.#steps = null;
	}
}
