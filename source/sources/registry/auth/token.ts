import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../../errors.ts';
import { isObject } from '../../../image/json.ts';
import { shorten } from '../../../text/shorten.ts';
import type { ReadNote, TransferLimits } from '../../image-source.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import type { HttpClient } from '../http/http-client.ts';
import { localZone } from '../http/local-address.ts';
import { readBody } from '../http/read-body.ts';
import { triesWorth } from '../http/retry.ts';
import { sendWithRetries } from '../http/send-with-retries.ts';
import { TimeLimit } from '../http/time-limits.ts';
import { transportError } from '../http/transport-error.ts';
import { statusError } from '../registry-error.ts';
import { tooLate } from '../slow-error.ts';
import { isWebPageForJson, webPageError } from '../web-page.ts';
import type { Challenge } from './challenge.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';

/** A request for a token, and where it comes from. */
export interface TokenRequest {
	readonly challenge: Challenge;
	/** The path of the image in the registry. */
	readonly repository: string;
	readonly credentials: Credentials | null;
	/** The registry that sent the challenge. */
	readonly registry: URL;
	readonly http: HttpClient;
	readonly signal: AbortSignal | undefined;
	readonly limits: TransferLimits;
	/** Why credentials may be missing. */
	readonly problems: readonly string[];
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

const MOST_BYTES = 256 * 1024;

/**
 * Fetches a token to pull from one repository (the distribution project, "Token Authentication Specification"); without credentials, one
 * for anonymous users. Throws `denied` when the token server rejects the credentials, and `unavailable`.
 */
export async function fetchToken(request: TokenRequest): Promise<string> {
	const { credentials, registry, signal, limits, onNote } = request;
	const realm = readRealm(request.challenge, registry);
	if (credentials !== null) {
		requireSafe(realm, registry);
		if (realm.hostname !== registry.hostname) {
			const message = `The credentials for ${registry.host} go to its token server ${realm.host}.`;
			onNote?.({ kind: 'detail', message });
		}
	}
	const limit = new TimeLimit(limits.documentSeconds, signal);
	const where = tokenServer(realm, registry);
	return limit.run(
		() => askForToken(realm, request, limit),
		() => tooLate(where, 'a token', limits),
	);
}

async function askForToken(realm: URL, request: TokenRequest, limit: TimeLimit): Promise<string> {
	const { credentials, http, registry, problems } = request;
	const where = tokenServer(realm, registry);
	const { signal } = limit;
	const { url, form, headers } = questionFor(realm, request);
	let response: IncomingMessage;
	try {
		response = await sendWithRetries(() => http.send({ url, form, headers, signal }), {
			limit,
			tries: triesWorth,
		});
	} catch (error) {
		throwIfInterrupted(signal);
		throw transportError(error, realm.host);
	}
	if (response.statusCode !== 200)
		throw await statusError(response, {
			where,
			subject: 'a token',
			hasCredentials: credentials !== null,
			problems,
		});
	const body = await readBody(response, MOST_BYTES);
	if (isWebPageForJson(response, body)) throw webPageError(where, 'a token');
	return tokenOf(body, realm);
}

function tokenServer(realm: URL, registry: URL): string {
	return `${realm.host}, the token server of ${registry.host}`;
}

function readRealm({ parameters }: Challenge, registry: URL): URL {
	const realm = URL.parse(parameters.realm ?? '');
	if (realm !== null && /^https?:$/.test(realm.protocol)) return realm;
	throw new FathomError({
		code: 'unavailable',
		message: `${registry.host}: it names no usable token server${realm === null ? '' : ` (${shorten(realm.protocol)} is not HTTP)`}.`,
		hint: 'Report this to the operator of the registry.',
	});
}

/** A password is sent without encryption only to this machine, or to the registry itself where the user allows it. */
function requireSafe(realm: URL, registry: URL): void {
	const isSame = realm.hostname === registry.hostname && registry.protocol === 'http:';
	// Whether the registry may name this machine is checked for every address.
	if (realm.protocol === 'https:' || localZone(realm.hostname) === 'loopback' || isSame) return;
	throw new FathomError({
		code: 'denied',
		message: `${registry.host}: it wants the password sent to ${realm.host} without encryption, and fathom does not send it.`,
		hint: 'Report this to the operator of the registry.',
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

/** The response is secret, so no error quotes it. */
function tokenOf(body: Uint8Array, { host }: URL): string {
	try {
		const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
		const token = isObject(answer) ? answer.token || answer.access_token : null;
		// Other characters are not allowed in a header.
		if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
	} catch {
		// Reported below.
	}
	throw new FathomError({
		code: 'unavailable',
		message: `${host}: the token server returned no token.`,
		hint: 'Try again; if that does not help, report it to the operator of the registry.',
	});
}
