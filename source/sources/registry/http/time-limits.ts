/** How long a connection may take, TLS and tunnel included, milliseconds. */
export const CONNECT_MILLISECONDS = 15_000;

/** How long the other side may stay silent, milliseconds. */
export const SILENCE_MILLISECONDS = 30_000;

/** The error code for a peer that has stopped answering. */
export const SILENCE = 'ERR_SILENCE';

/** For a connection that takes too long; the same code as the system's. */
export function timedOut(): Error {
	return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}

/** For a peer that has stopped answering. */
export function wentSilent(): Error {
	return Object.assign(new Error('went silent'), { code: SILENCE });
}

/** The longest time that a timer can wait. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/** Limits the time that some work takes in all, with its redirects, attempts and pauses. */
export class TimeLimit {
	/** Aborted when the time is over, and when the user interrupts. */
	readonly signal: AbortSignal;
	readonly #interruption: AbortSignal | undefined;
	readonly #over = new AbortController();
	#leftMilliseconds: number;
	#startedAt = 0;
	#timer: NodeJS.Timeout | null = null;

	/** Without a number of seconds there is no limit. */
	constructor(seconds: number | null, interruption: AbortSignal | undefined) {
		this.#leftMilliseconds = seconds === null ? Number.POSITIVE_INFINITY : seconds * 1000;
		this.#interruption = interruption;
		this.signal = AbortSignal.any([this.#over.signal, ...(interruption ? [interruption] : [])]);
	}

	/** The time that is left, milliseconds. */
	get left(): number {
		const running = this.#timer === null ? 0 : performance.now() - this.#startedAt;
		return Math.max(0, this.#leftMilliseconds - running);
	}

	/** Does some work, once. Throws `late()` when the time is over before the work is done. */
	async run<T>(work: () => Promise<T>, late: () => Error): Promise<T> {
		this.#start();
		const ended = Promise.withResolvers<never>();
		this.signal.addEventListener('abort', () => ended.reject(this.signal.reason), { once: true });
		try {
			return await Promise.race([work(), ended.promise]);
		} catch (error) {
			throw this.#over.signal.aborted && !this.#interruption?.aborted ? late() : error;
		} finally {
			this.#stop();
		}
	}

	/** Does a part of the work whose time does not count. */
	async suspend<T>(part: () => Promise<T>): Promise<T> {
		this.#stop();
		try {
			return await part();
		} finally {
			this.#start();
		}
	}

	#start(): void {
		if (this.#leftMilliseconds === Number.POSITIVE_INFINITY) return;
		this.#startedAt = performance.now();
		const milliseconds = Math.min(this.#leftMilliseconds, LONGEST_MILLISECONDS);
		this.#timer = setTimeout(() => this.#over.abort(), milliseconds);
	}

	#stop(): void {
		if (this.#timer === null) return;
		clearTimeout(this.#timer);
		this.#leftMilliseconds = this.left;
		this.#timer = null;
	}
}
