import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../../errors.ts';
import type { HttpClient, HttpRequest } from './http-client.ts';
import { isLoopback } from './proxy.ts';
import { discardBody } from './read-body.ts';
import { noteHost } from './transport-error.ts';

const MOST_REDIRECTS = 5;

export interface Followed {
	readonly response: IncomingMessage;
	/** Where the answer is from. */
	readonly url: URL;
}

/**
 * Sends a request and follows where it is led. The `Authorization` header stays behind as soon as another host, port or scheme comes up,
 * and does not come back. Throws `unavailable` for a redirect that is followed by nobody.
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
			throw refused(request.url, `redirects more than ${MOST_REDIRECTS} times`);
		if (!/^https?:$/.test(target.protocol))
			throw refused(request.url, 'redirects to an address that is none of HTTP');
		if (target.protocol === 'http:' && url.protocol === 'https:' && !insecure && !isLoopback(target.hostname))
			throw refused(request.url, `redirects to ${target.host} without encryption`);
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
	if (target === null) throw refused(from, 'redirects to nowhere');
	return target;
}

function refused({ host }: URL, what: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${host}: it ${what}.`,
		hint: 'Tell whoever runs the registry, or check the proxy.',
	});
}
