import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { essenceOf } from '../../support/essence.ts';
import { fromFile } from '../../support/load-layers.ts';
import { bytesAt, contentOf, fail, serve, startRegistry, startServer } from './fake-registry.ts';
import { blobRequests, failureOf, loadFrom } from './load-from-registry.ts';

/** The first layer does not get smaller when packed: 300,000 bytes on the way. */
const image: TestImage = { layers: [[file('noise', randomBytes(300_000))], [file('small', 'text')]] };
const content = contentOf(image);
const manifest = JSON.parse(bytesAt(content, 'manifests/1').toString());
const configDigest: string = manifest.config.digest;
const large: string = manifest.layers[0].digest;
const blob = bytesAt(content, `blobs/${large}`);

function isLarge({ url }: IncomingMessage): boolean {
	return url?.endsWith(large) ?? false;
}

/** Sends the start of a blob, and breaks the connection once that is on its way. */
function breakAfter(response: ServerResponse, bytes: Uint8Array, length: number): void {
	response.writeHead(200, { 'Content-Length': bytes.length });
	response.write(bytes.subarray(0, length), () => setTimeout(() => response.destroy(), 20));
}

/** Breaks the first transfer of the large blob, and then does something else besides. */
function breakOnce(besides: () => void): (request: IncomingMessage, response: ServerResponse) => boolean {
	let isBroken = false;
	return (request, response) => {
		if (!isLarge(request) || isBroken) return false;
		isBroken = true;
		breakAfter(response, blob, 100_000);
		besides();
		return true;
	};
}

describe('a connection that breaks in the middle of a blob', () => {
	test('is taken up again where it broke', async (t) => {
		const server = await startRegistry(t, { content, intercept: breakOnce(() => {}) });
		t.assert.deepEqual(essenceOf(await loadFrom(server)), essenceOf(await fromFile(dockerArchive([image]))));
		const requests = blobRequests(server, [configDigest, manifest.layers[1].digest]);
		t.assert.deepEqual(requests, ['whole', 'bytes=100000-']);
	});

	test('is taken up from the start where the registry gives no parts', async (t) => {
		let breaks = 0;
		const server = await startRegistry(t, {
			content,
			intercept: (request, response) => {
				if (!isLarge(request)) return false;
				breaks += 1;
				if (breaks <= 2) breakAfter(response, blob, 100_000);
				else response.end(blob);
				return true;
			},
		});
		const { image: loaded } = await loadFrom(server);
		t.assert.deepEqual(loaded.diffIdMatches, [true, true]);
	});

	test('is taken up when the registry comes back', async (t) => {
		const server = await startRegistry(t, { content, intercept: breakOnce(() => server.rest(400)) });
		const { image: loaded } = await loadFrom(server);
		t.assert.deepEqual(loaded.diffIdMatches, [true, true]);
	});

	test('is given up when it breaks again and again', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: (request, response) => {
				if (!isLarge(request)) return false;
				response.destroy();
				return true;
			},
		});
		t.assert.match(
			await failureOf(server),
			/^unavailable: REGISTRY: the connection was lost \(layer 1 of REGISTRY\/app:1\)\. \[Try again/,
		);
	});

	test('does not let the rest come from another place', async (t) => {
		let breaks = 0;
		const server = await startRegistry(t, {
			content,
			intercept: (request, response) => {
				if (!isLarge(request)) return false;
				breaks += 1;
				if (breaks === 1) breakAfter(response, blob, 100_000);
				else {
					response.writeHead(206, { 'Content-Range': `bytes 5-${blob.length - 1}/${blob.length}` });
					response.end(blob.subarray(5));
				}
				return true;
			},
		});
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: it sent bytes from offset \d+ instead of \d+ for layer/,
		);
	});
});

describe('a registry that is busy', () => {
	for (const status of [429, 503]) {
		test(`is asked again when it answers ${status}`, async (t) => {
			let asked = 0;
			const server = await startRegistry(t, {
				content,
				intercept: (request, response) => {
					if (!isLarge(request)) return false;
					asked += 1;
					if (asked > 1) return false;
					response.setHeader('Retry-After', '0');
					fail(response, status, 'TOOMANYREQUESTS', 'slow down');
					return true;
				},
			});
			await loadFrom(server);
			t.assert.equal(asked, 2);
		});
	}

	test('is not waited for longer than anybody would', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (!url?.includes('/manifests/')) return false;
				response.setHeader('Retry-After', '3600');
				fail(response, 429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.');
				return true;
			},
		});
		t.assert.equal(
			await failureOf(server),
			'unavailable: REGISTRY: too many requests came from this user or network (You have reached your pull rate limit.). [Try again after 3600 seconds, or log in: that often raises the limit.]',
		);
	});

	test('is given up after some tries', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (!url?.includes('/manifests/')) return false;
				response.setHeader('Retry-After', '0');
				response.writeHead(502).end('<html>Bad gateway</html>');
				return true;
			},
		});
		t.assert.match(
			await failureOf(server),
			/^unavailable: REGISTRY: it answered 502 to a request for the manifest/,
		);
		t.assert.equal(server.requests.filter(({ line }) => line.includes('/manifests/')).length, 5);
	});
});

describe('content that does not match its digest', () => {
	test('is refused when a byte is another', async (t) => {
		const flipped = Buffer.from(blob);
		flipped[200_000] ^= 1;
		const server = await startRegistry(t, {
			content: new Map([...content, [`blobs/${large}`, { bytes: flipped }]]),
		});
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: layer 1 of REGISTRY\/app:1 does not match its digest sha256:[0-9a-f]{12}\./,
		);
	});

	test('is refused when it makes no sense at all', async (t) => {
		const server = await startRegistry(t, {
			content: new Map([...content, [`blobs/${large}`, { bytes: Buffer.alloc(blob.length, 'x') }]]),
		});
		t.assert.match(await failureOf(server), /^corrupt: .* does not match its digest/);
	});

	test('is at fault itself when it makes no sense and has its digest', async (t) => {
		const broken = contentOf({ layers: [Buffer.alloc(5000, 'x')] });
		const server = await startRegistry(t, { content: broken });
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY\/app:1: layer 1: no valid tar header at byte 0/,
		);
	});

	const lengths: Readonly<Record<string, Uint8Array>> = {
		shorter: blob.subarray(0, -10),
		longer: Buffer.concat([blob, Buffer.alloc(10)]),
	};
	for (const [which, bytes] of Object.entries(lengths)) {
		test(`is refused when it is ${which}`, async (t) => {
			const server = await startRegistry(t, {
				content: new Map([...content, [`blobs/${large}`, { bytes }]]),
			});
			t.assert.match(
				await failureOf(server),
				/^corrupt: REGISTRY: it sent \d+ bytes instead of \d+ for layer 1/,
			);
		});

		test(`is refused when it is ${which} and its length is not said`, async (t) => {
			const server = await startRegistry(t, {
				content,
				intercept: (request, response) => {
					if (!isLarge(request)) return false;
					if (request.headers.range === undefined) response.end(bytes);
					else serve(request, response, { bytes });
					return true;
				},
			});
			t.assert.match(await failureOf(server), /^(?:corrupt|unavailable): REGISTRY: /);
		});
	}
});

describe('a redirect', () => {
	/** A registry that lets in who has a password, and leads to another server for blobs. */
	async function startLeading(t: Parameters<typeof startServer>[0], location: (path: string) => string) {
		return startRegistry(t, {
			content,
			intercept: ({ url, headers }, response) => {
				if (url !== '/v2/' && headers.authorization !== 'Basic dXNlcjpzZWNyZXQ=') {
					response.setHeader('WWW-Authenticate', 'Basic realm="here"');
					fail(response, 401, 'UNAUTHORIZED', 'authentication required');
				} else if (url?.endsWith(large)) response.writeHead(307, { Location: location(url) }).end();
				else return false;
				return true;
			},
		});
	}
	const access = { username: 'user', password: 'secret', insecure: false, namespace: null };

	test('to another host leaves the password behind', async (t) => {
		const other = await startServer(t, (request, response) => serve(request, response, { bytes: blob }));
		const server = await startLeading(t, () => `http://${other.address}/there`);
		const { image: loaded } = await loadFrom(server, { access });
		t.assert.deepEqual(loaded.diffIdMatches, [true, true]);
		t.assert.deepEqual(
			other.requests.map(({ headers }) => headers.authorization),
			[undefined],
		);
	});

	test('to the same host takes the password along', async (t) => {
		const server = await startRegistry(t, {
			content: new Map([...content, ['/v2/moved', { bytes: blob }]]),
			intercept: ({ url, headers }, response) => {
				if (url !== '/v2/' && headers.authorization === undefined) {
					response.setHeader('WWW-Authenticate', 'Basic realm="here"');
					fail(response, 401, 'UNAUTHORIZED', 'authentication required');
				} else if (url?.endsWith(large)) response.writeHead(302, { Location: '/v2/moved' }).end();
				else return false;
				return true;
			},
		});
		await loadFrom(server, { access });
		const moved = server.requests.find(({ line }) => line.endsWith('/v2/moved'));
		t.assert.equal(moved?.headers.authorization, 'Basic dXNlcjpzZWNyZXQ=');
	});

	test('does not give the password to a host that asks for it', async (t) => {
		const other = await startServer(t, (_request, response) => {
			response.setHeader('WWW-Authenticate', 'Basic realm="there"');
			fail(response, 401, 'UNAUTHORIZED', 'who are you');
		});
		const server = await startLeading(t, () => `http://${other.address}/there`);
		t.assert.match(await failureOf(server, { access }), /^denied: /);
		t.assert.equal(
			other.requests.some(({ headers }) => headers.authorization !== undefined),
			false,
		);
	});

	test('is taken again by way of the registry when the connection breaks', async (t) => {
		let breaks = 0;
		const other = await startServer(t, (request, response) => {
			breaks += 1;
			if (breaks === 1) breakAfter(response, blob, 100_000);
			else serve(request, response, { bytes: blob });
		});
		const server = await startLeading(t, () => `http://${other.address}/there`);
		await loadFrom(server, { access });
		t.assert.deepEqual(
			other.requests.map(({ headers }) => headers.range),
			[undefined, 'bytes=100000-'],
		);
		t.assert.equal(server.requests.filter(({ line }) => line.endsWith(large)).length, 2);
	});

	test('to a host that is not there names that host', async (t) => {
		const server = await startLeading(t, () => 'http://127.0.0.1:1/there');
		t.assert.match(
			await failureOf(server, { access }),
			/^unavailable: 127\.0\.0\.1:1, to which REGISTRY redirects: the connection was refused \(layer 1 of REGISTRY\/app:1\)\./,
		);
	});

	test('that leads in a circle ends', async (t) => {
		const server = await startLeading(t, (path) => path);
		t.assert.match(
			await failureOf(server, { access }),
			/^unavailable: REGISTRY: it redirects more than 5 times\./,
		);
	});

	test('to something that is no web address is not followed', async (t) => {
		const server = await startLeading(t, () => 'file:///etc/passwd');
		t.assert.match(
			await failureOf(server, { access }),
			/^unavailable: REGISTRY: it redirects to an address that is not HTTP \(file:\)\./,
		);
	});
});
