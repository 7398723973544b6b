import { FathomError } from '../../../errors.ts';
import { parseJson } from '../../../image/json.ts';
import { refused, saidBy } from '../engine-error.ts';
import type { Answer, Connection } from './connection.ts';
import { ask } from './engine-http.ts';

/** An engine that answered. */
export interface Engine {
	readonly connection: Connection;
	/** `Docker Engine 20.10.24 at unix:///var/run/docker.sock`. */
	readonly label: string;
	/** The version of Docker's API that both sides know. */
	readonly apiVersion: ApiVersion;
	/** The version of Podman's own API; null for an engine that is not Podman. */
	readonly libpodVersion: string | null;
}

export type ApiVersion = readonly [major: number, minor: number];

/** The oldest and the newest version of the API that is known here. */
const OLDEST: ApiVersion = [1, 24];
const NEWEST: ApiVersion = [1, 52];

/** Says hello. Throws `unavailable`, `denied`, `unsupported` and `interrupted`. */
export async function meetEngine(connection: Connection, signal?: AbortSignal): Promise<Engine> {
	const answer = await ask(connection, '/_ping', signal);
	if (answer.status !== 200) throw refused(connection, answer);
	const libpodVersion = /^\d+\.\d+\.\d+/.exec(String(answer.headers['libpod-api-version']))?.[0] ?? null;
	const offered = parseVersion(answer.headers['api-version']) ?? OLDEST;
	const name = libpodVersion !== null ? 'Podman' : 'Docker Engine';
	const version = versionOf(answer) ?? (await askVersion(connection, signal));
	const label = `${name}${version === null ? '' : ` ${version}`} at ${connection.endpoint.address}`;
	if (isOlder(offered, OLDEST)) throw tooOld(label, offered);
	return { connection, label, libpodVersion, apiVersion: isOlder(offered, NEWEST) ? offered : NEWEST };
}

export function knowsVersion({ apiVersion }: Engine, wanted: ApiVersion): boolean {
	return !isOlder(apiVersion, wanted);
}

/** `/v1.41/images/NAME/json`. */
export function imagePath({ apiVersion }: Engine, name: string, verb: string): string {
	return `/v${apiVersion.join('.')}/images/${escapeName(name)}/${verb}`;
}

/** The slashes of a name are slashes of the path. */
export function escapeName(name: string): string {
	return name.split('/').map(encodeURIComponent).join('/');
}

/** The JSON of an answer; null when there is no such thing. Throws `unavailable` with the engine's words for any other refusal. */
export function jsonOf(answer: Answer, connection: Connection): unknown {
	if (answer.status === 404) return null;
	if (answer.status !== 200) throw refused(connection, answer);
	return parseJson(answer.body, `The answer of ${connection.engine}`);
}

export function wordsOf({ body }: Answer): string {
	return saidBy(body);
}

/** The header is `Docker/20.10.24+dfsg1 (linux)` or `Libpod/4.3.1 (linux)`. */
function versionOf({ headers }: Answer): string | null {
	return /^(?:Docker|Libpod)\/(\d[\w.-]*)/.exec(String(headers.server))?.[1] ?? null;
}

async function askVersion(connection: Connection, signal?: AbortSignal): Promise<string | null> {
	const answer = await ask(connection, '/version', signal);
	if (answer.status !== 200) return null;
	const document = parseJson(answer.body, 'The version');
	const version =
		document !== null && typeof document === 'object' && 'Version' in document && document.Version;
	return typeof version === 'string' ? (/^\d[\w.-]*/.exec(version)?.[0] ?? null) : null;
}

function parseVersion(text: string | string[] | undefined): ApiVersion | null {
	const match = /^(\d{1,4})\.(\d{1,4})$/.exec(String(text));
	return match && [Number(match[1]), Number(match[2])];
}

function isOlder([major, minor]: ApiVersion, [otherMajor, otherMinor]: ApiVersion): boolean {
	return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function tooOld(label: string, version: ApiVersion): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${label} speaks version ${version.join('.')} of the API, and at least ${OLDEST.join('.')} is needed.`,
		hint: 'Save the image, and open the archive: docker save NAME -o image.tar',
	});
}
