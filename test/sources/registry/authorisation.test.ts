import { chmod, mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Access } from '../../../source/sources/image-source.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { json } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { contentOf, type FakeServer, fail, startRegistry, startServer } from './fake-registry.ts';
import { failureOf, hostWith, loadFrom } from './load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')], [file('b', 'two')]] });
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
const access = (username: string | null, password: string | null): Access => ({
	username,
	password,
	insecure: false,
	namespace: null,
});

/** A registry that wants a name and a password. */
function startWithPassword(t: TestContext, pair: string): Promise<FakeServer> {
	return startRegistry(t, {
		content,
		intercept: ({ headers, url }, response) => {
			if (url === '/v2/' || headers.authorization === basic(pair)) return false;
			response.setHeader('WWW-Authenticate', 'Basic realm="registry"');
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			return true;
		},
	});
}

interface TokenServer {
	readonly server: FakeServer;
	/** What comes with each request for a token. */
	readonly asked: readonly {
		readonly url: URL;
		readonly body: string;
		readonly authorization: string | undefined;
	}[];
}

/** A server that gives out `token-1`, `token-2` and so on to whoever has this password, or to everybody. */
async function startTokens(t: TestContext, pair: string | null): Promise<TokenServer> {
	const asked: TokenServer['asked'][number][] = [];
	const server = await startServer(t, async (request, response) => {
		const body = await textOf(request);
		const { authorization } = request.headers;
		asked.push({ url: new URL(request.url ?? '', 'http://token'), body, authorization });
		if (pair !== null && authorization !== basic(pair) && !body.includes('refresh_token=identity')) {
			response.writeHead(401, { 'Content-Type': 'application/json' });
			response.end(json({ details: 'incorrect username or password' }));
		} else response.end(json({ token: `token-${asked.length}`, expires_in: 60 }));
	});
	return { server, asked };
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const piece of request) text += piece;
	return text;
}

/** A registry that sends one to a token server, and takes each token so many times. */
function startWithTokens(
	t: TestContext,
	tokens: TokenServer,
	uses = Number.POSITIVE_INFINITY,
): Promise<FakeServer> {
	const used = new Map<string, number>();
	return startRegistry(t, {
		content,
		intercept: ({ headers, url }, response) => {
			if (url === '/v2/') return false;
			const token = headers.authorization ?? '';
			used.set(token, (used.get(token) ?? 0) + 1);
			if (/^Bearer token-\d+$/.test(token) && (used.get(token) ?? 0) <= uses) return false;
			const realm = `http://${tokens.server.address}/token?account=x`;
			response.setHeader(
				'WWW-Authenticate',
				`Bearer realm="${realm}",service="the \\"registry\\"",error="invalid_token"`,
			);
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			return true;
		},
	});
}

describe('a registry with tokens', () => {
	test('is asked for a token that lets one pull this image', async (t) => {
		const tokens = await startTokens(t, null);
		const server = await startWithTokens(t, tokens);
		await loadFrom(server, {}, 'team/app:1');
		t.assert.equal(tokens.asked.length, 1);
		const [{ url, authorization }] = tokens.asked;
		t.assert.equal(url.searchParams.get('scope'), 'repository:team/app:pull');
		t.assert.equal(url.searchParams.get('service'), 'the "registry"');
		t.assert.equal(url.searchParams.get('account'), 'x');
		t.assert.equal(authorization, undefined);
	});

	test('gets the password only by way of its token server', async (t) => {
		const tokens = await startTokens(t, 'user:secret');
		const server = await startWithTokens(t, tokens);
		await loadFrom(server, { access: access('user', 'secret') });
		t.assert.equal(tokens.asked[0].authorization, basic('user:secret'));
		t.assert.equal(
			server.requests.some(({ headers }) => headers.authorization?.startsWith('Basic')),
			false,
		);
	});

	test('gets a new token when one has expired in the middle', async (t) => {
		const tokens = await startTokens(t, null);
		const server = await startWithTokens(t, tokens, 2);
		const { image } = await loadFrom(server);
		t.assert.deepEqual(image.diffIdMatches, [true, true]);
		t.assert.equal(tokens.asked.length, 2);
	});

	test('is given up on when no token is ever good', async (t) => {
		const tokens = await startTokens(t, null);
		const server = await startWithTokens(t, tokens, 0);
		t.assert.match(await failureOf(server), /^denied: REGISTRY: the manifest of .* requires a login/);
	});

	test('says so when the token server refuses the password, and does not say the password', async (t) => {
		const tokens = await startTokens(t, 'user:secret');
		const server = await startWithTokens(t, tokens);
		const failure = await failureOf(server, { access: access('user', 'wrong-password') });
		t.assert.match(failure, /^denied: .* it denies this user a token \(incorrect username or password\)\./);
		t.assert.doesNotMatch(failure, /wrong-password/);
	});

	test('asks the token server again when that is busy', async (t) => {
		let refusals = 0;
		const tokens = await startServer(t, (_request, response) => {
			refusals += 1;
			if (refusals === 1) response.writeHead(503, { 'Retry-After': '0' }).end();
			else response.end(json({ access_token: 'token-1' }));
		});
		const server = await startWithTokens(t, { server: tokens, asked: [] });
		await loadFrom(server);
		t.assert.equal(tokens.requests.length, 2);
	});

	test('takes an identity token in exchange', async (t) => {
		const tokens = await startTokens(t, 'nobody:nothing');
		const server = await startWithTokens(t, tokens);
		const folder = await temporaryFolder(t);
		await writeFile(
			join(folder, 'config.json'),
			json({ auths: { [server.address]: { identitytoken: 'identity' } } }),
		);
		await loadFrom(server, { host: hostWith({ DOCKER_CONFIG: folder }) });
		const form = new URLSearchParams(tokens.asked[0].body);
		t.assert.equal(form.get('grant_type'), 'refresh_token');
		t.assert.equal(form.get('scope'), 'repository:app:pull');
	});

	test('does not get a password sent without encryption to another host', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				response.setHeader('WWW-Authenticate', 'Bearer realm="http://tokens.invalid/token"');
				fail(response, 401, 'UNAUTHORIZED', 'authentication required');
				return true;
			},
		});
		t.assert.match(
			await failureOf(server, { access: access('user', 'secret') }),
			/^denied: REGISTRY: it wants the password sent to tokens\.invalid without encryption/,
		);
	});

	test('that names no token server is said to', async (t) => {
		const server = await startRegistry(t, {
			content,
			intercept: ({ url }, response) => {
				if (url === '/v2/') return false;
				response.setHeader('WWW-Authenticate', 'Bearer realm="javascript:0"');
				fail(response, 401, 'UNAUTHORIZED', 'authentication required');
				return true;
			},
		});
		t.assert.match(await failureOf(server), /^unavailable: REGISTRY: it names no usable token server/);
	});
});

describe('a registry with passwords', () => {
	test('opens with the name and the password of this run', async (t) => {
		const server = await startWithPassword(t, 'user:se:cret');
		await loadFrom(server, { access: access('user', 'se:cret') });
		t.assert.equal(server.requests.at(-1)?.headers.authorization, basic('user:se:cret'));
	});

	test('is not shown anything before it asks', async (t) => {
		const server = await startWithPassword(t, 'user:secret');
		await loadFrom(server, { access: access('user', 'secret') });
		t.assert.equal(server.requests[0].headers.authorization, undefined);
	});

	test('is asked twice and no more with a wrong password, of which no error tells', async (t) => {
		const server = await startWithPassword(t, 'user:secret');
		const failure = await failureOf(server, { access: access('user', 'wrong-password') });
		t.assert.match(
			failure,
			/^denied: REGISTRY: it denies this user the manifest of REGISTRY\/app:1 \(authentication required\)\./,
		);
		t.assert.doesNotMatch(failure, /wrong-password/);
		t.assert.equal(server.requests.filter(({ line }) => line.includes('manifests')).length, 2);
	});

	test('tells how to get in when there is no password at all', async (t) => {
		const server = await startWithPassword(t, 'user:secret');
		t.assert.equal(
			await failureOf(server),
			'denied: REGISTRY: the manifest of REGISTRY/app:1 requires a login, or does not exist (authentication required). [Check the name; log in with docker login or podman login, or use --username and --password-stdin.]',
		);
	});

	const files: Readonly<
		Record<string, (folder: string) => readonly [path: string, Readonly<Record<string, string>>]>
	> = {
		$DOCKER_CONFIG: (folder) => [join(folder, 'config.json'), { DOCKER_CONFIG: folder }],
		'~/.docker': (folder) => [join(folder, '.docker', 'config.json'), {}],
		$REGISTRY_AUTH_FILE: (folder) => [join(folder, 'any'), { REGISTRY_AUTH_FILE: join(folder, 'any') }],
		$XDG_RUNTIME_DIR: (folder) => [
			join(folder, 'run', 'containers', 'auth.json'),
			{ XDG_RUNTIME_DIR: join(folder, 'run') },
		],
		'~/.config/containers': (folder) => [join(folder, '.config', 'containers', 'auth.json'), {}],
	};
	for (const [where, place] of Object.entries(files)) {
		test(`opens with what ${where} says`, async (t) => {
			const server = await startWithPassword(t, 'user:secret');
			const folder = await temporaryFolder(t);
			const [path, environment] = place(folder);
			await mkdir(join(path, '..'), { recursive: true });
			const auth = Buffer.from('user:secret').toString('base64');
			await writeFile(path, json({ auths: { [server.address]: { auth } } }));
			await loadFrom(server, { host: hostWith(environment, folder) });
		});
	}
});

describe('a credential helper', () => {
	/** A helper that answers for one registry. */
	async function writeHelper(folder: string, script: string): Promise<Readonly<Record<string, string>>> {
		const path = join(folder, 'docker-credential-test');
		await writeFile(path, `#!/bin/sh\n${script}\n`);
		await chmod(path, 0o755);
		return { PATH: `${folder}:/usr/bin:/bin`, DOCKER_CONFIG: folder };
	}

	const ways = {
		credsStore: () => ({ credsStore: 'test' }),
		credHelpers: (address: string) => ({ credsStore: 'other', credHelpers: { [address]: 'test' } }),
	};
	for (const [way, config] of Object.entries(ways)) {
		test(`is asked when ${way} names it, by its standard input`, async (t) => {
			const server = await startWithPassword(t, 'user:secret');
			const folder = await temporaryFolder(t);
			const environment = await writeHelper(
				folder,
				`test "$1" = get && test "$(cat)" = "${server.address}" && echo '{"Username":"user","Secret":"secret"}'`,
			);
			await writeFile(join(folder, 'config.json'), json(config(server.address)));
			await loadFrom(server, { host: hostWith(environment) });
		});
	}

	test('that has no answer leaves the word to the file', async (t) => {
		const server = await startWithPassword(t, 'user:secret');
		const folder = await temporaryFolder(t);
		const environment = await writeHelper(folder, 'echo "credentials not found in native keychain"; exit 1');
		const auth = Buffer.from('user:secret').toString('base64');
		await writeFile(
			join(folder, 'config.json'),
			json({ credsStore: 'test', auths: { [server.address]: { auth } } }),
		);
		await loadFrom(server, { host: hostWith(environment) });
	});

	test('that is not there is told of only where it is missed, and its words are not', async (t) => {
		const open = await startRegistry(t, { content });
		const closed = await startWithPassword(t, 'user:secret');
		const folder = await temporaryFolder(t);
		const environment = await writeHelper(folder, 'echo "top secret"; exit 3');
		await writeFile(join(folder, 'config.json'), json({ credsStore: 'test' }));
		const host = hostWith(environment);
		await loadFrom(open, { host });
		const failure = await failureOf(closed, { host });
		t.assert.match(failure, /^denied: .* \(docker-credential-test failed with exit code 3\)\.\]$/);
		t.assert.doesNotMatch(failure, /top secret/);
	});

	test('whose name is a path is not started', async (t) => {
		const server = await startWithPassword(t, 'user:secret');
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'config.json'), json({ credsStore: '../../bin/sh' }));
		const failure = await failureOf(server, { host: hostWith({ DOCKER_CONFIG: folder }) });
		t.assert.match(failure, /the name of the credential helper is invalid/);
	});
});
