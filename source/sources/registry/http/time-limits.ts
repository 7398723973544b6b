/** How long a connection may take, TLS and tunnel included, milliseconds. */
export const CONNECT_MILLISECONDS = 15_000;

/** How long the other side may say nothing before it counts as gone, milliseconds. */
export const SILENCE_MILLISECONDS = 30_000;

/** As the system words it. */
export function timedOut(): Error {
	return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}
