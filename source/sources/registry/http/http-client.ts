import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Host } from '../../host.ts';
import { LocalGuard } from './local-address.ts';
import { proxyAddress, proxyAuthorization, proxyFor } from './proxy.ts';
import { CONNECT_MILLISECONDS, SILENCE_MILLISECONDS, timedOut, wentSilent } from './time-limits.ts';
import { isUnknownAuthority } from './transport-error.ts';
import { type Trust, trustFor } from './trust.ts';
import { TunnelAgent } from './tunnel-agent.ts';

export interface HttpRequest {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** A form to post; without one the request is a GET. */
	readonly form?: URLSearchParams | undefined;
	readonly signal: AbortSignal | undefined;
}

export interface HttpClientOptions {
	readonly host: Host;
	readonly insecure: boolean;
	/** The registry as in a reference: certificate folders have this name, which for Docker Hub differs from the host name. */
	readonly registry: string;
	readonly registryHost: string;
}

/** Connections to one host at a time; further requests wait. */
const MOST_CONNECTIONS = 8;

/** Sends requests, through a proxy where the environment names one. Connections stay open until `close`. */
export class HttpClient {
	readonly #options: HttpClientOptions;
	readonly #guard: LocalGuard;
	#agents = new Map<string, HttpAgent>();
	/** Agents that get no new requests. */
	readonly #former: HttpAgent[] = [];
	#trustsSystem = false;

	constructor(options: HttpClientOptions) {
		this.#options = options;
		this.#guard = new LocalGuard(options.registryHost);
	}

	/**
	 * Resolves when the headers of the response arrive, whatever its status; redirects are not followed. The caller reads or destroys the
	 * body. Throws the errors of the system, TLS or the proxy, `settings`, and `unavailable` for an address that the registry must not refer to.
	 */
	async send(request: HttpRequest): Promise<IncomingMessage> {
		this.#guard.check(request.url);
		const trustsSystem = this.#trustsSystem;
		try {
			return await this.#send(request);
		} catch (error) {
			if (trustsSystem || !isUnknownAuthority(error)) throw error;
			this.#trustSystem();
			return this.#send(request);
		}
	}

	#send({ url, headers, form, signal }: HttpRequest): Promise<IncomingMessage> {
		const proxy = proxyFor(url, this.#options.host.environment);
		const relay = url.protocol === 'http:' ? proxy : null;
		const body = form?.toString();
		const options = {
			method: body === undefined ? 'GET' : 'POST',
			agent: this.#agentFor(url, proxy),
			headers: {
				'User-Agent': 'fathom',
				...headers,
				...(body === undefined ? {} : formHeaders(body)),
				...(relay === null ? {} : { Host: url.host, ...proxyAuthorization(relay) }),
			},
			...(relay === null ? {} : { ...proxyAddress(relay), path: url.href }),
			signal,
		};
		const start = (relay ?? url).protocol === 'https:' ? httpsRequest : httpRequest;
		return new Promise((resolve, reject) => {
			let response: IncomingMessage | null = null;
			const request = start(bare(relay ?? url), options, (received) => {
				response = received;
				resolve(received);
			});
			request.setTimeout(SILENCE_MILLISECONDS, () => (response ?? request).destroy(wentSilent()));
			keepListening(request);
			limitConnecting(request);
			// A second error may follow after the response has begun.
			request.on('error', reject);
			request.end(body);
		});
	}

	/** For new connections; requests in flight go on. */
	#trustSystem(): void {
		if (this.#trustsSystem) return;
		this.#trustsSystem = true;
		this.#former.push(...this.#agents.values());
		this.#agents = new Map();
	}

	/** Ends requests in flight. */
	close(): void {
		for (const agent of [...this.#agents.values(), ...this.#former]) agent.destroy();
		this.#agents.clear();
	}

	#agentFor(url: URL, proxy: URL | null): HttpAgent {
		const key = `${proxy?.href ?? ''} ${url.origin}`;
		const known = this.#agents.get(key);
		if (known) return known;
		const agent = this.#newAgent(url, proxy);
		this.#agents.set(key, agent);
		return agent;
	}

	#newAgent(url: URL, proxy: URL | null): HttpAgent {
		const keep = { keepAlive: true, maxSockets: MOST_CONNECTIONS, scheduling: 'lifo' } as const;
		const proxyTrust = proxy?.protocol === 'https:' ? this.#trustFor(proxy.host, false) : null;
		const guarded = { ...keep, ...(proxy === null && { lookup: this.#guard.lookup }) };
		if (url.protocol === 'http:')
			return proxyTrust === null ? new HttpAgent(guarded) : new HttpsAgent({ ...keep, ...proxyTrust });
		const { insecure, registry, registryHost } = this.#options;
		const trust = this.#trustFor(url.host === registryHost ? registry : url.host, insecure);
		const options = { ...guarded, ...trust };
		return proxy === null ? new HttpsAgent(options) : new TunnelAgent({ proxy, proxyTrust }, options);
	}

	#trustFor(name: string, insecure: boolean): Trust {
		const { host } = this.#options;
		return trustFor({ registry: name, host, insecure, withSystem: this.#trustsSystem });
	}
}

/** A user name and password in an address are meant for a proxy only. */
function bare(url: URL): URL {
	const copy = new URL(url);
	copy.username = '';
	copy.password = '';
	return copy;
}

function formHeaders(body: string): Record<string, string> {
	return {
		'Content-Type': 'application/x-www-form-urlencoded',
		'Content-Length': String(Buffer.byteLength(body)),
	};
}

/** Connecting has a shorter limit than a response, because a reachable host accepts at once. A tunnel has its own limit. */
function limitConnecting(request: ReturnType<typeof httpRequest>): void {
	request.once('socket', (socket) => {
		const isEncrypted = 'encrypted' in socket;
		if (isEncrypted ? request.reusedSocket : !socket.connecting) return;
		const timer = setTimeout(() => request.destroy(timedOut()), CONNECT_MILLISECONDS);
		socket.once(isEncrypted ? 'secureConnect' : 'connect', () => clearTimeout(timer));
		request.once('close', () => clearTimeout(timer));
	});
}

/**
 * Node removes its error listener from a socket once the whole response has arrived, even if the request is aborted in the same turn. The
 * error of the abort would then end the process.
 */
function keepListening(request: ReturnType<typeof httpRequest>): void {
	request.once('socket', (socket) => {
		if (!socket.listeners('error').includes(ignoreError)) socket.on('error', ignoreError);
	});
}

/** The request and the response report it as well. */
function ignoreError(): void {}
