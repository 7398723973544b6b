import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { Access } from '../../../../source/sources/image-source.ts';
import { LocalGuard, localZone } from '../../../../source/sources/registry/http/local-address.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { json } from '../../../support/archives/write-archive.ts';
import {
	contentOf,
	type FakeServer,
	fail,
	type Intercept,
	startRegistry,
	startServer,
} from '../fake-registry.ts';
import { failureOf, hostWith, loadFrom } from '../load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });
const access: Access = { username: 'user', password: 'secret', insecure: true, namespace: null };

/** A registry elsewhere: it is reached through a proxy alone, which is also the only one to know its name. */
async function startRemote(t: TestContext, intercept: Intercept) {
	const server = await startRegistry(t, { content, intercept });
	const [host, port] = server.address.split(':');
	const proxy = createServer((incoming, outgoing) => {
		const { pathname, search } = new URL(incoming.url ?? '');
		request({ host, port, path: pathname + search, headers: incoming.headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(outgoing);
		}).end();
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		proxy.close();
		proxy.closeAllConnections();
	});
	const HTTP_PROXY = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	return { address: 'registry.invalid', options: { access, host: hostWith({ HTTP_PROXY }) } };
}

function redirecting(location: string): Intercept {
	return ({ url }, response) => {
		if (url === '/v2/') return false;
		response.writeHead(307, { Location: location }).end();
		return true;
	};
}

function challenging(realm: string): Intercept {
	return ({ url, headers }, response) => {
		if (url === '/v2/' || headers.authorization === 'Bearer good') return false;
		response.setHeader('WWW-Authenticate', `Bearer realm="${realm}"`);
		fail(response, 401, 'UNAUTHORIZED', 'authentication required');
		return true;
	};
}

function startTokens(t: TestContext): Promise<FakeServer> {
	return startServer(t, (_: IncomingMessage, response: ServerResponse) => {
		response.end(json({ token: 'good' }));
	});
}

const refused = (where: string, place: string) =>
	`unavailable: REGISTRY: it refers to ${where}, which is ${place}, and fathom does not follow it there. [Report this to the operator of the registry.]`;

describe('a registry elsewhere', () => {
	for (const written of [
		'127.0.0.1',
		'127.1',
		'2130706433',
		'localhost',
		'[::1]',
		'[::ffff:127.0.0.1]',
		'0.0.0.0',
	]) {
		test(`cannot name a token server at ${written}`, async (t) => {
			const tokens = await startTokens(t);
			const port = tokens.address.split(':')[1];
			const remote = await startRemote(t, challenging(`http://${written}:${port}/token`));
			t.assert.match(
				await failureOf(remote, remote.options),
				/^unavailable: REGISTRY: it refers to .*, which is this machine,/,
			);
			t.assert.deepEqual(tokens.requests, []);
		});
	}

	test('cannot redirect to this machine', async (t) => {
		const inner = await startTokens(t);
		const remote = await startRemote(t, redirecting(`http://${inner.address}/private`));
		t.assert.equal(await failureOf(remote, remote.options), refused('127.0.0.1', 'this machine'));
		t.assert.deepEqual(inner.requests, []);
	});

	test('cannot redirect to the local network segment', async (t) => {
		const remote = await startRemote(t, redirecting('http://169.254.169.254/latest/meta-data'));
		t.assert.equal(
			await failureOf(remote, remote.options),
			refused('169.254.169.254', 'the local network segment'),
		);
	});
});

describe('a registry on this machine', () => {
	test('may name a token server on it, which gets the password', async (t) => {
		const tokens = await startTokens(t);
		const server = await startRegistry(t, {
			content,
			intercept: challenging(`http://${tokens.address}/token`),
		});
		await loadFrom(server, { access });
		t.assert.equal(tokens.requests[0].headers.authorization, 'Basic dXNlcjpzZWNyZXQ=');
	});

	test('may redirect to it by a name', async (t) => {
		const other = await startRegistry(t, { content });
		const port = other.address.split(':')[1];
		const server = await startRegistry(t, {
			content,
			intercept: (incoming, response) =>
				redirecting(`http://localhost:${port}${incoming.url}`)(incoming, response),
		});
		await loadFrom(server);
		t.assert.equal(other.requests.length > 0, true);
	});

	test('cannot redirect to the local network segment', async (t) => {
		const server = await startRegistry(t, { content, intercept: redirecting('http://169.254.169.254/') });
		t.assert.equal(await failureOf(server), refused('169.254.169.254', 'the local network segment'));
	});
});

describe('an address', () => {
	test('of this machine or of the network segment is known in each way to write it', (t) => {
		const zones = {
			loopback: [
				'127.0.0.1',
				'127.9.9.9',
				'::1',
				'[::1]',
				'0.0.0.0',
				'::',
				'::ffff:127.0.0.1',
				'::ffff:7f00:1',
				'localhost',
				'LOCALHOST',
				'a.localhost',
			],
			'link-local': ['169.254.169.254', 'fe80::1', 'febf::1', '::ffff:169.254.0.1'],
			null: [
				'128.0.0.1',
				'10.0.0.1',
				'192.168.0.1',
				'169.253.0.1',
				'2001:db8::1',
				'fec0::1',
				'example.org',
				'::ffff:10.0.0.1',
			],
		};
		for (const [zone, addresses] of Object.entries(zones))
			for (const address of addresses) t.assert.equal(String(localZone(address)), zone, address);
	});
});

describe('the name of a host', () => {
	/** What is looked up for a name on behalf of a registry. */
	function lookUp(registry: string, name: string, addresses: readonly string[]): Promise<string> {
		const system = ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
			done(
				null,
				addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
			)) as unknown as ConstructorParameters<typeof LocalGuard>[1];
		const guard = new LocalGuard(registry, system);
		return new Promise((resolve) => {
			guard.lookup(name, { all: true }, (error, found) => resolve(error?.message ?? JSON.stringify(found)));
		});
	}

	test('that leads to this machine or to the network segment is refused', async (t) => {
		for (const [addresses, expected] of [
			[['127.0.0.1'], 'inner.example (127.0.0.1), which is this machine,'],
			[['203.0.113.1', '::1'], 'inner.example (::1), which is this machine,'],
			[['169.254.169.254'], 'inner.example (169.254.169.254), which is the local network segment,'],
		] as const) {
			const found = await lookUp('registry.example', 'inner.example', addresses);
			t.assert.equal(
				found,
				`registry.example: it refers to ${expected} and fathom does not follow it there.`,
			);
		}
	});

	test('that leads elsewhere is not', async (t) => {
		t.assert.match(await lookUp('registry.example', 'inner.example', ['10.0.0.1']), /"10\.0\.0\.1"/);
	});

	test('is that of the registry itself, and then it may lead anywhere', async (t) => {
		t.assert.match(
			await lookUp('registry.example:5000', 'registry.example', ['127.0.0.1']),
			/"127\.0\.0\.1"/,
		);
	});
});
