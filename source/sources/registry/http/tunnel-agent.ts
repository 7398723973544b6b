import { type ClientRequestArgs, request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { PROXY_USER_HINT, PROXY_WANTS_USER, proxyAddress, proxyAuthorization } from './proxy.ts';
import { CONNECT_MILLISECONDS, timedOut } from './time-limits.ts';
import type { Trust } from './trust.ts';

/** The proxy, and the trust for it where it uses TLS itself. */
export interface TunnelWay {
	readonly proxy: URL;
	readonly proxyTrust: Trust | null;
}

/** Connects to hosts by TLS through a tunnel of a proxy (RFC 9110, 9.3.6 "CONNECT"). */
export class TunnelAgent extends Agent {
	readonly #way: TunnelWay;

	constructor(way: TunnelWay, options: AgentOptions) {
		super(options);
		this.#way = way;
	}

	override createConnection(
		options: ClientRequestArgs,
		callback: (error: Error | null, stream: Duplex) => void,
	): null {
		const fail = (error: Error): void => callback(error, undefined as unknown as Duplex);
		const target = authorityOf(options);
		const { proxy, proxyTrust } = this.#way;
		const request = (proxyTrust === null ? httpRequest : httpsRequest)({
			...proxyTrust,
			...proxyAddress(proxy),
			port: proxy.port || undefined,
			method: 'CONNECT',
			path: target,
			headers: { Host: target, ...proxyAuthorization(proxy) },
			agent: false,
		});
		request.setTimeout(CONNECT_MILLISECONDS, () => request.destroy(timedOut()));
		// A second error may follow after the tunnel is open.
		request.on('error', (cause) => fail(new ProxyError(`the proxy ${describe(cause)}`, cause)));
		request.once('connect', ({ statusCode }, socket) => {
			socket.setTimeout(0);
			if (statusCode === 200) return callback(null, connect({ ...(options as ConnectionOptions), socket }));
			socket.destroy();
			if (statusCode === 407) return fail(new ProxyError(PROXY_WANTS_USER, undefined, PROXY_USER_HINT));
			return fail(new ProxyError(`the proxy answered ${statusCode} to a request for ${target}`));
		});
		request.end();
		return null;
	}
}

function describe(cause: Error): string {
	const isCertificate = 'code' in cause && /CERT|ISSUER|LEAF/.test(String(cause.code));
	return isCertificate ? 'has a certificate that is not trusted' : 'does not answer';
}

/** An error of the proxy, not of the host behind it. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';

	readonly hint: string;

	constructor(message: string, cause?: unknown, hint = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.') {
		super(message, cause === undefined ? undefined : { cause });
		this.hint = hint;
	}
}

function authorityOf({ host, port }: ClientRequestArgs): string {
	const name = String(host);
	return `${name.includes(':') ? `[${name}]` : name}:${port ?? 443}`;
}
