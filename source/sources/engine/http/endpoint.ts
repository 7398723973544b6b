import { FathomError } from '../../../errors.ts';

/** Where an engine listens. */
export type Endpoint = SocketEndpoint | TcpEndpoint | SshEndpoint;

interface Address {
	/** As written, for messages: `unix:///var/run/docker.sock`. */
	readonly address: string;
}

/** A Unix socket, or a Windows named pipe. */
export interface SocketEndpoint extends Address {
	readonly kind: 'socket';
	readonly path: string;
}

export interface TcpEndpoint extends Address {
	readonly kind: 'tcp';
	readonly host: string;
	readonly port: number;
	readonly tls: TlsFiles | null;
}

/** The contents of PEM files; null for a file that does not exist. */
export interface TlsFiles {
	readonly ca: string | null;
	readonly cert: string | null;
	readonly key: string | null;
	/** Whether the server's certificate is checked. */
	readonly verify: boolean;
}

/** An engine on another machine, reached with the `ssh` program. */
export interface SshEndpoint extends Address {
	readonly kind: 'ssh';
	readonly user: string | null;
	readonly host: string;
	readonly port: number | null;
	/** The engine's socket on that machine; null for the one that the engine's own program uses. */
	readonly path: string | null;
	/** A key file; null for the keys that ssh uses by default. */
	readonly identity: string | null;
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * Parses `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port` or `ssh://user@host:port/path`, as DOCKER_HOST and CONTAINER_HOST
 * have it. Throws `settings` for anything else; `from` says where the address was written.
 */
export function parseEndpoint(address: string, from: string, tls: TlsFiles | null = null): Endpoint {
	const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(address) ?? [];
	switch (scheme) {
		case 'unix':
		case 'npipe':
			if (rest === '') throw invalid(address, from, 'it has no socket path');
			return { kind: 'socket', path: rest, address };
		case 'tcp':
		case 'http':
		case 'https':
			return tcpEndpoint(address, from, scheme === 'https' && tls === null ? systemTrust : tls);
		case 'ssh':
			return sshEndpoint(address, from);
		default:
			throw invalid(address, from, 'it does not start with unix://, npipe://, tcp:// or ssh://');
	}
}

/** TLS with the authorities that Node trusts. */
const systemTrust: TlsFiles = { ca: null, cert: null, key: null, verify: true };

function tcpEndpoint(address: string, from: string, tls: TlsFiles | null): TcpEndpoint {
	// Without a host it is this one, as for the Docker CLI.
	const { hostname, port } = readUrl(
		address.replace(/^[a-z]+:\/\/(?=:|$)/, '$&localhost').replace(/^[a-z]+/, 'tcp'),
		from,
	);
	const host = hostname === '' ? 'localhost' : hostname.replace(/^\[|\]$/g, '');
	const defaultPort = tls === null ? PLAIN_PORT : TLS_PORT;
	return { kind: 'tcp', host, port: port === '' ? defaultPort : Number(port), tls, address };
}

/** These become arguments of ssh, and words for the shell on the other machine: they must not be options, or mean anything to a shell. */
const safeName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const safeHost = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/;
const safePath = /^\/[A-Za-z0-9_./-]*$/;

function sshEndpoint(address: string, from: string): SshEndpoint {
	const { hostname, port, username, password, pathname } = readUrl(address, from);
	const host = hostname.replace(/^\[|\]$/g, '');
	const user = username === '' ? null : username;
	const path = pathname === '' || pathname === '/' ? null : pathname;
	if (password !== '') throw invalid(withoutPassword(address), from, 'it contains a password');
	if (!safeHost.test(host)) throw invalid(address, from, 'it has no valid host name');
	if (user !== null && !safeName.test(user)) throw invalid(address, from, 'its user name is not valid');
	if (path !== null && !safePath.test(path))
		throw invalid(address, from, 'its path is not valid for a socket');
	return {
		kind: 'ssh',
		user,
		host,
		port: port === '' ? null : Number(port),
		path,
		identity: null,
		address,
	};
}

function readUrl(address: string, from: string): URL {
	try {
		return new URL(address);
	} catch {
		throw invalid(address, from, 'it is not a valid address');
	}
}

function withoutPassword(address: string): string {
	return address.replace(/:[^:@/]*@/, ':...@');
}

function invalid(address: string, from: string, reason: string): FathomError {
	return new FathomError({
		code: 'settings',
		message: `${from} is "${address.slice(0, 200)}": ${reason}.`,
		hint: 'Write it as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
	});
}
