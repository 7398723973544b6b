import type { IncomingMessage } from 'node:http';
import { FathomError, type FathomErrorCode } from '../../errors.ts';
import { isObject } from '../../image/json.ts';
import { shorten } from '../../text/shorten.ts';
import { PROXY_USER_HINT, PROXY_WANTS_USER } from './http/proxy.ts';
import { readBody } from './http/read-body.ts';
import { TimeLimit } from './http/time-limits.ts';
import { isWebPage } from './web-page.ts';

export interface ResponseContext {
	/** The host that answered. */
	readonly where: string;
	/** What was requested: `the manifest of app:1`. */
	readonly subject: string;
	/** Whether credentials were sent. */
	readonly hasCredentials: boolean;
	/** Why credentials may be missing: helpers that failed, files that cannot be read. */
	readonly problems?: readonly string[];
}

const MOST_BYTES = 64 * 1024;
const MOST_MESSAGES = 3;
/** A message is not worth a longer wait. */
const MOST_SECONDS = 5;

interface Words {
	readonly code: FathomErrorCode;
	readonly what: string;
	readonly hint: string;
}

/** The error for a response that is not a success, quoting the registry's own message. Consumes the body. */
export async function statusError(response: IncomingMessage, context: ResponseContext): Promise<FathomError> {
	const messages = await readMessages(response);
	const { code, what, hint } = wordsOf(response, context);
	// A reverse proxy of the registry itself words its outages as a web page.
	const isFromElsewhere =
		isWebPage(response) && ((response.statusCode ?? 0) < 500 || response.statusCode === 511);
	const page = isFromElsewhere ? ' (with a web page, as from a proxy or a sign-in page)' : '';
	const quoted = messages.length === 0 ? page : ` (${messages.join('; ')})`;
	return new FathomError({ code, message: `${context.where}: ${what}${quoted}.`, hint });
}

function wordsOf({ statusCode = 0, headers }: IncomingMessage, context: ResponseContext): Words {
	const { subject, hasCredentials, problems = [] } = context;
	const why = problems.length === 0 ? '' : ` (${problems.join('; ')})`;
	switch (statusCode) {
		case 401:
		case 403:
			return {
				code: 'denied',
				what: hasCredentials
					? `it denies this user ${subject}`
					: `${subject} requires a login, or does not exist`,
				hint: `Check the name; log in with docker login or podman login, or use --username and --password-stdin${why}.`,
			};
		case 404: {
			// Some registries do not admit that an image exists to those who may not see it.
			const hint = `Check the name and the tag${why}.`;
			return { code: 'not-found', what: `${subject} does not exist`, hint };
		}
		case 407:
			return { code: 'unavailable', what: PROXY_WANTS_USER, hint: PROXY_USER_HINT };
		case 429: {
			const wait = Number(headers['retry-after']);
			const seconds = Number.isFinite(wait) && wait > 0 ? ` after ${Math.ceil(wait)} seconds` : ' later';
			return {
				code: 'unavailable',
				what: 'too many requests came from this user or network',
				hint: `Try again${seconds}${hasCredentials ? '' : ', or log in: that often raises the limit'}.`,
			};
		}
		default:
			return {
				code: 'unavailable',
				what: `it answered ${statusCode} to a request for ${subject}`,
				hint: statusCode >= 500 ? 'Try again later.' : 'Check that the host is a registry.',
			};
	}
}

/** `errors[].message` of the body, or of a token server `details` (OCI distribution specification, "Error Codes"); empty for any other body. */
async function readMessages(response: IncomingMessage): Promise<readonly string[]> {
	const limit = new TimeLimit(MOST_SECONDS, undefined);
	try {
		const bytes = await limit.run(
			() => readBody(response, MOST_BYTES),
			() => new Error('the message did not arrive'),
		);
		const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
		if (!isObject(body)) return [];
		const errors = Array.isArray(body.errors) ? body.errors : [];
		const messages = errors.map((error: unknown) => (isObject(error) ? error.message || error.code : null));
		return [...messages, body.details]
			.filter((message) => typeof message === 'string' && message !== '')
			.slice(0, MOST_MESSAGES)
			.map((message) => shorten(String(message)));
	} catch {
		return [];
	} finally {
		if (!response.complete) response.destroy();
	}
}
