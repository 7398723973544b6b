import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { file } from '../../../support/archives/tar-entry.ts';
import { json } from '../../../support/archives/write-archive.ts';
import {
	bytesAt,
	contentOf,
	type FakeServer,
	fail,
	serve,
	startRegistry,
	startServer,
} from '../fake-registry.ts';
import { failureOf, loadFrom } from '../load-from-registry.ts';

const content = contentOf({ layers: [[file('noise', randomBytes(200_000))]] });
const manifestBytes = bytesAt(content, 'manifests/1');
const manifest = JSON.parse(manifestBytes.toString());
const config: string = manifest.config.digest;
const layer: string = manifest.layers[0].digest;
const blob = bytesAt(content, `blobs/${layer}`);
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A registry that answers some requests in its own way. */
function startWith(t: TestContext, part: string, answer: Answer): Promise<FakeServer> {
	return startRegistry(t, {
		content,
		intercept: (request, response) => {
			if (!request.url?.includes(part)) return false;
			answer(request, response);
			return true;
		},
	});
}

const sendPage: Answer = (_request, response) => {
	response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
};

const signIn = (what: string) =>
	`unavailable: REGISTRY: a web page came in place of ${what}, as from a proxy or a sign-in page. [Sign in to the network with a browser, check HTTPS_PROXY, or check that the host is a registry.]`;

describe('a web page', () => {
	test('in place of a manifest is told', async (t) => {
		const server = await startWith(t, '/manifests/', sendPage);
		t.assert.equal(await failureOf(server), signIn('the manifest of REGISTRY/app:1'));
	});

	test('is known by its content too', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => response.end(`\n${page}`));
		t.assert.equal(await failureOf(server), signIn('the manifest of REGISTRY/app:1'));
	});

	test('to which a redirect leads is told', async (t) => {
		const portal = await startServer(t, sendPage);
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.writeHead(302, { Location: `http://${portal.address}/login` }).end();
		});
		t.assert.equal(await failureOf(server), signIn('the manifest of REGISTRY/app:1'));
	});

	test('is not what JSON with the media type of one is', async (t) => {
		const server = await startWith(t, '/v2/app/', (request, response) => {
			const found = content.get((request.url ?? '').replace('/v2/app/', ''));
			serve(request, response, { bytes: found?.bytes ?? Buffer.alloc(0), type: 'text/html' });
		});
		await loadFrom(server);
	});

	test('in place of a config is told', async (t) => {
		const server = await startWith(t, config, sendPage);
		t.assert.equal(await failureOf(server), signIn('the config of REGISTRY/app:1'));
	});

	test('in place of a layer is told', async (t) => {
		const server = await startWith(t, layer, sendPage);
		t.assert.equal(await failureOf(server), signIn('layer 1 of REGISTRY/app:1'));
	});

	test('in place of a token is told', async (t) => {
		const tokens = await startServer(t, sendPage);
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.setHeader('WWW-Authenticate', `Bearer realm="http://${tokens.address}/token"`);
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
		});
		t.assert.match(
			(await failureOf(server)).replaceAll(tokens.address, 'TOKENS'),
			/^unavailable: TOKENS, the token server of REGISTRY: a web page came in place of a token,/,
		);
	});

	test('that refuses is told', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.writeHead(403, { 'Content-Type': 'text/html' }).end(page);
		});
		t.assert.match(
			await failureOf(server),
			/^denied: REGISTRY: .* \(with a web page, as from a proxy or a sign-in page\)\./,
		);
	});
});

describe('a document', () => {
	test('that is packed on the way is unpacked', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(manifestBytes));
		});
		await loadFrom(server);
	});

	test('that unpacks to very much is refused', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
		});
		t.assert.match(await failureOf(server), /^corrupt: REGISTRY\/app:1: the manifest /);
	});

	test('that is too large is refused before it has arrived', async (t) => {
		let sent = 0;
		const server = await startWith(t, '/manifests/', (_request, response) => {
			const more = (): void => {
				if (response.destroyed) return;
				sent += 1_000_000;
				response.write(Buffer.alloc(1_000_000, ' '), more);
			};
			more();
		});
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: the manifest of REGISTRY\/app:1 is larger than \d+ bytes\./,
		);
		t.assert.equal(sent < 100_000_000, true);
	});

	test('that is no JSON is not said to come from an archive', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => response.end('pong'));
		t.assert.equal(
			await failureOf(server),
			'corrupt: REGISTRY/app:1: the manifest is not valid JSON. [Check that the host is a registry, and that no proxy changes what it sends; else push the image again.]',
		);
	});

	test('that has another digest is refused', async (t) => {
		const server = await startWith(t, config, (_request, response) => response.end('{}'));
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: the config of REGISTRY\/app:1 does not match its digest/,
		);
	});

	test('that ends early is fetched again, once', async (t) => {
		let asked = 0;
		const server = await startWith(t, '/manifests/', (_request, response) => {
			asked += 1;
			response.writeHead(200, { 'Content-Length': manifestBytes.length });
			response.write(manifestBytes.subarray(0, 20), () => setTimeout(() => response.destroy(), 20));
		});
		t.assert.match(await failureOf(server), /^unavailable: REGISTRY: the connection was lost/);
		t.assert.equal(asked, 2);
	});

	test('whose length is a lie is refused', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n${manifestBytes}`);
		});
		t.assert.match(await failureOf(server), /^corrupt: REGISTRY\/app:1: the manifest is not valid JSON/);
	});
});

describe('the headers of an answer', () => {
	test('that are very long are refused', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.socket?.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`);
		});
		t.assert.match(await failureOf(server), /^unavailable: REGISTRY: the headers of its answer are too long/);
	});

	test('that are no HTTP are refused', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
		});
		t.assert.match(await failureOf(server), /^unavailable: REGISTRY: /);
	});

	test('that ask for a user of the proxy are told', async (t) => {
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="proxy"' }).end();
		});
		t.assert.equal(
			await failureOf(server),
			'unavailable: REGISTRY: the proxy asks for a user name and a password, or rejects those in its address. [Write HTTPS_PROXY or HTTP_PROXY as http://USER:PASSWORD@HOST:PORT, with special characters as %XX.]',
		);
	});

	for (const scheme of ['ftp://example.invalid/token', 'file:///etc/passwd', 'data:,x']) {
		test(`that name ${scheme.split(':')[0]}: for tokens are refused`, async (t) => {
			const server = await startWith(t, '/manifests/', (_request, response) => {
				response.setHeader('WWW-Authenticate', `Bearer realm="${scheme}"`);
				fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			});
			t.assert.match(
				await failureOf(server),
				/^unavailable: REGISTRY: it names no usable token server \((?:ftp|file|data): is not HTTP\)\./,
			);
		});
	}
});

describe('a layer', () => {
	test('in parts that are not those asked for is refused', async (t) => {
		let asked = 0;
		const server = await startWith(t, layer, (request, response) => {
			asked += 1;
			if (asked > 1) {
				serve({ ...request, headers: { range: 'bytes=7-' } } as IncomingMessage, response, { bytes: blob });
				return;
			}
			response.writeHead(200, { 'Content-Length': blob.length });
			response.write(blob.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
		});
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: it sent bytes from offset 7 instead of \d+ for layer 1/,
		);
	});

	test('that is sent without a length, and goes on for ever, is refused at its size', async (t) => {
		const server = await startWith(t, layer, (_request, response) => {
			const more = (): void => {
				if (!response.destroyed) response.write(Buffer.alloc(100_000), more);
			};
			more();
		});
		t.assert.match(await failureOf(server), /^corrupt: REGISTRY: it sent more than \d+ bytes for layer 1/);
	});

	test('that the registry does not have after all is told', async (t) => {
		const server = await startWith(t, layer, (_request, response) =>
			fail(response, 404, 'BLOB_UNKNOWN', 'blob unknown'),
		);
		t.assert.equal(
			await failureOf(server),
			'missing: REGISTRY: layer 1 of REGISTRY/app:1 is listed but missing. [The image is incomplete in the registry: push it again.]',
		);
	});
});

test('a token that is none is refused without being quoted', async (t) => {
	for (const body of ['secret', json({ token: 'secret\r\nX: y' }), json({ token: 7 }), json([])]) {
		const tokens = await startServer(t, (_request, response) => response.end(body));
		const server = await startWith(t, '/manifests/', (_request, response) => {
			response.setHeader('WWW-Authenticate', `Bearer realm="http://${tokens.address}/token"`);
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
		});
		const failure = await failureOf(server);
		t.assert.match(failure, /^unavailable: .*: the token server returned no token\./);
		t.assert.doesNotMatch(failure, /secret/);
	}
});
