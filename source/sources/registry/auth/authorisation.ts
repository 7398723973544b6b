import type { ImageReference } from '../../../image/reference.ts';
import type { Host } from '../../host.ts';
import type { Access, ReadNote, TransferLimits } from '../../image-source.ts';
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
	readonly limits: TransferLimits;
	readonly onNote?: ((note: ReadNote) => void) | undefined;
}

/** The authorization for one repository of a registry: obtained when the registry asks for it, then reused. */
export class Authorisation {
	readonly #input: AuthorisationInput;
	#found: Promise<FoundCredentials> | null = null;
	#header: string | null = null;
	#renewal: Promise<string | null> | null = null;
	/** Whether the registry got credentials, or a token obtained with them. */
	hasCredentials = false;
	/** Why credentials may be missing: helpers that failed, files that cannot be read. */
	problems: readonly string[] = [];

	constructor(input: AuthorisationInput) {
		this.#input = input;
	}

	/** The latest `Authorization` header; null before the registry has asked for one. */
	get header(): string | null {
		return this.#header;
	}

	/**
	 * Answers the challenge with which the registry rejected the header `rejected`. Returns whether there is a new header to try. Transfers
	 * that find a token expired at the same time share one new token.
	 */
	async renew(rejected: string | null, challengeHeader: string, registry: URL): Promise<boolean> {
		if (this.#header !== rejected) return true;
		this.#renewal ??= this.#answer(challengeHeader, registry).finally(() => {
			this.#renewal = null;
		});
		const header = await this.#renewal;
		const isNew = header !== null && header !== rejected;
		if (isNew) this.#header = header;
		return isNew;
	}

	async #answer(challengeHeader: string, registry: URL): Promise<string | null> {
		const challenges = parseChallenges(challengeHeader);
		const credentials = await this.#credentials();
		const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
		if (bearer) {
			const { reference, http, signal, limits, onNote } = this.#input;
			const { repository } = reference;
			const { problems } = this;
			const shared = { registry, http, signal, limits, onNote };
			const request = { challenge: bearer, repository, credentials, problems, ...shared };
			return `Bearer ${await fetchToken(request)}`;
		}
		const takesPassword = challenges.some(({ scheme }) => scheme === 'basic');
		return takesPassword && credentials?.kind === 'password' ? basicAuthorization(credentials) : null;
	}

	async #credentials(): Promise<Credentials | null> {
		this.#found ??= findCredentials(this.#input);
		const { credentials, problems } = await this.#found;
		this.hasCredentials = credentials !== null;
		this.problems = problems;
		return credentials;
	}
}
