/** How long a connection may take, TLS and tunnel included, milliseconds. */
export const CONNECT_MILLISECONDS = 15_000;

/** How long the other side may say nothing before it counts as gone, milliseconds. */
export const SILENCE_MILLISECONDS = 30_000;

/** The code of the error for who was there and says nothing any more. */
export const SILENCE = 'ERR_SILENCE';

/** For who cannot be connected to in time, as the system words it. */
export function timedOut(): Error {
	return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}

/** For who says nothing any more. */
export function wentSilent(): Error {
	return Object.assign(new Error('went silent'), { code: SILENCE });
}
