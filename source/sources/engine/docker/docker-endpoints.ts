import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../host.ts';
import { type Endpoint, parseEndpoint, type TlsFiles } from '../http/endpoint.ts';
import { readTlsFiles } from '../http/tls-files.ts';
import { contextEndpoint, currentContext, DEFAULT_CONTEXT, dockerFolder } from './docker-context.ts';

/**
 * The endpoints of Docker Engine, in the order in which to try them: the one in DOCKER_HOST, else that of the current context, else every
 * usual socket that exists, or the first of them when none does. Throws `settings`.
 */
export function dockerEndpoints(host: Host): readonly [Endpoint, ...Endpoint[]] {
	const { DOCKER_HOST } = host.environment;
	if (DOCKER_HOST) return [parseEndpoint(withScheme(DOCKER_HOST), 'DOCKER_HOST', tlsOf(host))];
	const context = currentContext(host);
	if (context !== DEFAULT_CONTEXT) return [contextEndpoint(context, host)];
	const [first, ...rest] = usualSockets(host);
	const existing = [first, ...rest].filter(({ path }) => existsSync(path));
	return existing.length === 0 ? [first] : [existing[0], ...existing.slice(1)];
}

/** The Docker CLI takes an address without a scheme for one of TCP. A path is more likely a socket whose scheme was forgotten. */
function withScheme(written: string): string {
	const address = written.trim();
	return address.includes('://') || address.startsWith('/') ? address : `tcp://${address}`;
}

/** TLS as the variables of the Docker CLI ask for it; null for none. */
function tlsOf(host: Host): TlsFiles | null {
	const { DOCKER_TLS, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = host.environment;
	if (!DOCKER_TLS && !DOCKER_TLS_VERIFY) return null;
	return readTlsFiles(DOCKER_CERT_PATH || dockerFolder(host), Boolean(DOCKER_TLS_VERIFY));
}

type UsualSocket = Extract<Endpoint, { kind: 'socket' }>;

function usualSockets({ system, homeFolder, environment }: Host): readonly [UsualSocket, ...UsualSocket[]] {
	if (system === 'win32')
		return [socket('npipe', '//./pipe/docker_engine'), socket('npipe', '//./pipe/dockerDesktopLinuxEngine')];
	const { XDG_RUNTIME_DIR } = environment;
	return [
		socket('unix', '/var/run/docker.sock'),
		// Docker Desktop, for macOS and for Linux.
		socket('unix', join(homeFolder, '.docker/run/docker.sock')),
		socket('unix', join(homeFolder, '.docker/desktop/docker.sock')),
		// An engine that runs as the user.
		...(XDG_RUNTIME_DIR ? [socket('unix', join(XDG_RUNTIME_DIR, 'docker.sock'))] : []),
		socket('unix', join(homeFolder, '.colima/default/docker.sock')),
	];
}

function socket(scheme: 'unix' | 'npipe', path: string): UsualSocket {
	return { kind: 'socket', path, address: `${scheme}://${path}` };
}
