import { FathomError, messageOf } from '../../../errors.ts';
import { SILENCE } from './time-limits.ts';
import { ProxyError } from './tunnel-agent.ts';

/** What an error code of the system, TLS or Node means, and what to try. */
interface Words {
	readonly message: string;
	readonly hint: string;
}

const network = 'Check the name, the network, and HTTPS_PROXY if a proxy is required.';
const again = 'Try again; the network or the registry has a problem.';
const authority =
	'Add the certificate of its authority with SSL_CERT_FILE or in certs.d/HOST, or skip the check with --insecure.';

const certificate: Words = {
	message: 'its certificate is signed by an unknown authority',
	hint: authority,
};
const gone: Words = { message: 'the host name cannot be resolved', hint: network };
const unreachable: Words = { message: 'it cannot be reached', hint: network };
const broken: Words = { message: 'the connection was lost', hint: again };
const silent: Words = { message: 'it does not answer', hint: again };
const plain: Words = {
	message: 'it does not use TLS',
	hint: 'If you trust the registry and the network, allow plain HTTP with --insecure.',
};

const wordsOfCode: Readonly<Record<string, Words>> = {
	ENOTFOUND: gone,
	EAI_AGAIN: gone,
	ECONNREFUSED: { message: 'the connection was refused', hint: 'Check the name and the port.' },
	EHOSTUNREACH: unreachable,
	ENETUNREACH: unreachable,
	EHOSTDOWN: unreachable,
	ENETDOWN: unreachable,
	ECONNRESET: broken,
	EPIPE: broken,
	ETIMEDOUT: silent,
	[SILENCE]: silent,
	DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
	SELF_SIGNED_CERT_IN_CHAIN: certificate,
	UNABLE_TO_GET_ISSUER_CERT: certificate,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
	CERT_UNTRUSTED: certificate,
	CERT_HAS_EXPIRED: {
		message: 'its certificate has expired',
		hint: 'Check the clock, or report this to the operator of the registry.',
	},
	CERT_NOT_YET_VALID: { message: 'its certificate is not valid yet', hint: 'Check the clock.' },
	ERR_TLS_CERT_ALTNAME_INVALID: { message: 'its certificate is for another name', hint: 'Check the name.' },
	ERR_SSL_WRONG_VERSION_NUMBER: plain,
	ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
	HPE_HEADER_OVERFLOW: { message: 'the headers of its answer are too long', hint: again },
	EPROTO: { message: 'the TLS handshake failed', hint: plain.hint },
};

const hostOfError = new WeakMap<Error, string>();

/** Records that the error is about another host than the one of the request. Returns the error. */
export function noteHost(error: unknown, hostname: string): unknown {
	if (error instanceof Error) hostOfError.set(error, hostname);
	return error;
}

/**
 * Describes an error of a connection to a host, or to one that it redirects to; `subject` is what was on its way. Other errors are returned
 * unchanged.
 */
export function transportError(error: unknown, host: string, subject?: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error)) return error;
	const other = hostOfError.get(error);
	const hostname = other === undefined ? host : `${other}, to which ${host} redirects`;
	if (error instanceof ProxyError) {
		return new FathomError({
			code: 'unavailable',
			message: `${hostname}: ${error.message}.`,
			hint: error.hint,
			cause: error,
		});
	}
	const code = codeOf(error);
	if (code === null) return error;
	const words = wordsOfCode[code] ?? { message: `the connection failed (${code})`, hint: again };
	return new FathomError({
		code: 'unavailable',
		message: `${hostname}: ${words.message}${subject === undefined ? '' : ` (${subject})`}.`,
		hint: words.hint,
		cause: error,
	});
}

/** Whether a certificate was signed by an unknown authority. */
export function isUnknownAuthority(error: unknown): boolean {
	const below = error instanceof ProxyError ? error.cause : error;
	return wordsOfCode[codeOf(below) ?? ''] === certificate;
}

/** Whether plain HTTP is worth a try: not when the host uses TLS and its certificate is not trusted. */
export function mayBePlain(error: unknown): boolean {
	const words = wordsOfCode[codeOf(error) ?? ''];
	return words === undefined ? !(error instanceof FathomError) : !/certificate/.test(words.message);
}

/** The code of a connection error; null for any other. OpenSSL has one code for many errors. */
export function codeOf(error: unknown): string | null {
	if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
	if (error.code === 'EPROTO')
		return /wrong version number/i.test(messageOf(error)) ? 'ERR_SSL_WRONG_VERSION_NUMBER' : 'EPROTO';
	return error.code;
}
