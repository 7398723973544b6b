import type { IncomingMessage } from 'node:http';
import { FathomError, type FathomErrorCode } from '../../errors.ts';
import { isObject } from '../../image/json.ts';
import { shorten } from '../../text/shorten.ts';
import { readBody } from './http/read-body.ts';

export interface FaultContext {
	/** Who answered. */
	readonly where: string;
	/** What was asked for, as in `the manifest of app:1`. */
	readonly asked: string;
	/** Whether a name and a password, or what stands for them, were shown. */
	readonly hasCredentials: boolean;
	/** Why a credential helper could not be asked. */
	readonly helperError?: string | null;
}

const MOST_BYTES = 64 * 1024;
const MOST_MESSAGES = 3;

interface Words {
	readonly code: FathomErrorCode;
	readonly what: string;
	readonly hint: string;
}

/** What a status that is no success means, with what the registry itself says of it. Takes the body. */
export async function statusError(response: IncomingMessage, context: FaultContext): Promise<FathomError> {
	const said = await readMessages(response);
	const { code, what, hint } = wordsOf(response, context);
	const quoted = said.length === 0 ? '' : ` (${said.join('; ')})`;
	return new FathomError({ code, message: `${context.where}: ${what}${quoted}.`, hint });
}

function wordsOf({ statusCode = 0, headers }: IncomingMessage, context: FaultContext): Words {
	const { asked, hasCredentials, helperError } = context;
	switch (statusCode) {
		case 401:
		case 403: {
			const why = helperError ? ` (${helperError})` : '';
			return {
				code: 'denied',
				what: hasCredentials
					? `it refuses ${asked} to this user`
					: `it does not give ${asked} to everybody, or has no such image`,
				hint: `Check the name; log in with docker login or podman login, or give --username and --password-stdin${why}.`,
			};
		}
		case 404:
			return { code: 'not-found', what: `${asked} is not there`, hint: 'Check the name and the tag.' };
		case 429: {
			const wait = Number(headers['retry-after']);
			const seconds = Number.isFinite(wait) && wait > 0 ? ` after ${Math.ceil(wait)} seconds` : ' later';
			return {
				code: 'unavailable',
				what: 'it was asked too often, by this user or from this network',
				hint: `Try again${seconds}${hasCredentials ? '' : ', or log in: that often allows more'}.`,
			};
		}
		default:
			return {
				code: 'unavailable',
				what: `it answers ${statusCode} when asked for ${asked}`,
				hint: statusCode >= 500 ? 'Try again later.' : 'Check that the host is a registry.',
			};
	}
}

/** `errors[].message` of the body, or of a token server `details` (OCI distribution specification, "Error Codes"); none where it has other words. */
async function readMessages(response: IncomingMessage): Promise<readonly string[]> {
	try {
		const body: unknown = JSON.parse(Buffer.from(await readBody(response, MOST_BYTES)).toString('utf8'));
		if (!isObject(body)) return [];
		const errors = Array.isArray(body.errors) ? body.errors : [];
		const messages = errors.map((error: unknown) => (isObject(error) ? error.message || error.code : null));
		return [...messages, body.details]
			.filter((message) => typeof message === 'string' && message !== '')
			.slice(0, MOST_MESSAGES)
			.map((message) => shorten(String(message)));
	} catch {
		return [];
	}
}
