/** Work that can be done piece by piece: each step takes about a millisecond at most, and the last one gives what was worked out. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
}

/** Does work on the items `[0, count)` in parts of at most `partSize`, each in a step of its own. */
export function* inParts(
	count: number,
	partSize: number,
	work: (from: number, to: number) => void,
): Steps<void> {
	for (let from = 0; from < count; from += partSize) {
		work(from, Math.min(count, from + partSize));
		yield;
	}
}

/** Does the steps of some work, and lets other work go on in between. Throws when it is to be stopped. */
export type RunSteps = <T>(steps: Steps<T>, signal: AbortSignal | undefined) => Promise<T>;

/** How the steps of some work are done, and what stops it. */
export interface Running {
	readonly run: RunSteps;
	readonly signal?: AbortSignal | undefined;
}

/** Something that is worked out once: ahead of time step by step, or the rest of it when it is asked for. */
export class Prepared<T> {
	#steps: Steps<T> | null;
	#value: T | undefined;

	constructor(steps: Steps<T>) {
		this.#steps = steps;
	}

	/** The steps that are left. They can be stopped and continued. */
	*prepare(): Steps<void> {
		while (this.#steps !== null) {
			const step = this.#steps.next();
			if (step.done === true) this.#finish(step.value);
			yield;
		}
	}

	get(): T {
		if (this.#steps !== null) this.#finish(finish(this.#steps));
		return this.#value as T;
	}

	#finish(value: T): void {
		this.#value = value;
		this.#steps = null;
	}
}

const ITEMS_A_STEP = 1024;

/** The items in ascending order, equal ones in the order given. */
export function* sortInSteps<T>(
	items: readonly T[],
	compare: (left: T, right: T) => number,
): Steps<readonly T[]> {
	let runs: (readonly T[])[] = [];
	for (let start = 0; start < items.length; start += ITEMS_A_STEP) {
		runs.push(items.slice(start, start + ITEMS_A_STEP).sort(compare));
		yield;
	}
	while (runs.length > 1) {
		const merged: (readonly T[])[] = [];
		for (let run = 0; run < runs.length; run += 2)
			merged.push(runs[run + 1] ? yield* merge(runs[run], runs[run + 1], compare) : runs[run]);
		runs = merged;
	}
	return runs[0] ?? [];
}

function* merge<T>(
	left: readonly T[],
	right: readonly T[],
	compare: (left: T, right: T) => number,
): Steps<readonly T[]> {
	const merged: T[] = [];
	let [fromLeft, fromRight] = [0, 0];
	while (fromLeft < left.length || fromRight < right.length) {
		const isLeft =
			fromRight === right.length ||
			(fromLeft < left.length && compare(left[fromLeft], right[fromRight]) <= 0);
		merged.push(isLeft ? left[fromLeft++] : right[fromRight++]);
		if (merged.length % ITEMS_A_STEP === 0) yield;
	}
	return merged;
}

/** As long as a frame takes, as a rule. */
const FRAME_MILLISECONDS = 25;

/** As `performance.now()` has it. */
let heldUntil = 0;

/** Holds work that goes on in the background for a moment: the user has pressed a key and waits for its frame. */
export function holdWork(): void {
	heldUntil = performance.now() + FRAME_MILLISECONDS;
}

/** For how long work is held yet; 0 where it is not. */
export function heldMilliseconds(): number {
	return Math.max(0, heldUntil - performance.now());
}
