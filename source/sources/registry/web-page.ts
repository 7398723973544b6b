import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../errors.ts';

/** Whether a response is a web page, by its media type or by its first bytes. */
export function isWebPage({ headers }: IncomingMessage, bytes?: Uint8Array): boolean {
	if (/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? '')) return true;
	const start = Buffer.from(bytes?.subarray(0, 1024) ?? []).toString('utf8');
	return /^\ufeff?\s*<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}

/** For a web page in place of what was requested. */
export function webPageError(where: string, what: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${where}: a web page came in place of ${what}, as from a proxy or a sign-in page.`,
		hint: 'Sign in to the network with a browser, check HTTPS_PROXY, or check that the host is a registry.',
	});
}
