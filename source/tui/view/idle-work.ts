import type { Steps } from '../../steps.ts';

/** Long enough for the frame to be drawn, and shorter than the time between two keys. */
const IDLE_MILLISECONDS = 15;
/** A key that comes in between waits no longer than this and one step. */
const SLICE_MILLISECONDS = 3;

interface Work {
	readonly steps: Steps<void>;
	readonly onEnd: (isDone: boolean) => void;
}

/** Does work ahead of time, in short slices while nothing else happens. */
export class IdleWork {
	readonly #now: () => number;
	#works: readonly Work[] = [];
	#timer: NodeJS.Timeout | undefined;
	#next: NodeJS.Immediate | undefined;

	/** `now` gives milliseconds, from any start. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/** Adds work that is done after what was added before, once nothing has happened for a moment. Tells whether it was done, or dropped. */
	add(steps: Steps<void>): Promise<boolean> {
		this.#pause();
		this.#timer = setTimeout(() => this.#doSlice(), IDLE_MILLISECONDS).unref();
		return new Promise((onEnd) => {
			this.#works = [...this.#works, { steps, onEnd }];
		});
	}

	/** Drops all work. To be called when something happened. */
	drop(): void {
		this.#pause();
		for (const { onEnd } of this.#works) onEnd(false);
		this.#works = [];
	}

	#pause(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#next);
	}

	#doSlice(): void {
		const end = this.#now() + SLICE_MILLISECONDS;
		while (this.#now() < end) {
			const [work] = this.#works;
			if (work === undefined) return;
			if (work.steps.next().done !== true) continue;
			this.#works = this.#works.filter((each) => each !== work);
			work.onEnd(true);
		}
		// What has come from the terminal in the meantime is read before this. (Without a reference it would only run after that.)
		this.#next = setImmediate(() => this.#doSlice());
	}
}
