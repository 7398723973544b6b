import type { Steps } from '../../steps.ts';

/** Long enough for the frame to be drawn, and shorter than the time between two keys. */
const IDLE_MILLISECONDS = 15;
/** A key that comes in between waits no longer than this and one step. */
const SLICE_MILLISECONDS = 3;

/** Does work ahead of time, in short slices while nothing else happens. */
export class IdleWork {
	readonly #now: () => number;
	/** What is worth doing only until something else happens. */
	#passing: readonly Steps<void>[] = [];
	/** What is done whatever happens. */
	#lasting: readonly Steps<void>[] = [];
	#timer: NodeJS.Timeout | undefined;
	#next: NodeJS.Immediate | undefined;

	/** `now` gives milliseconds, from any start. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** To be called when something happened: waits anew, and forgets what was worth doing before for what is now. */
	defer(passing: readonly Steps<void>[]): void {
		this.#pause();
		this.#passing = passing;
		if (passing.length + this.#lasting.length === 0) return;
		this.#timer = setTimeout(() => this.#doSlice(), IDLE_MILLISECONDS).unref();
	}

	/** Takes on work that is done whatever happens, instead of what there was of that kind; begins with the next call of `defer`. */
	takeOn(lasting: readonly Steps<void>[]): void {
		this.#lasting = lasting;
	}

	/** Drops everything. */
	stop(): void {
		this.#pause();
		this.#passing = [];
		this.#lasting = [];
	}

	#pause(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#next);
	}

	#doSlice(): void {
		const end = this.#now() + SLICE_MILLISECONDS;
		while (this.#now() < end) {
			const [steps] = [...this.#passing, ...this.#lasting];
			if (steps === undefined) return;
			if (steps.next().done === true) this.#forget(steps);
		}
		// Whatever has come from the terminal in the meantime is read before this. (Without a reference it would only run after that.)
		this.#next = setImmediate(() => this.#doSlice());
	}

	#forget(done: Steps<void>): void {
		this.#passing = this.#passing.filter((steps) => steps !== done);
		this.#lasting = this.#lasting.filter((steps) => steps !== done);
	}
}
