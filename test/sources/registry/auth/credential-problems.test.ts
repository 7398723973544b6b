import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../../../../source/sources/host.ts';
import type { ReadNote } from '../../../../source/sources/image-source.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { json } from '../../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { contentOf, type FakeServer, fail, startRegistry, startServer } from '../fake-registry.ts';
import { failureOf, hostWith, loadFrom } from '../load-from-registry.ts';

const content = contentOf({ layers: [[file('a', 'one')]] });

/** A registry whose token server lets nobody in without a password, as that of GitHub does. */
async function startClosed(t: TestContext): Promise<{ server: FakeServer; tokens: FakeServer }> {
	const tokens = await startServer(t, ({ headers }, response) => {
		if (headers.authorization !== undefined) response.end(json({ token: 'good' }));
		else fail(response, 403, 'DENIED', 'requested access to the resource is denied');
	});
	const server = await startAsking(t, `http://${tokens.address}/token`);
	return { server, tokens };
}

/** A registry that wants a token. */
function startAsking(t: TestContext, realm: string): Promise<FakeServer> {
	return startRegistry(t, {
		content,
		intercept: ({ url, headers }, response) => {
			if (url === '/v2/' || headers.authorization === 'Bearer good') return false;
			response.setHeader('WWW-Authenticate', `Bearer realm="${realm}"`);
			fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			return true;
		},
	});
}

/** A user with a credential helper, which is a shell script. */
async function userWith(t: TestContext, script: string): Promise<{ host: Host; folder: string }> {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'docker-credential-test');
	await writeFile(path, `#!/bin/sh\n${script}\n`);
	await chmod(path, 0o755);
	await writeFile(join(folder, 'config.json'), json({ credsStore: 'test' }));
	return { host: hostWith({ PATH: `${folder}:/usr/bin:/bin`, DOCKER_CONFIG: folder }), folder };
}

const answer = `echo '{"Username":"user","Secret":"secret"}'`;

describe('where the token server refuses, the hint names', () => {
	const failures: Readonly<Record<string, readonly [script: string, expected: string]>> = {
		'a helper that failed': ['exit 3', 'docker-credential-test failed with exit code 3'],
		'a helper that was ended': ['kill -9 $$', 'docker-credential-test was ended by SIGKILL'],
		'a helper that says nothing sensible': [
			'echo top secret',
			'docker-credential-test returned an unreadable answer',
		],
	};
	for (const [what, [script, expected]] of Object.entries(failures)) {
		test(what, async (t) => {
			const { server, tokens } = await startClosed(t);
			const { host } = await userWith(t, script);
			t.assert.equal(
				(await failureOf(server, { host })).replaceAll(tokens.address, 'TOKENS'),
				`denied: TOKENS, the token server of REGISTRY: a token requires a login, or does not exist (requested access to the resource is denied). [Check the name; log in with docker login or podman login, or use --username and --password-stdin (${expected}).]`,
			);
		});
	}

	test('a helper that is not installed', async (t) => {
		const { server } = await startClosed(t);
		const { host, folder } = await userWith(t, '');
		await writeFile(join(folder, 'config.json'), json({ credsStore: 'gone' }));
		t.assert.match(await failureOf(server, { host }), /\(docker-credential-gone is not installed\)\.\]$/);
	});

	for (const [what, text] of [
		['is cut', '{"auths": {"secret'],
		['is no object', '[]'],
	] as const) {
		test(`a credential file that ${what}, and not what is in it`, async (t) => {
			const { server } = await startClosed(t);
			const { host, folder } = await userWith(t, '');
			await writeFile(join(folder, 'config.json'), text);
			const failure = await failureOf(server, { host });
			t.assert.equal(failure.endsWith(`(${folder}/config.json is not valid JSON).]`), true, failure);
		});
	}
});

test('where the registry says that the image does not exist, the hint names a helper that failed', async (t) => {
	const server = await startRegistry(t, {
		content: new Map(),
		intercept: ({ url, headers }, response) => {
			if (url === '/v2/' || headers.authorization !== undefined) return false;
			const tokens = `http://${headers.host}/token`;
			if (url?.startsWith('/token')) response.end(json({ token: 'good' }));
			else {
				response.setHeader('WWW-Authenticate', `Bearer realm="${tokens}"`);
				fail(response, 401, 'UNAUTHORIZED', 'authentication required');
			}
			return true;
		},
	});
	const { host } = await userWith(t, 'exit 3');
	t.assert.match(
		await failureOf(server, { host }),
		/^not-found: .* \[Check the name and the tag \(docker-credential-test failed with exit code 3\)\.\]$/,
	);
});

describe('a credential file that is broken', () => {
	test('does not matter where the image is public', async (t) => {
		const server = await startRegistry(t, { content });
		const { host, folder } = await userWith(t, '');
		await writeFile(join(folder, 'config.json'), '{');
		await loadFrom(server, { host });
	});

	test('does not matter where another one has the password', async (t) => {
		const { server } = await startClosed(t);
		const { host, folder } = await userWith(t, '');
		await writeFile(join(folder, 'config.json'), '{');
		const auth = Buffer.from('user:secret').toString('base64');
		await mkdir(join(folder, 'containers'));
		await writeFile(join(folder, 'containers', 'auth.json'), json({ auths: { [server.address]: { auth } } }));
		await loadFrom(server, { host: hostWith({ ...host.environment, XDG_RUNTIME_DIR: folder }) });
	});
});

describe('a credential helper that takes long', () => {
	test('is waited for, and that is said', async (t) => {
		const { server } = await startClosed(t);
		const { host } = await userWith(t, `sleep 1.3; ${answer}`);
		const notes: ReadNote[] = [];
		await loadFrom(server, { host, onNote: (note) => notes.push(note) });
		t.assert.deepEqual(
			notes.filter(({ kind }) => kind !== 'detail'),
			[
				{
					kind: 'waiting',
					message: `Waiting for docker-credential-test, which keeps the credentials for ${server.address}.`,
				},
				{ kind: 'resumed' },
			],
		);
	});

	test("ends with the user's interruption, and so does what it has started", async (t) => {
		const { server } = await startClosed(t);
		const { host, folder } = await userWith(t, `sleep 1000 & echo $! > ${'$'}{0%/*}/pid; wait`);
		const controller = new AbortController();
		const onNote = ({ kind }: ReadNote): void => {
			if (kind === 'waiting') controller.abort();
		};
		const failure = await failureOf(server, { host, onNote, signal: controller.signal });
		t.assert.match(failure, /^interrupted: /);
		const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
		await untilGone(pid);
	});
});

/** Resolves when there is no such process; the test fails by its own limit when it stays. */
async function untilGone(pid: number): Promise<void> {
	for (;;) {
		const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
		// A process whose parent has not asked for its exit code is a zombie.
		if (state === null || / [ZX] /.test(state)) return;
		await sleep(20);
	}
}

test('credentials that go to a token server on another host are a detail', async (t) => {
	const { tokens } = await startClosed(t);
	const { host } = await userWith(t, answer);
	const realm = `http://localhost:${tokens.address.split(':')[1]}/token`;
	const server = await startAsking(t, realm);
	const notes: ReadNote[] = [];
	await loadFrom(server, { host, onNote: (note) => notes.push(note) });
	t.assert.deepEqual(
		notes.filter(({ kind }) => kind === 'detail'),
		[
			{
				kind: 'detail',
				message: `The credentials for ${server.address} go to its token server ${new URL(realm).host}.`,
			},
		],
	);
});
