import { FathomError } from '../errors.ts';
import { heldMilliseconds, type Steps } from '../steps.ts';

/** What a key that is pressed meanwhile waits at most. */
const SLICE_MILLISECONDS = 5;

/** Lets timers, keys and progress in between two slices of work, and ends the work when the user interrupts it. */
export class TimeSlice {
	readonly #signal: AbortSignal | undefined;
	readonly #onSlice: () => void;
	#sliceStart = performance.now();

	constructor(signal: AbortSignal | undefined, onSlice: () => void = () => {}) {
		this.#signal = signal;
		this.#onSlice = onSlice;
	}

	/** Whether it is time to let others in: cheaper than to await `yield` in a tight loop. */
	get isDue(): boolean {
		return performance.now() - this.#sliceStart >= SLICE_MILLISECONDS;
	}

	/** To be awaited between small pieces of work; returns at once while the slice lasts. Throws `interrupted`. */
	async yield(): Promise<void> {
		if (!this.isDue) return;
		this.#onSlice();
		const wait = heldMilliseconds();
		// Once only, so that no key that is held down keeps work from going on.
		await new Promise((resolve) => (wait > 0 ? setTimeout(resolve, wait) : setImmediate(resolve)));
		throwIfInterrupted(this.#signal);
		this.#sliceStart = performance.now();
	}
}

/** Throws `interrupted` once the signal is aborted. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
	if (signal?.aborted)
		throw new FathomError({ code: 'interrupted', message: 'Interrupted.', cause: signal.reason });
}

/** Does the steps of some work in slices. Throws `interrupted`, and what a step throws. */
export function runInSlices<T>(steps: Steps<T>, signal: AbortSignal | undefined): Promise<T> {
	return runWithin(new TimeSlice(signal), steps);
}

/** The same for one of many pieces of work, which may each be done before a slice is over. */
export async function runWithin<T>(slice: TimeSlice, steps: Steps<T>): Promise<T> {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		if (slice.isDue) await slice.yield();
	}
}
