import { type ClientRequestArgs, request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { proxyAuthorization } from './proxy.ts';
import { CONNECT_MILLISECONDS, timedOut } from './time-limits.ts';

/** Reaches hosts by TLS through a proxy, which is asked for a tunnel (RFC 9110, 9.3.6 "CONNECT"). */
export class TunnelAgent extends Agent {
	readonly #proxy: URL;

	constructor(proxy: URL, options: AgentOptions) {
		super(options);
		this.#proxy = proxy;
	}

	override createConnection(
		options: ClientRequestArgs,
		callback: (error: Error | null, stream: Duplex) => void,
	): null {
		const fail = (error: Error): void => callback(error, undefined as unknown as Duplex);
		const target = authorityOf(options);
		const request = (this.#proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
			host: this.#proxy.hostname.replace(/^\[|\]$/g, ''),
			port: this.#proxy.port || undefined,
			method: 'CONNECT',
			path: target,
			headers: { Host: target, ...proxyAuthorization(this.#proxy) },
			agent: false,
		});
		request.setTimeout(CONNECT_MILLISECONDS, () => request.destroy(timedOut()));
		request.once('error', (cause) => fail(new ProxyError('does not answer', cause)));
		request.once('connect', ({ statusCode }, socket) => {
			socket.setTimeout(0);
			if (statusCode === 200) return callback(null, connect({ ...(options as ConnectionOptions), socket }));
			socket.destroy();
			return fail(new ProxyError(`answers ${statusCode} when asked for ${target}`));
		});
		request.end();
		return null;
	}
}

/** The proxy is at fault, and not the host behind it. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';

	constructor(message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
	}
}

function authorityOf({ host, port }: ClientRequestArgs): string {
	const name = String(host);
	return `${name.includes(':') ? `[${name}]` : name}:${port ?? 443}`;
}
