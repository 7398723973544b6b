import type { IncomingMessage } from 'node:http';
import { throwIfInterrupted } from '../../time-slice.ts';
import { SILENCE } from './time-limits.ts';
import { codeOf } from './transport-error.ts';

/** Attempts in all before a request counts as failed. */
export const MOST_TRIES = 5;

const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 20_000;

/** Fewer attempts after a timeout, because each takes so long. */
const TRIES_IN_SILENCE = 2;

const broken: readonly (string | null)[] = ['ECONNRESET', 'EPIPE'];
const outages: readonly (string | null)[] = [
	...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT'],
	...['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN'],
];

/** Attempts in all for a request that fails with this error; 1 when another attempt is pointless. */
export function triesWorth(error: unknown): number {
	const code = codeOf(error);
	if (code === SILENCE) return TRIES_IN_SILENCE;
	return broken.includes(code) ? MOST_TRIES : 1;
}

/** The same once the host has answered: an outage is then likely to be short. */
export function triesWorthUnderWay(error: unknown): number {
	const code = codeOf(error);
	return outages.includes(code) || broken.includes(code) ? MOST_TRIES : triesWorth(error);
}

/** Whether another attempt may get another status. */
export function isPassingStatus(status: number | undefined): boolean {
	return status !== undefined && [408, 429, 500, 502, 503, 504].includes(status);
}

/**
 * Milliseconds to wait before the next attempt, after `tries` attempts: as long as the registry says (RFC 9110, 10.2.3 "Retry-After", in
 * seconds or as a date), or else twice as long each time, plus or minus a random half, so that clients that were rejected together do not
 * return together. Null when the wait would be too long.
 */
export function pauseBefore(tries: number, response: IncomingMessage | null): number | null {
	const stated = retryAfter(response?.headers['retry-after']);
	if (stated !== null) return stated > LONGEST_PAUSE_MILLISECONDS ? null : stated;
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
