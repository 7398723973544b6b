import type { ImageReference } from '../../../image/reference.ts';
import type { Host } from '../../host.ts';
import type { Access } from '../../image-source.ts';
import type { HttpClient } from '../http/http-client.ts';
import { parseChallenges } from './challenge.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';
import { type FoundCredentials, findCredentials } from './find-credentials.ts';
import { fetchToken } from './token.ts';

export interface AuthorisationInput {
	readonly reference: ImageReference;
	readonly access: Access;
	readonly host: Host;
	readonly http: HttpClient;
	readonly signal: AbortSignal | undefined;
}

/** What is shown to one registry for one repository: found out when the registry asks for it, and kept for the run. */
export class Authorisation {
	readonly #input: AuthorisationInput;
	#found: Promise<FoundCredentials> | null = null;
	#header: string | null = null;
	#renewal: Promise<string | null> | null = null;
	/** Whether the registry was shown a name and a password, or a token that stands for them. */
	hasCredentials = false;
	/** Why a credential helper could not be asked. */
	fault: string | null = null;

	constructor(input: AuthorisationInput) {
		this.#input = input;
	}

	/** The `Authorization` header that was good when last asked; null before the registry has asked for one. */
	get header(): string | null {
		return this.#header;
	}

	/**
	 * Does what the registry asks for after it refused `refused`. Gives whether there is anything new to show. Several transfers that
	 * find a token out of date at once get one new one.
	 */
	async renew(refused: string | null, challengeHeader: string, registry: URL): Promise<boolean> {
		if (this.#header !== refused) return true;
		this.#renewal ??= this.#answer(challengeHeader, registry).finally(() => {
			this.#renewal = null;
		});
		const header = await this.#renewal;
		const isNew = header !== null && header !== refused;
		if (isNew) this.#header = header;
		return isNew;
	}

	async #answer(challengeHeader: string, registry: URL): Promise<string | null> {
		const challenges = parseChallenges(challengeHeader);
		const credentials = await this.#credentials();
		const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
		if (bearer) {
			const { reference, http, signal } = this.#input;
			const { repository } = reference;
			const request = { challenge: bearer, repository, credentials, registry, http, signal };
			return `Bearer ${await fetchToken(request)}`;
		}
		const takesPassword = challenges.some(({ scheme }) => scheme === 'basic');
		return takesPassword && credentials?.kind === 'password' ? basicAuthorization(credentials) : null;
	}

	async #credentials(): Promise<Credentials | null> {
		this.#found ??= findCredentials(this.#input);
		const { credentials, fault } = await this.#found;
		this.hasCredentials = credentials !== null;
		this.fault = fault;
		return credentials;
	}
}
