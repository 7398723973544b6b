import type { IncomingMessage } from 'node:http';
import { throwIfInterrupted } from '../../time-slice.ts';
import { discardBody } from './read-body.ts';
import { isPassingStatus, MOST_TRIES, pause, pauseBefore } from './retry.ts';

export interface Retrying {
	readonly signal: AbortSignal | undefined;
	/** Attempts in all for a request that fails with this error. */
	readonly tries: (error: unknown) => number;
}

/**
 * Sends a request, and again after a lost connection or a temporary status. Returns the last response, whatever its status. Throws the
 * error of the last attempt, and `interrupted`.
 */
export async function sendWithRetries(
	send: () => Promise<IncomingMessage>,
	{ signal, tries: most }: Retrying,
): Promise<IncomingMessage> {
	for (let tries = 1; ; tries++) {
		const response = await send().catch((error: unknown) => {
			throwIfInterrupted(signal);
			if (tries >= most(error)) throw error;
			return null;
		});
		if (response && !isPassingStatus(response.statusCode)) return response;
		const wait = pauseBefore(tries, response);
		if (response && (tries >= MOST_TRIES || wait === null)) return response;
		if (response) discardBody(response);
		await pause(wait ?? 0, signal);
	}
}
