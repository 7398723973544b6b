import type { IncomingMessage } from 'node:http';
import { throwIfInterrupted } from '../../time-slice.ts';
import { discardBody } from './read-body.ts';
import { isPassingStatus, MOST_TRIES, pause, pauseBefore } from './retry.ts';
import type { TimeLimit } from './time-limits.ts';

export interface Retrying {
	/** Attempts in all for a request that fails with this error. */
	readonly tries: (error: unknown) => number;
	/** The time in which the answer has to arrive, and its signal. */
	readonly limit: TimeLimit;
}

/**
 * Sends a request, and again after a lost connection or a temporary status. Returns the last response, whatever its status. Throws the
 * error of the last attempt, and `interrupted`.
 */
export async function sendWithRetries(
	send: () => Promise<IncomingMessage>,
	{ limit, tries: most }: Retrying,
): Promise<IncomingMessage> {
	for (let tries = 1; ; tries++) {
		const response = await send().catch((error: unknown) => {
			throwIfInterrupted(limit.signal);
			if (tries >= most(error)) throw error;
			return null;
		});
		if (response && !isPassingStatus(response.statusCode)) return response;
		const wait = pauseBefore(tries, response);
		// A status tells more than that the time was over.
		if (response && (tries >= MOST_TRIES || wait === null || wait >= limit.left)) return response;
		if (response) discardBody(response);
		await pause(wait ?? 0, limit.signal);
	}
}
