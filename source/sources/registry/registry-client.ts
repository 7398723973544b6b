import type { IncomingMessage } from 'node:http';
import type { FathomError } from '../../errors.ts';
import { type ImageReference, registryHost } from '../../image/reference.ts';
import type { Host } from '../host.ts';
import { type Access, type ReadNote, type TransferLimits, usualLimits } from '../image-source.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { Authorisation } from './auth/authorisation.ts';
import { followRedirects } from './http/follow-redirects.ts';
import { HttpClient } from './http/http-client.ts';
import { isLoopback } from './http/proxy.ts';
import { discardBody } from './http/read-body.ts';
import { triesWorth, triesWorthUnderWay } from './http/retry.ts';
import { sendWithRetries } from './http/send-with-retries.ts';
import { TimeLimit } from './http/time-limits.ts';
import { mayBePlain, transportError } from './http/transport-error.ts';
import { statusError } from './registry-error.ts';
import { tooLate } from './slow-error.ts';

export interface RegistryClientInput {
	readonly reference: ImageReference;
	readonly access: Access;
	readonly host: Host;
	readonly signal: AbortSignal | undefined;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

export interface RegistryRequest {
	/** Below the repository: `manifests/1.27`. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** What is requested, for an error: `the manifest of app:1`. */
	readonly subject: string;
}

/** Requests the contents of one repository from its registry (OCI distribution specification, "Pull"). */
export class RegistryClient {
	readonly host: string;
	/** Aborted when the user interrupts, and by `close`. */
	readonly signal: AbortSignal;
	readonly limits: TransferLimits;
	readonly #closing = new AbortController();
	readonly #input: RegistryClientInput;
	readonly #http: HttpClient;
	readonly #authorisation: Authorisation;
	#scheme: Promise<'http' | 'https'> | null = null;
	#hasAnswered = false;

	constructor(input: RegistryClientInput) {
		const { reference, host, access, signal } = input;
		this.host = registryHost(reference);
		this.signal = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
		this.limits = access.limits ?? usualLimits;
		this.#input = input;
		const { registry } = reference;
		this.#http = new HttpClient({ host, insecure: access.insecure, registry, registryHost: this.host });
		this.#authorisation = new Authorisation({
			...input,
			http: this.#http,
			signal: this.signal,
			limits: this.limits,
		});
	}

	/**
	 * Sends a request, retrying and authenticating as needed. The response is a success; the caller reads or destroys its body. The time until
	 * it arrives is limited, by the caller's own limit where there is one. Throws `denied`, `not-found`, `unavailable`, `interrupted`.
	 */
	async get(request: RegistryRequest, limit?: TimeLimit): Promise<IncomingMessage> {
		if (limit !== undefined) return this.#get(request, limit);
		const own = this.newLimit();
		const late = (): FathomError => tooLate(this.host, `an answer about ${request.subject}`, this.limits);
		return own.run(() => this.#get(request, own), late);
	}

	/** For one document. */
	newLimit(): TimeLimit {
		return new TimeLimit(this.limits.documentSeconds, this.signal);
	}

	async #get(request: RegistryRequest, limit: TimeLimit): Promise<IncomingMessage> {
		const tries = this.#hasAnswered ? triesWorthUnderWay : triesWorth;
		const send = (): Promise<IncomingMessage> => this.#try(request, limit);
		const response = await sendWithRetries(send, { tries, limit }).catch((error: unknown) => {
			throw transportError(error, this.host, this.#hasAnswered ? request.subject : undefined);
		});
		this.#hasAnswered = true;
		if (response.statusCode === 200 || response.statusCode === 206) return response;
		const { hasCredentials, problems } = this.#authorisation;
		const { subject } = request;
		throw await statusError(response, { where: this.host, subject, hasCredentials, problems });
	}

	/** Ends requests in flight. */
	close(): void {
		this.#closing.abort();
		this.#http.close();
	}

	/** One attempt; a second one follows when the registry asks for authentication. */
	async #try(request: RegistryRequest, limit: TimeLimit): Promise<IncomingMessage> {
		const scheme = await this.#schemeOnce();
		const url = new URL(`${scheme}://${this.host}/v2/${this.#input.reference.repository}/${request.path}`);
		const shown = this.#authorisation.header;
		const first = await this.#send(url, request, limit);
		const challenge = first.response.headers['www-authenticate'];
		// A host that a redirect led to must not get the credentials for the registry.
		if (first.response.statusCode !== 401 || !challenge || first.url.origin !== url.origin)
			return first.response;
		// The user may have to unlock a keychain; a token has a limit of its own.
		const isRenewed = await limit.suspend(() => this.#authorisation.renew(shown, challenge, url));
		if (!isRenewed) return first.response;
		discardBody(first.response);
		return (await this.#send(url, request, limit)).response;
	}

	async #send(
		url: URL,
		{ headers }: RegistryRequest,
		{ signal }: TimeLimit,
	): ReturnType<typeof followRedirects> {
		throwIfInterrupted(signal);
		const { header } = this.#authorisation;
		const all = { ...headers, ...(header === null ? {} : { Authorization: header }) };
		try {
			const { insecure } = this.#input.access;
			return await followRedirects(this.#http, { url, headers: all, signal }, insecure);
		} catch (error) {
			throwIfInterrupted(signal);
			throw error;
		}
	}

	#schemeOnce(): Promise<'http' | 'https'> {
		this.#scheme ??= this.#findScheme().catch((error: unknown) => {
			this.#scheme = null;
			throw error;
		});
		return this.#scheme;
	}

	/** HTTPS, or HTTP where that is allowed and the host does not use TLS. */
	async #findScheme(): Promise<'http' | 'https'> {
		const url = new URL(`https://${this.host}/v2/`);
		if (!this.#input.access.insecure && !isLoopback(url.hostname)) return 'https';
		try {
			discardBody(await this.#http.send({ url, headers: {}, signal: this.signal }));
			return 'https';
		} catch (error) {
			throwIfInterrupted(this.signal);
			if (!mayBePlain(error)) throw error;
			return 'http';
		}
	}
}
