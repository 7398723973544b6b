import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../../errors.ts';
import { isObject } from '../../../image/json.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isLoopback } from '../http/proxy.ts';
import { readBody } from '../http/read-body.ts';
import { triesWorth } from '../http/retry.ts';
import { sendWithRetries } from '../http/send-with-retries.ts';
import { transportError } from '../http/transport-error.ts';
import { statusError } from '../registry-error.ts';
import type { Challenge } from './challenge.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';

/** What is asked for, and of whom. */
export interface TokenRequest {
	readonly challenge: Challenge;
	/** The path of the image in the registry. */
	readonly repository: string;
	readonly credentials: Credentials | null;
	/** Where the challenge came from. */
	readonly registry: URL;
	readonly http: HttpClient;
	readonly signal: AbortSignal | undefined;
}

const MOST_BYTES = 256 * 1024;

/**
 * Gets a token that lets one pull from one repository (the distribution project, "Token Authentication Specification"). Without
 * credentials it is one for everybody. Throws `denied` where the token server says no, and `unavailable`.
 */
export async function fetchToken(request: TokenRequest): Promise<string> {
	const { credentials, http, registry, signal } = request;
	const realm = readRealm(request.challenge, registry);
	if (credentials !== null) requireSafe(realm, registry);
	const { url, form, headers } = questionFor(realm, request);
	let response: IncomingMessage;
	try {
		response = await sendWithRetries(() => http.send({ url, form, headers, signal }), {
			signal,
			tries: triesWorth,
		});
	} catch (error) {
		throwIfInterrupted(signal);
		throw transportError(error, realm.host);
	}
	if (response.statusCode !== 200)
		throw await statusError(response, {
			where: `${realm.host}, which lets into ${registry.host}`,
			asked: 'a token',
			hasCredentials: credentials !== null,
		});
	return tokenOf(await readBody(response, MOST_BYTES), realm);
}

function readRealm({ parameters }: Challenge, registry: URL): URL {
	const realm = URL.parse(parameters.realm ?? '');
	if (realm !== null && /^https?:$/.test(realm.protocol)) return realm;
	throw new FathomError({
		code: 'unavailable',
		message: `${registry.host}: it names no token server that can be asked.`,
		hint: 'Tell whoever runs the registry.',
	});
}

/** A password goes in plain text to nobody but this machine, and the registry itself where the user accepts that. */
function requireSafe(realm: URL, registry: URL): void {
	const isSame = realm.hostname === registry.hostname && registry.protocol === 'http:';
	if (realm.protocol === 'https:' || isLoopback(realm.hostname) || isSame) return;
	throw new FathomError({
		code: 'denied',
		message: `${registry.host}: it wants the password sent to ${realm.host} without encryption, which fathom does not do.`,
		hint: 'Tell whoever runs the registry.',
	});
}

type Question = Pick<Parameters<HttpClient['send']>[0], 'url' | 'form' | 'headers'>;

function questionFor(realm: URL, { challenge, credentials, repository }: TokenRequest): Question {
	const { service } = challenge.parameters;
	const scope = `repository:${repository}:pull`;
	if (credentials?.kind === 'identity-token') {
		const form = new URLSearchParams({
			grant_type: 'refresh_token',
			refresh_token: credentials.token,
			client_id: 'fathom',
			scope,
			...(service === undefined ? {} : { service }),
		});
		return { url: realm, form, headers: {} };
	}
	const url = new URL(realm);
	if (service !== undefined) url.searchParams.set('service', service);
	url.searchParams.set('scope', scope);
	return { url, headers: credentials === null ? {} : { Authorization: basicAuthorization(credentials) } };
}

/** What was answered is a secret, so no error quotes it. */
function tokenOf(body: Uint8Array, { host }: URL): string {
	try {
		const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
		const token = isObject(answer) ? answer.token || answer.access_token : null;
		// A header has no room for anything else.
		if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
	} catch {
		// Said below.
	}
	throw new FathomError({
		code: 'unavailable',
		message: `${host}: the token server gave no token.`,
		hint: 'Try again; if that does not help, tell whoever runs the registry.',
	});
}
