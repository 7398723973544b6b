import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../errors.ts';

/** Whether the media type of a response is that of a web page. Servers of plain files give it to other content as well. */
export function isWebPage({ headers }: IncomingMessage): boolean {
	return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? '');
}

/** Whether a response that should be JSON is a web page, by its content. */
export function isWebPageForJson(response: IncomingMessage, bytes: Uint8Array): boolean {
	const start = Buffer.from(bytes.subarray(0, 1024))
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trimStart();
	return isWebPage(response) ? !/^[[{]/.test(start) : /^<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}

/** For a web page in place of what was requested. */
export function webPageError(where: string, what: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${where}: a web page came in place of ${what}, as from a proxy or a sign-in page.`,
		hint: 'Sign in to the network with a browser, check HTTPS_PROXY, or check that the host is a registry.',
	});
}
