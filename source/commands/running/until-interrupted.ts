import { FathomError } from '../../errors.ts';

/** The result of some work, or `interrupted` as soon as the user interrupts: work that waits for a pipe may never notice by itself. */
export function untilInterrupted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
	return Promise.race([work, interruption(signal)]);
}

function interruption(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		const stop = () => reject(new FathomError({ code: 'interrupted', message: 'Interrupted.' }));
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
}
