import { FathomError } from '../../../errors.ts';
import { parseJson } from '../../../image/json.ts';
import type { Connection, EngineResponse } from './connection.ts';
import { unexpectedResponse } from './connection-error.ts';
import { fetchResponse } from './engine-request.ts';

/** An engine that answers. */
export interface Engine {
	readonly connection: Connection;
	/** `Docker Engine 20.10.24 at unix:///var/run/docker.sock`. */
	readonly label: string;
	/** The newest version of Docker's API that both sides support. */
	readonly apiVersion: ApiVersion;
	/** The version of Podman's own API; null for an engine that is not Podman. */
	readonly libpodVersion: string | null;
}

export type ApiVersion = readonly [major: number, minor: number];

/** The oldest and the newest version of the API that fathom supports. */
const OLDEST: ApiVersion = [1, 24];
const NEWEST: ApiVersion = [1, 52];

/** Checks that an engine answers, and agrees with it on a version. Throws `unavailable`, `denied`, `unsupported` and `interrupted`. */
export async function connectEngine(connection: Connection, signal?: AbortSignal): Promise<Engine> {
	const response = await fetchResponse(connection, '/_ping', signal);
	if (response.status !== 200) throw unexpectedResponse(connection, response);
	const { headers } = response;
	const libpodVersion = /^\d+\.\d+\.\d+/.exec(String(headers['libpod-api-version']))?.[0] ?? null;
	const offered = parseVersion(headers['api-version']) ?? OLDEST;
	const name = libpodVersion !== null ? 'Podman' : 'Docker Engine';
	const version = versionIn(response) ?? (await fetchVersion(connection, signal));
	const label = `${name}${version === null ? '' : ` ${version}`} at ${connection.endpoint.address}`;
	if (isOlder(offered, OLDEST)) throw tooOld(label, offered);
	return { connection, label, libpodVersion, apiVersion: isOlder(offered, NEWEST) ? offered : NEWEST };
}

export function supportsVersion({ apiVersion }: Engine, wanted: ApiVersion): boolean {
	return !isOlder(apiVersion, wanted);
}

/** `/v1.41/images/NAME/json`. */
export function imagePath({ apiVersion }: Engine, name: string, verb: string): string {
	return `/v${apiVersion.join('.')}/images/${escapeName(name)}/${verb}`;
}

/** Escapes a name for a path. Its slashes stay, as they are slashes of the path. */
export function escapeName(name: string): string {
	return name.split('/').map(encodeURIComponent).join('/');
}

/** Asks an engine for JSON; null for status 404. Throws as `fetchResponse` and `jsonOf` do. */
export async function askJson({ connection }: Engine, path: string, signal?: AbortSignal): Promise<unknown> {
	return jsonOf(await fetchResponse(connection, path, signal), connection);
}

/** The JSON of a response; null for status 404. Throws `unavailable` with the engine's message for any other error. */
export function jsonOf(response: EngineResponse, connection: Connection): unknown {
	if (response.status === 404) return null;
	if (response.status !== 200) throw unexpectedResponse(connection, response);
	return parseJson(response.body, `The response of ${connection.engine}`);
}

/** The header is `Docker/20.10.24+dfsg1 (linux)` or `Libpod/4.3.1 (linux)`. */
function versionIn({ headers }: EngineResponse): string | null {
	return /^(?:Docker|Libpod)\/(\d[\w.-]*)/.exec(String(headers.server))?.[1] ?? null;
}

async function fetchVersion(connection: Connection, signal?: AbortSignal): Promise<string | null> {
	const response = await fetchResponse(connection, '/version', signal);
	if (response.status !== 200) return null;
	const document = parseJson(response.body, 'The version');
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
		message: `${label} supports the API up to version ${version.join('.')} only; fathom needs ${OLDEST.join('.')} or newer.`,
		hint: 'Save the image and open the archive: docker save NAME -o image.tar',
	});
}
