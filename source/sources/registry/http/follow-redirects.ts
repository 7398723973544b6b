import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../../errors.ts';
import { shorten } from '../../../text/shorten.ts';
import type { HttpClient, HttpRequest } from './http-client.ts';
import { isLoopback } from './proxy.ts';
import { discardBody } from './read-body.ts';
import { noteHost } from './transport-error.ts';

const MOST_REDIRECTS = 5;

export interface Followed {
	readonly response: IncomingMessage;
	/** The address that answered. */
	readonly url: URL;
}

/**
 * Sends a request and follows redirects. The `Authorization` header is dropped for good at the first redirect to another host, port or
 * scheme. Throws `unavailable` for a redirect that is not followed.
 */
export async function followRedirects(
	http: HttpClient,
	request: HttpRequest,
	insecure: boolean,
): Promise<Followed> {
	let { url, headers } = request;
	for (let redirects = 0; ; redirects++) {
		const response = await http.send({ ...request, url, headers }).catch((error: unknown) => {
			throw url.host === request.url.host ? error : noteHost(error, url.host);
		});
		const target = targetOf(response, url);
		if (target === null) return { response, url };
		discardBody(response);
		if (redirects === MOST_REDIRECTS)
			throw notFollowed(request.url, `redirects more than ${MOST_REDIRECTS} times`);
		if (!/^https?:$/.test(target.protocol))
			throw notFollowed(
				request.url,
				`redirects to an address that is not HTTP (${shorten(target.protocol)})`,
			);
		if (target.protocol === 'http:' && url.protocol === 'https:' && !insecure && !isLoopback(target.hostname))
			throw notFollowed(request.url, `redirects to ${target.host} without encryption`);
		if (target.origin !== url.origin) {
			const { Authorization: _stays, ...rest } = headers;
			headers = rest;
		}
		url = target;
	}
}

function targetOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
	if (![301, 302, 303, 307, 308].includes(statusCode)) return null;
	const { location } = headers;
	const target = location === undefined ? null : URL.parse(location, from.href);
	if (target === null) throw notFollowed(from, 'redirects without a valid address');
	return target;
}

function notFollowed({ host }: URL, what: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${host}: it ${what}.`,
		hint: 'Check the proxy, or report this to the operator of the registry.',
	});
}
