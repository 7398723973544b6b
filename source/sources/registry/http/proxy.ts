import { BlockList, isIP } from 'node:net';
import { FathomError } from '../../../errors.ts';
import type { Host } from '../../host.ts';

/** For status 407 (RFC 9110, 15.5.8), which only proxies send. */
export const PROXY_WANTS_USER =
	'the proxy asks for a user name and a password, or rejects those in its address';
export const PROXY_USER_HINT =
	'Write HTTPS_PROXY or HTTP_PROXY as http://USER:PASSWORD@HOST:PORT, with special characters as %XX.';

type Environment = Host['environment'];

/**
 * The proxy for an address as set by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in upper or lower case; null for none. This machine itself is
 * never reached through a proxy. Throws `settings` for a proxy of an unknown kind.
 */
export function proxyFor(url: URL, environment: Environment): URL | null {
	const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
	const written = environment[name] || environment[name.toLowerCase()];
	if (!written || isLoopback(url.hostname)) return null;
	const exempt = environment.NO_PROXY || environment.no_proxy || '';
	if (exempt.split(',').some((pattern) => isExempt(url, pattern.trim().toLowerCase()))) return null;
	return readProxy(written, name);
}

/** Whether a host name or an address, in brackets or not, is this machine. */
export function isLoopback(hostname: string): boolean {
	const name = withoutBrackets(hostname.toLowerCase());
	if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
	return isIP(name) === 4 && name.startsWith('127.');
}

/** The header for a proxy whose address has a user name and a password. */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
	if (username === '') return {};
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The connection options for a proxy. Without `servername` Node would use the Host header for TLS, which names the target. */
export function proxyAddress({ hostname }: URL): { readonly host: string; readonly servername: string } {
	const host = withoutBrackets(hostname);
	return { host, servername: isIP(host) === 0 ? host : '' };
}

/** The message leaves out the address, which may contain a password. */
function readProxy(written: string, name: string): URL {
	const url = URL.parse(written.includes('://') ? written : `http://${written}`);
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
	throw new FathomError({
		code: 'settings',
		message: `${name}: expected the address of an HTTP proxy, such as http://proxy:3128.`,
		hint: 'Correct or unset the variable.',
	});
}

/** A pattern is `*`, a name that includes its subdomains, `.name` or `*.name` for subdomains only, an address, or a network; all but networks may have a port. */
function isExempt(url: URL, pattern: string): boolean {
	if (pattern === '') return false;
	if (pattern === '*') return true;
	const host = withoutBrackets(url.hostname.toLowerCase());
	if (pattern.includes('/')) return isInNetwork(host, pattern);
	const { name, port } = splitPort(pattern);
	if (port !== null && port !== portOf(url)) return false;
	const suffix = name.replace(/^\*?\.?/, '');
	return (host === suffix && suffix === name) || host.endsWith(`.${suffix}`);
}

function isInNetwork(host: string, pattern: string): boolean {
	const family = isIP(host);
	const [network, bits] = pattern.split('/');
	if (family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(bits)) return false;
	if (Number(bits) > (family === 6 ? 128 : 32)) return false;
	const type = family === 6 ? 'ipv6' : 'ipv4';
	const list = new BlockList();
	list.addSubnet(network, Number(bits), type);
	return list.check(host, type);
}

function splitPort(pattern: string): { readonly name: string; readonly port: string | null } {
	const match = /^(\[.*\]|[^:]*):(\d+)$/.exec(pattern);
	return match
		? { name: withoutBrackets(match[1]), port: match[2] }
		: { name: withoutBrackets(pattern), port: null };
}

function portOf({ port, protocol }: URL): string {
	return port || (protocol === 'https:' ? '443' : '80');
}

function withoutBrackets(name: string): string {
	return name.replace(/^\[|\]$/g, '');
}
