import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Host } from '../../host.ts';
import { proxyAddress, proxyAuthorization, proxyFor } from './proxy.ts';
import { CONNECT_MILLISECONDS, SILENCE_MILLISECONDS, timedOut, wentSilent } from './time-limits.ts';
import { isUnknownAuthority } from './transport-error.ts';
import { type Trust, trustFor } from './trust.ts';
import { TunnelAgent } from './tunnel-agent.ts';

export interface HttpRequest {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** A form to be posted; without one it is a GET. */
	readonly form?: URLSearchParams | undefined;
	readonly signal: AbortSignal | undefined;
}

export interface HttpClientOptions {
	readonly host: Host;
	readonly insecure: boolean;
	/** The registry as in a reference: its certificates are kept under this name, which for Docker Hub is not that of the host. */
	readonly registry: string;
	readonly registryHost: string;
}

/** Connections kept at a time to one host; what is asked beyond waits. */
const MOST_CONNECTIONS = 8;

/** Sends requests, through a proxy where the environment names one. Connections are kept until `close`. */
export class HttpClient {
	readonly #options: HttpClientOptions;
	#agents = new Map<string, HttpAgent>();
	/** Those that are not used for new requests any more. */
	readonly #former: HttpAgent[] = [];
	#trustsSystem = false;

	constructor(options: HttpClientOptions) {
		this.#options = options;
	}

	/**
	 * The answer as soon as its head is there, whatever its status; redirects are not followed. Its body is to be read or destroyed.
	 * Throws what the system, TLS or the proxy says, and `settings`.
	 */
	async send(request: HttpRequest): Promise<IncomingMessage> {
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
			// There may be a second one, when the answer has begun.
			request.on('error', reject);
			request.end(body);
		});
	}

	/** From now on; what is under way goes on. */
	#trustSystem(): void {
		if (this.#trustsSystem) return;
		this.#trustsSystem = true;
		this.#former.push(...this.#agents.values());
		this.#agents = new Map();
	}

	/** Breaks what is under way. */
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
		if (url.protocol === 'http:')
			return proxyTrust === null ? new HttpAgent(keep) : new HttpsAgent({ ...keep, ...proxyTrust });
		const { insecure, registry, registryHost } = this.#options;
		const trust = this.#trustFor(url.host === registryHost ? registry : url.host, insecure);
		const options = { ...keep, ...trust };
		return proxy === null ? new HttpsAgent(options) : new TunnelAgent({ proxy, proxyTrust }, options);
	}

	#trustFor(name: string, insecure: boolean): Trust {
		const { host } = this.#options;
		return trustFor({ registry: name, host, insecure, withSystem: this.#trustsSystem });
	}
}

/** What stands before the `@` of an address is for nobody but a proxy. */
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

/** Silence is allowed for longer than connecting: who is there answers at once. A tunnel has a limit of its own. */
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
