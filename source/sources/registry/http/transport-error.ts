import { FathomError, messageOf } from '../../../errors.ts';
import { SILENCE } from './time-limits.ts';
import { ProxyError } from './tunnel-agent.ts';

/** What the system, TLS and Node say of a connection, and what can be done about it. */
interface Words {
	readonly message: string;
	readonly hint: string;
}

const network = 'Check the name, the network, and HTTPS_PROXY if there has to be a proxy.';
const again = 'Try again; the network or the registry is unwell.';
const authority =
	'Give the certificate of its authority by SSL_CERT_FILE or in certs.d/HOST, or do without by --insecure.';

const certificate: Words = {
	message: 'its certificate is from an authority that is not known here',
	hint: authority,
};
const gone: Words = { message: 'the name is not known', hint: network };
const unreachable: Words = { message: 'it cannot be reached', hint: network };
const broken: Words = { message: 'the connection broke', hint: again };
const silent: Words = { message: 'it does not answer', hint: again };
const plain: Words = {
	message: 'it does not talk TLS',
	hint: 'A registry without TLS is read with --insecure, if it and the network are to be trusted.',
};

const wordsOfCode: Readonly<Record<string, Words>> = {
	ENOTFOUND: gone,
	EAI_AGAIN: gone,
	ECONNREFUSED: { message: 'nothing answers there', hint: 'Check the name and the port.' },
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
		hint: 'Tell whoever runs it, or check the clock.',
	},
	CERT_NOT_YET_VALID: { message: 'its certificate is not valid yet', hint: 'Check the clock.' },
	ERR_TLS_CERT_ALTNAME_INVALID: { message: 'its certificate is for another name', hint: 'Check the name.' },
	ERR_SSL_WRONG_VERSION_NUMBER: plain,
	ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
	EPROTO: { message: 'it does not agree on TLS', hint: plain.hint },
};

const hostOfError = new WeakMap<Error, string>();

/** Keeps in mind that it was a connection to another host than the one that was asked. Gives the error. */
export function noteHost(error: unknown, hostname: string): unknown {
	if (error instanceof Error) hostOfError.set(error, hostname);
	return error;
}

/** Says what is wrong with a connection to a host, or to another one that it led to. What is no fault of a connection passes through. */
export function transportError(error: unknown, asked: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error)) return error;
	const other = hostOfError.get(error);
	const hostname = other === undefined ? asked : `${other}, to which ${asked} leads`;
	if (error instanceof ProxyError) {
		return new FathomError({
			code: 'unavailable',
			message: `${hostname}: the proxy ${error.message}.`,
			hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
			cause: error,
		});
	}
	const code = codeOf(error);
	if (code === null) return error;
	const words = wordsOfCode[code] ?? { message: `the connection failed (${code})`, hint: again };
	return new FathomError({
		code: 'unavailable',
		message: `${hostname}: ${words.message}.`,
		hint: words.hint,
		cause: error,
	});
}

/** Whether there is a certificate, from an authority that is not known. */
export function isUnknownAuthority(error: unknown): boolean {
	const below = error instanceof ProxyError ? error.cause : error;
	return wordsOfCode[codeOf(below) ?? ''] === certificate;
}

/** Whether plain HTTP may do better: not where there was TLS and a certificate that is not to be trusted. */
export function mayBePlain(error: unknown): boolean {
	const words = wordsOfCode[codeOf(error) ?? ''];
	return words === undefined ? !(error instanceof FathomError) : !/certificate/.test(words.message);
}

/** What the system or TLS calls an error; null for what is none of a connection. OpenSSL says many things by one code. */
export function codeOf(error: unknown): string | null {
	if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
	if (error.code === 'EPROTO')
		return /wrong version number/i.test(messageOf(error)) ? 'ERR_SSL_WRONG_VERSION_NUMBER' : 'EPROTO';
	return error.code;
}
