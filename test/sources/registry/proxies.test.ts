import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Access } from '../../../source/sources/image-source.ts';
import { isLoopback, proxyFor } from '../../../source/sources/registry/http/proxy.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { newAuthority, newCertificate } from './certificate.ts';
import { contentOf, type FakeServer, startRegistry } from './fake-registry.ts';
import { failureOf, hostWith, loadFrom } from './load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });
const insecure: Access = { username: null, password: null, insecure: true, namespace: null };
/** A name that only the proxy can resolve. */
const registry = { address: 'registry.invalid' };

interface Proxy {
	readonly url: string;
	/** `METHOD TARGET AUTHORIZATION`. */
	readonly asked: readonly string[];
}

/** A proxy that leads every request and every tunnel to one server. */
async function startProxy(
	t: TestContext,
	target: FakeServer,
	{ refuses = false, tls }: { readonly refuses?: boolean; readonly tls?: ServerOptions } = {},
): Promise<Proxy> {
	const asked: string[] = [];
	const [host, port] = target.address.split(':');
	const note = ({ method, url, headers }: IncomingMessage): void => {
		asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? 'unnamed'}`);
	};
	const relay = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
		note(incoming);
		const { pathname } = new URL(incoming.url ?? '');
		request({ host, port, path: pathname, headers: incoming.headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(outgoing);
		}).end();
	};
	const server = tls ? createSecureServer(tls, relay) : createServer(relay);
	server.on('connect', (incoming: IncomingMessage, socket) => {
		note(incoming);
		if (refuses) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}
		const upstream = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(socket).pipe(upstream);
		});
		upstream.on('error', () => socket.destroy());
		socket.on('error', () => upstream.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	return { url: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a registry behind a proxy', () => {
	const authority = newAuthority('Authority of the test');

	async function startSecure(t: TestContext): Promise<{ server: FakeServer; SSL_CERT_FILE: string }> {
		const server = await startRegistry(t, { content, tls: newCertificate(authority, registry.address) });
		const SSL_CERT_FILE = join(await temporaryFolder(t), 'authorities.pem');
		await writeFile(SSL_CERT_FILE, authority.cert);
		return { server, SSL_CERT_FILE };
	}

	test('is reached through a tunnel, with the name and the password of the proxy', async (t) => {
		const { server, SSL_CERT_FILE } = await startSecure(t);
		const proxy = await startProxy(t, server);
		const HTTPS_PROXY = `http://me:p%40ss@${proxy.url}`;
		await loadFrom(registry, { host: hostWith({ HTTPS_PROXY, SSL_CERT_FILE }) });
		t.assert.equal(
			proxy.asked[0],
			`CONNECT registry.invalid:443 Basic ${Buffer.from('me:p@ss').toString('base64')}`,
		);
	});

	test('is reached through a proxy that talks TLS itself', async (t) => {
		const { server, SSL_CERT_FILE } = await startSecure(t);
		const proxy = await startProxy(t, server, { tls: newCertificate(authority, '127.0.0.1') });
		await loadFrom(registry, { host: hostWith({ HTTPS_PROXY: `https://${proxy.url}`, SSL_CERT_FILE }) });
		t.assert.equal(proxy.asked[0], 'CONNECT registry.invalid:443 unnamed');
	});

	test('is not reached through a proxy that is not to be trusted', async (t) => {
		const { server } = await startSecure(t);
		const proxy = await startProxy(t, server, { tls: newCertificate(authority, '127.0.0.1') });
		t.assert.match(
			await failureOf(registry, { host: hostWith({ HTTPS_PROXY: `https://${proxy.url}` }) }),
			/^unavailable: REGISTRY: the proxy has a certificate that is not trusted\./,
		);
	});

	test('without TLS is reached by way of HTTP_PROXY', async (t) => {
		const server = await startRegistry(t, { content });
		const proxy = await startProxy(t, server);
		await loadFrom(registry, { access: insecure, host: hostWith({ http_proxy: proxy.url }) });
		t.assert.equal(proxy.asked[0], 'GET http://registry.invalid/v2/app/manifests/1 unnamed');
	});

	test('without TLS is reached by way of a proxy that talks TLS itself', async (t) => {
		const { SSL_CERT_FILE } = await startSecure(t);
		const proxy = await startProxy(t, await startRegistry(t, { content }), {
			tls: newCertificate(authority, '127.0.0.1'),
		});
		const host = hostWith({ HTTP_PROXY: `https://${proxy.url}`, SSL_CERT_FILE });
		await loadFrom(registry, { access: insecure, host });
		t.assert.equal(proxy.asked[0], 'GET http://registry.invalid/v2/app/manifests/1 unnamed');
	});

	test('is not reached when the proxy refuses, of whose password no error tells', async (t) => {
		const { server } = await startSecure(t);
		const proxy = await startProxy(t, server, { refuses: true });
		const HTTPS_PROXY = `http://me:p%40ss@${proxy.url}`;
		const failure = await failureOf(registry, { host: hostWith({ HTTPS_PROXY }) });
		t.assert.equal(
			failure,
			'unavailable: REGISTRY: the proxy asks for a user name and a password, or rejects those in its address. [Write HTTPS_PROXY or HTTP_PROXY as http://USER:PASSWORD@HOST:PORT, with special characters as %XX.]',
		);
	});

	test('is not reached when there is no such proxy', async (t) => {
		const failure = await failureOf(registry, { host: hostWith({ HTTPS_PROXY: 'http://127.0.0.1:1' }) });
		t.assert.match(failure, /^unavailable: REGISTRY: the proxy does not answer\./);
	});

	test('is not asked for when the proxy is of another kind', async (t) => {
		const failure = await failureOf(registry, {
			host: hostWith({ HTTPS_PROXY: 'socks5://me:secret@127.0.0.1:1' }),
		});
		t.assert.equal(
			failure,
			'settings: HTTPS_PROXY: expected the address of an HTTP proxy, such as http://proxy:3128. [Correct or unset the variable.]',
		);
	});

	test('is said not to be known where there is no proxy', async (t) => {
		t.assert.match(await failureOf(registry), /^unavailable: REGISTRY: the host name cannot be resolved\./);
	});
});

describe('proxyFor', () => {
	const environment = { HTTPS_PROXY: 'http://proxy:3128' };
	const direct: readonly (readonly [string, string])[] = [
		['https://a.example/', '*'],
		['https://a.example/', 'b.example, a.example'],
		['https://a.example/', 'example'],
		['https://a.example/', '.example'],
		['https://a.example/', '*.example'],
		['https://a.example/', 'A.EXAMPLE'],
		['https://a.example:8443/', 'a.example:8443'],
		['https://10.1.2.3/', '10.0.0.0/8'],
		['https://10.1.2.3/', '10.1.2.3'],
		['https://[fd00::1]/', 'fd00::/8'],
		['https://localhost:5000/', ''],
		['https://127.0.0.9/', ''],
		['https://[::1]/', ''],
	];
	for (const [url, exempt] of direct) {
		test(`reaches ${url} directly with NO_PROXY=${exempt}`, (t) => {
			t.assert.equal(proxyFor(new URL(url), { ...environment, NO_PROXY: exempt }), null);
		});
	}

	const proxied: readonly (readonly [string, string])[] = [
		['https://a.example/', ''],
		['https://a.example/', 'b.example'],
		['https://aexample/', 'example'],
		['https://example/', '.example'],
		['https://a.example/', 'a.example:8443'],
		['https://11.1.2.3/', '10.0.0.0/8'],
		['https://a.example/', '10.0.0.0/99,bad/'],
	];
	for (const [url, exempt] of proxied) {
		test(`reaches ${url} by the proxy with NO_PROXY=${exempt}`, (t) => {
			t.assert.equal(
				proxyFor(new URL(url), { ...environment, no_proxy: exempt })?.href,
				'http://proxy:3128/',
			);
		});
	}

	test('has a proxy for each scheme', (t) => {
		t.assert.equal(proxyFor(new URL('http://a.example/'), environment), null);
	});

	test('knows names of this machine', (t) => {
		const names = ['localhost', 'LOCALHOST', 'x.localhost', '127.1.2.3', '::1', '[::1]'];
		t.assert.deepEqual(
			names.filter((name) => !isLoopback(name)),
			[],
		);
		const others = ['localhost.example', '128.0.0.1', '127.example', '::2', ''];
		t.assert.deepEqual(others.filter(isLoopback), []);
	});
});
