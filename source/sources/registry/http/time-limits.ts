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
