import type { IncomingMessage } from 'node:http';
import { throwIfInterrupted } from '../../breathe.ts';
import { discardBody } from './read-body.ts';
import { isPassingStatus, MOST_TRIES, pause, pauseBefore } from './retry.ts';
import { isWorthAnotherTry } from './transport-fault.ts';

/**
 * Sends a request again where the connection broke or the answer is one that may be another in a moment. Gives the last answer, whatever its
 * status. Throws what the last try throws, and `interrupted`.
 */
export async function sendWithRetries(
	send: () => Promise<IncomingMessage>,
	signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
	for (let tries = 1; ; tries++) {
		const isLast = tries === MOST_TRIES;
		const response = await send().catch((error: unknown) => {
			throwIfInterrupted(signal);
			if (isLast || !isWorthAnotherTry(error)) throw error;
			return null;
		});
		if (response && !isPassingStatus(response.statusCode)) return response;
		const wait = pauseBefore(tries, response);
		if (response && (isLast || wait === null)) return response;
		if (response) discardBody(response);
		await pause(wait ?? 0, signal);
	}
}
