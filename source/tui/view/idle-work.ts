import { holdWork, type Steps } from '../../steps.ts';

/** Long enough to draw the frame, and shorter than the time between two keys. */
const IDLE_MILLISECONDS = 15;
/** A key that is pressed during a slice waits no longer than this and one step. */
const SLICE_MILLISECONDS = 3;

interface Work {
	readonly steps: Steps<void>;
	readonly onEnd: (isDone: boolean) => void;
}

/** Does work ahead of time, in short slices while the program is idle. */
export class IdleWork {
	readonly #now: () => number;
	#works: readonly Work[] = [];
	#timer: NodeJS.Timeout | undefined;
	#next: NodeJS.Immediate | undefined;

	/** `now` returns milliseconds since any fixed time. */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
	}

	/**
	 * Adds work, to be done after the work added before; it begins when nothing has happened for a moment. Resolves to true when the work
	 * is done, and to false when it is dropped.
	 */
	add(steps: Steps<void>): Promise<boolean> {
		this.#pause();
		this.#timer = setTimeout(() => this.#doSlice(), IDLE_MILLISECONDS).unref();
		return new Promise((onEnd) => {
			this.#works = [...this.#works, { steps, onEnd }];
		});
	}

	/** Drops all work. To be called when something happens. */
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
		// The user sees this work next, and other work later.
		if (this.#works.length > 0) holdWork();
		const end = this.#now() + SLICE_MILLISECONDS;
		while (this.#now() < end) {
			const [work] = this.#works;
			if (work === undefined) return;
			if (work.steps.next().done !== true) continue;
			this.#works = this.#works.filter((each) => each !== work);
			work.onEnd(true);
		}
		// Input from the terminal is read before the next slice. (Without a reference, the immediate would wait for such input.)
		this.#next = setImmediate(() => this.#doSlice());
	}
}
