import { FathomError } from '../../../errors.ts';

/** Where an engine listens. */
export type Endpoint = SocketEndpoint | TcpEndpoint | SshEndpoint;

interface Address {
	/** As written, for messages: `unix:///var/run/docker.sock`. */
	readonly address: string;
}

/** A Unix socket, or a named pipe of Windows. */
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

/** PEM texts; null where the file is not there. */
export interface TlsFiles {
	readonly ca: string | null;
	readonly cert: string | null;
	readonly key: string | null;
	/** Whether the server's certificate has to be one that is trusted. */
	readonly verify: boolean;
}

/** Another machine, whose engine the `ssh` program reaches. */
export interface SshEndpoint extends Address {
	readonly kind: 'ssh';
	readonly user: string | null;
	readonly host: string;
	readonly port: number | null;
	/** The engine's socket over there; null for the one that its own program uses. */
	readonly path: string | null;
	/** A key file; null for those that ssh takes by itself. */
	readonly identity: string | null;
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * Reads `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port` or `ssh://user@host:port/path`, as DOCKER_HOST and CONTAINER_HOST have
 * it. Throws `settings` for anything else; `from` says where it was written.
 */
export function parseEndpoint(address: string, from: string, tls: TlsFiles | null = null): Endpoint {
	const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(address) ?? [];
	switch (scheme) {
		case 'unix':
		case 'npipe':
			if (rest === '') throw invalid(address, from, 'it names no socket');
			return { kind: 'socket', path: rest, address };
		case 'tcp':
		case 'http':
		case 'https':
			return tcpEndpoint(address, from, scheme === 'https' && tls === null ? trusting : tls);
		case 'ssh':
			return sshEndpoint(address, from);
		default:
			throw invalid(address, from, 'it begins with none of unix://, npipe://, tcp:// and ssh://');
	}
}

/** TLS with the authorities that the system trusts. */
const trusting: TlsFiles = { ca: null, cert: null, key: null, verify: true };

function tcpEndpoint(address: string, from: string, tls: TlsFiles | null): TcpEndpoint {
	const { hostname, port } = readUrl(address.replace(/^[a-z]+/, 'tcp'), from);
	const host = hostname === '' ? 'localhost' : hostname.replace(/^\[|\]$/g, '');
	const usual = tls === null ? PLAIN_PORT : TLS_PORT;
	return { kind: 'tcp', host, port: port === '' ? usual : Number(port), tls, address };
}

/** What becomes an argument of ssh, or a word of the shell at the other end, is no option, and has nothing that means something to a shell. */
const safeName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const safeHost = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/;
const safePath = /^\/[A-Za-z0-9_./-]*$/;

function sshEndpoint(address: string, from: string): SshEndpoint {
	const { hostname, port, username, password, pathname } = readUrl(address, from);
	const host = hostname.replace(/^\[|\]$/g, '');
	const user = username === '' ? null : username;
	const path = pathname === '' || pathname === '/' ? null : pathname;
	if (password !== '') throw invalid(hidden(address), from, 'it has a password in it');
	if (!safeHost.test(host)) throw invalid(address, from, 'it names no host');
	if (user !== null && !safeName.test(user)) throw invalid(address, from, 'its user is no name');
	if (path !== null && !safePath.test(path)) throw invalid(address, from, 'its path is none of a socket');
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
		throw invalid(address, from, 'it is no address');
	}
}

function hidden(address: string): string {
	return address.replace(/:[^:@/]*@/, ':...@');
}

function invalid(address: string, from: string, why: string): FathomError {
	return new FathomError({
		code: 'settings',
		message: `${from} is "${address.slice(0, 200)}": ${why}.`,
		hint: 'Write it as unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.',
	});
}
