/** Work that can be done piece by piece: each step takes well under a millisecond, and the last one gives what was worked out. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function finish<T>(steps: Steps<T>): T {
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
}
