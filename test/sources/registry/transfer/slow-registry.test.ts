import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { Access, TransferLimits } from '../../../../source/sources/image-source.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { dockerArchive, json, type TestImage } from '../../../support/archives/write-archive.ts';
import { essenceOf } from '../../../support/essence.ts';
import { fromFile } from '../../../support/load-layers.ts';
import { bytesAt, contentOf, fail, startRegistry, startServer } from '../fake-registry.ts';
import { failureOf, loadFrom } from '../load-from-registry.ts';

const image: TestImage = { layers: [[file('noise', randomBytes(200_000))]] };
const content = contentOf(image);
const manifest = JSON.parse(bytesAt(content, 'manifests/1').toString());

function slowBy(limits: Partial<TransferLimits>): Access {
	const usual = { documentSeconds: 20, bytesPerSecond: 1000, windowSeconds: 20 };
	return {
		username: null,
		password: null,
		insecure: false,
		namespace: null,
		limits: { ...usual, ...limits },
	};
}

/** Sends one byte every 20 ms, or what takes `seconds` in all, for as long as anybody listens. */
function drip(
	t: TestContext,
	stream: Pick<ServerResponse | Socket, 'write' | 'on'>,
	{ bytes, seconds = null }: { readonly bytes: Uint8Array; readonly seconds?: number | null },
): void {
	const piece = seconds === null ? 1 : Math.ceil((bytes.length * 0.02) / seconds);
	let sent = 0;
	const timer = setInterval(() => {
		stream.write(bytes.subarray(sent, sent + piece));
		sent += piece;
	}, 20);
	stream.on('close', () => clearInterval(timer));
	t.after(() => clearInterval(timer));
}

/** Drips the answers to some requests. */
function dripping(t: TestContext, part: string, seconds: number | null = null) {
	return ({ url = '' }: IncomingMessage, response: ServerResponse): boolean => {
		if (!url.includes(part)) return false;
		const { bytes } = content.get(url.replace('/v2/app/', '')) ?? { bytes: Buffer.alloc(1000) };
		response.writeHead(200, { 'Content-Length': bytes.length });
		drip(t, response, { bytes, seconds });
		return true;
	};
}

const late = (what: string) =>
	`unavailable: REGISTRY: ${what} of REGISTRY/app:1 did not arrive within 2 seconds. [Try again, or wait longer: FATHOM_REGISTRY_TIMEOUT=10s (the setting registry-timeout).]`;

describe('a registry that sends a byte at a time', () => {
	const access = slowBy({ documentSeconds: 2 });

	test('is not waited for when it is the manifest', async (t) => {
		const server = await startRegistry(t, { content, intercept: dripping(t, '/manifests/') });
		t.assert.equal(await failureOf(server, { access }), late('the manifest'));
	});

	test('is not waited for when it is the config', async (t) => {
		const server = await startRegistry(t, { content, intercept: dripping(t, manifest.config.digest) });
		t.assert.equal(await failureOf(server, { access }), late('the config'));
	});

	test('is not waited for when it is a layer, and what arrived is said', async (t) => {
		const server = await startRegistry(t, { content, intercept: dripping(t, manifest.layers[0].digest) });
		const failure = await failureOf(server, { access: slowBy({ windowSeconds: 1 }) });
		t.assert.match(
			failure,
			/^unavailable: REGISTRY: layer 1 of REGISTRY\/app:1 arrives too slowly: \d+ bytes in 1 second\. \[Try again, or wait longer: FATHOM_REGISTRY_RATE=\d+ \(the setting registry-rate, bytes a second\)\.\]$/,
		);
	});

	test('is not waited for when it is the header of an answer', async (t) => {
		const server = createServer((socket) => {
			socket.on('error', () => {});
			socket.on('data', () =>
				drip(t, socket, { bytes: Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(9999)}`) }),
			);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		t.after(() => server.close());
		const found = server.address();
		const address = `127.0.0.1:${found !== null && typeof found === 'object' ? found.port : 0}`;
		const insecure = { ...access, insecure: true };
		t.assert.equal(await failureOf({ address }, { access: insecure }), late('the manifest'));
	});

	test('is told apart from one that refuses slowly', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				response.writeHead(403, { 'Content-Length': 5000 });
				drip(t, response, { bytes: Buffer.alloc(5000, ' ') });
				return true;
			},
		});
		t.assert.match(await failureOf(server), /^denied: REGISTRY: the manifest of .* requires a login/);
	});

	test('is waited for when it is fast enough', async (t) => {
		// As long as is too long above.
		const server = await startRegistry(t, { content, intercept: dripping(t, '/manifests/', 2.5) });
		const patient = slowBy({ documentSeconds: null });
		t.assert.deepEqual(
			essenceOf(await loadFrom(server, { access: patient })),
			essenceOf(await fromFile(dockerArchive([image]))),
		);
	});

	test('is not waited for when it is a token', async (t) => {
		const tokens = await startServer(t, (_request, response) => {
			response.writeHead(200, { 'Content-Length': 1000 });
			drip(t, response, { bytes: json({ token: 'x'.repeat(980) }) });
		});
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				response.setHeader('WWW-Authenticate', `Bearer realm="http://${tokens.address}/token"`);
				fail(response, 401, 'UNAUTHORIZED', 'authentication required');
				return true;
			},
		});
		t.assert.match(
			(await failureOf(server, { access })).replaceAll(tokens.address, 'TOKENS'),
			/^unavailable: TOKENS, the token server of REGISTRY: a token did not arrive within 2 seconds\./,
		);
	});
});

describe('all that belongs to a document', () => {
	test('has one limit: redirects count together', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				setTimeout(() => response.writeHead(307, { Location: `/v2/app/manifests/${Date.now()}` }).end(), 400);
				return true;
			},
		});
		t.assert.equal(await failureOf(server, { access: slowBy({ documentSeconds: 2 }) }), late('the manifest'));
	});

	test('has one limit: a registry that wants a longer pause than is left is not asked again', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				response.setHeader('Retry-After', '5');
				fail(response, 429, 'TOOMANYREQUESTS', 'slow down');
				return true;
			},
		});
		t.assert.match(
			await failureOf(server, { access: slowBy({ documentSeconds: 4 }) }),
			/^unavailable: REGISTRY: too many requests came from this user or network \(slow down\)\. \[Try again after 5 seconds/,
		);
		t.assert.equal(server.requests.filter(({ line }) => line.includes('/manifests/')).length, 1);
	});
});
