import type { IncomingMessage } from 'node:http';
import { throwIfInterrupted } from '../../time-slice.ts';
import { SILENCE } from './time-limits.ts';
import { codeOf } from './transport-error.ts';

/** How often something is tried before it counts as failed. */
export const MOST_TRIES = 5;

const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 20_000;

/** Who was silent for as long as it takes to call it silence is not waited for again and again. */
const TRIES_IN_SILENCE = 2;

const broken: readonly (string | null)[] = ['ECONNRESET', 'EPIPE'];
const outages: readonly (string | null)[] = [
	...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT'],
	...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN'],
];

/** How often something is tried in all when it fails like this: 1 for what cannot be expected to go better. */
export function triesWorth(error: unknown): number {
	const code = codeOf(error);
	if (code === SILENCE) return TRIES_IN_SILENCE;
	return broken.includes(code) ? MOST_TRIES : 1;
}

/** The same once there has been an answer: who was there a moment ago will be there again. */
export function triesWorthUnderWay(error: unknown): number {
	const code = codeOf(error);
	return outages.includes(code) || broken.includes(code) ? MOST_TRIES : triesWorth(error);
}

/** Whether the registry may answer otherwise in a moment. */
export function isPassingStatus(status: number | undefined): boolean {
	return status !== undefined && [408, 429, 500, 502, 503, 504].includes(status);
}

/**
 * How long to wait before the next try, after `tries` of them, milliseconds: as long as the registry says (RFC 9110, 10.2.3
 * "Retry-After", in seconds or as a date), else twice as long each time, and by chance up to half more or less, so that many who were
 * refused at once do not come back at once. Null when it is more than anybody would wait for.
 */
export function pauseBefore(tries: number, response: IncomingMessage | null): number | null {
	const asked = retryAfter(response?.headers['retry-after']);
	if (asked !== null) return asked > LONGEST_PAUSE_MILLISECONDS ? null : asked;
	return FIRST_PAUSE_MILLISECONDS * 2 ** (tries - 1) * (0.5 + Math.random());
}

function retryAfter(header: string | undefined): number | null {
	if (header === undefined) return null;
	const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : null;
}

/** Waits. Throws `interrupted`. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	throwIfInterrupted(signal);
	await new Promise<void>((resolve) => {
		const timer = setTimeout(done, milliseconds);
		function done(): void {
			clearTimeout(timer);
			signal?.removeEventListener('abort', done);
			resolve();
		}
		signal?.addEventListener('abort', done, { once: true });
	});
	throwIfInterrupted(signal);
}
