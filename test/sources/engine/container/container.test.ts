import { deepEqual, equal, match } from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ImageSession } from '../../../../source/session/image-session.ts';
import { directory, file, hardLink, symlink, type TarEntry } from '../../../support/archives/tar-entry.ts';
import { layerTar } from '../../../support/archives/write-archive.ts';
import { jsonReportOf } from '../../../support/report.ts';
import { contentOf } from '../support/content-of.ts';
import { classicImage } from '../support/engine-content.ts';
import { containerId, untouched, withContainer } from '../support/fake-container.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { failureOf, hostWith, loadFrom } from '../support/load-from-engine.ts';

const podmanServer = { server: 'Libpod/4.3.1 (linux)' };

/** Without a Podman on this machine, whatever it has. */
function open(engine: FakeEngine, name = 'container:web'): Promise<ImageSession> {
	return loadFrom(engine, {}, name);
}

function written(entries: readonly TarEntry[], without: readonly string[] = []): Uint8Array {
	const names = [...without, ...entries.map(({ name }) => String(name))];
	return layerTar([...untouched.filter(({ name }) => !names.includes(String(name))), ...entries]);
}

async function topChanges(session: ImageSession): Promise<unknown> {
	const { layers } = await jsonReportOf(session);
	return layers.at(-1)?.changes.map(({ path, kind }) => `${kind} ${path}`);
}

suite('a container', () => {
	test('is its image with what it wrote on top', async (t) => {
		const tar = written([file('etc/motd', 'hi'), file('data', 'data'), hardLink('same', 'data')], ['large']);
		const engine = await fakeEngine(t, withContainer({ name: 'web', tar }));
		const session = await open(engine);
		deepEqual(await topChanges(session), ['added data', 'content etc/motd', 'removed large', 'added same']);
		const { description, sourceKind, foundIn, diffIdMatches } = session.image;
		const { instruction, created, digest, diffId } = description.layers[2];
		deepEqual(
			{ instruction, created, digest, diffId, sourceKind, diffIdMatches },
			{
				instruction: 'container web',
				created: '2024-05-06T07:08:09Z',
				digest: null,
				diffId: null,
				sourceKind: 'container',
				diffIdMatches: [true, true, null],
			},
		);
		equal(foundIn, `Docker Engine 20.10.24 at ${engine.address}`);
		await session.close();
	});

	test('gets nothing but GET requests, and none that makes anything', async (t) => {
		const methods: (string | undefined)[] = [];
		const { answer, ...rest } = withContainer({ name: 'web' });
		const engine = await fakeEngine(t, {
			...rest,
			answer: (request, response) => {
				methods.push(request.method);
				return answer(request, response);
			},
		});
		await (await open(engine)).close();
		deepEqual(new Set(methods), new Set(['GET']));
		const { Id } = classicImage().inspect;
		deepEqual(
			engine.paths.map((path) =>
				decodeURIComponent(path).replace(String(Id), 'IMAGE').replace(containerId, 'ID'),
			),
			[
				'/_ping',
				'/v1.41/containers/web/json',
				'/v1.41/images/IMAGE/json',
				'/v1.41/containers/ID/export',
				'/v1.41/images/IMAGE/json',
				'/v1.41/images/IMAGE/get',
			],
		);
	});

	for (const name of [
		'container:docker:web',
		'container:/web',
		'container://web',
		`container:${containerId}`,
	])
		test(`is named ${name} as well`, async (t) => {
			const session = await open(await fakeEngine(t, withContainer({ name: 'web' })), name);
			deepEqual(await topChanges(session), []);
			await session.close();
		});

	for (const name of ['container:web', 'container:docker:web'])
		test(`is named ${name} as well where the source is its engine`, async (t) => {
			const engine = await fakeEngine(t, withContainer({ name: 'web' }));
			const session = await loadFrom(engine, { source: 'docker' }, name);
			deepEqual(await topChanges(session), []);
			await session.close();
		});

	test('has no files of the engine and of mounts, and says so', async (t) => {
		const inspect = {
			State: { Running: true },
			Mounts: [{ Destination: '/var/run/app.sock' }, { Destination: '/data' }, { Type: 'volume' }],
			HostConfig: { Tmpfs: { '/mnt/memory': '' } },
		};
		const tar = written([
			directory('data/'),
			directory('mnt/'),
			directory('mnt/memory/'),
			directory('run/'),
			file('run/app.sock'),
			file('run/app.pid', '1'),
			directory('var/'),
			symlink('var/run', '../run'),
		]);
		const session = await open(await fakeEngine(t, withContainer({ name: 'web', inspect, tar })));
		deepEqual(await topChanges(session), ['added run', 'added run/app.pid', 'added var', 'added var/run']);
		deepEqual(
			session.image.notices.map(({ message }) => message),
			[
				'Layer 3 is what container web wrote on top of app:1.',
				'The container is running: a file that it writes while it is read may be shown as it never was.',
				'7 paths that the engine makes are left out: /.dockerenv, /dev, /dev/console, /etc/hosts and 3 more.',
				'3 volumes and mounts are left out, with 4 paths of the container: /data, /mnt/memory, /var/run/app.sock.',
			],
		);
		await session.close();
	});

	test('has a file that the engine gives only with all others, as its name is no text', async (t) => {
		const tar = written([file(Buffer.from('bad\xff', 'latin1'), 'x')]);
		const session = await open(await fakeEngine(t, withContainer({ name: 'web', tar })));
		await t.assert.rejects(contentOf(session, 3, 'bad\\xFF'), {
			code: 'unsupported',
			message:
				/: \/bad\\xFF in container web has a name that is not UTF-8, under which the engine gives no file\.$/,
		});
		await session.close();
	});

	test('has files that are named like whiteouts', async (t) => {
		const files = { '/.wh.large': file('.wh.large', 'text') };
		const tar = written([file('.wh.large', 'text'), file('etc/.wh..wh..opq'), file('etc/.wh.')]);
		const session = await open(await fakeEngine(t, withContainer({ name: 'web', tar, files })));
		deepEqual(await topChanges(session), ['added .wh.large', 'added etc/.wh.', 'added etc/.wh..wh..opq']);
		equal(await contentOf(session, 3, '.wh.large'), 'text');
		await session.close();
	});

	test('shows the content of its files, and says when they have changed since', async (t) => {
		const files: Record<string, TarEntry> = {
			'/etc/motd': file('motd', 'hi'),
			'/log': file('log', 'more than before'),
		};
		const tar = written([file('etc/motd', 'hi'), file('log', 'before'), file('gone', 'gone')]);
		const session = await open(await fakeEngine(t, withContainer({ name: 'web', tar, files })));
		equal(await contentOf(session, 3, 'etc/motd'), 'hi');
		equal(await contentOf(session, 2, 'etc/motd'), 'hullo');
		for (const path of ['log', 'gone'])
			await t.assert.rejects(contentOf(session, 3, path), {
				code: 'missing',
				message: /: \/(?:log|gone) in container web is not what it was when the container was read\.$/,
			});
		await session.close();
	});

	test('is found in Podman by its own calls', async (t) => {
		const { answer, ...rest } = withContainer({ name: 'web', tar: written([file('data', 'data')]) });
		const image = {
			Id: String(rest.inspect.Id).replace('sha256:', ''),
			RepoTags: ['localhost/app:1'],
			RootFS: rest.inspect.RootFS,
		};
		const engine = await fakeEngine(t, {
			...rest,
			...podmanServer,
			answer: (request, response) => {
				const path = decodeURIComponent(request.url ?? '');
				response.setHeader('Libpod-API-Version', '4.3.1');
				if (/\/libpod\/images\/.*\/json$/.test(path)) response.end(JSON.stringify(image));
				else if (path.includes('/libpod/images/')) response.end(rest.archive);
				else return answer(request, response);
				return true;
			},
		});
		const session = await open(engine);
		deepEqual(await topChanges(session), ['added data']);
		deepEqual(
			engine.paths.slice(1, 4).map((path) => path.replace(/[0-9a-f]{60,}/, 'ID')),
			[
				'/v4.3.1/libpod/containers/web/json',
				'/v4.3.1/libpod/images/sha256%3AID/json',
				'/v4.3.1/libpod/containers/ID/export',
			],
		);
		await session.close();
	});
});

suite('a container that cannot be opened', () => {
	test('is not there', async (t) => {
		const engine = await fakeEngine(t, withContainer({ name: 'web-1' }));
		equal(
			await failureOf(engine, {}, 'container:docker:web'),
			'not-found: Docker Engine 20.10.24 at ADDRESS has no container web. [It has web-1.]',
		);
	});

	test('is an image', async (t) => {
		const engine = await fakeEngine(t, withContainer({ name: 'web' }));
		equal(
			await failureOf(engine, {}, 'container:docker:app'),
			'not-found: Docker Engine 20.10.24 at ADDRESS has no container app. [If you mean an image, it has app:1.]',
		);
		match(
			await failureOf(engine, {}, 'container:app:1'),
			/^usage: "app:1" is not a valid container name\. \[If you mean the image, leave "container:" out: fathom app:1\]$/,
		);
	});

	for (const [name, engineName] of [
		['container:docker:', 'docker'],
		['container:podman:', 'podman'],
		['container:docker:/', 'docker'],
	])
		test(`is named by nothing but its engine: ${name}`, async (t) => {
			const engine = await fakeEngine(t, withContainer({ name: 'web' }));
			equal(
				await failureOf(engine, {}, name),
				`usage: container:${engineName}: is not followed by the name of a container. [container:${engineName}:NAME. List the containers with: ${engineName} ps --all]`,
			);
		});

	for (const [state, why, hint] of [
		['dead', 'it is dead: its removal has failed', 'Remove it again: docker rm --force web'],
		['removing', 'it is being removed', 'List the containers with: docker ps --all'],
	])
		test(`is ${state}`, async (t) => {
			const message = `You cannot export container ${containerId} which is ${state}`;
			const { answer, ...rest } = withContainer({ name: 'web', inspect: { State: { Status: state } } });
			const engine = await fakeEngine(t, {
				...rest,
				answer: (request, response) => {
					if (!request.url?.endsWith('/export')) return answer(request, response);
					response.statusCode = 409;
					response.end(JSON.stringify({ message }));
					return true;
				},
			});
			equal(
				await failureOf(engine, {}, 'container:docker:web'),
				`unreadable: Docker Engine 20.10.24 at ADDRESS: container web cannot be read, because ${why}. [${hint}]`,
			);
		});

	test('is in the other engine', async (t) => {
		const engine = await fakeEngine(t, withContainer({ name: 'web' }));
		const { answer, ...rest } = withContainer({ name: 'other' });
		const podman = await fakeEngine(t, {
			...rest,
			...podmanServer,
			answer: (request, response) => {
				response.setHeader('Libpod-API-Version', '4.3.1');
				return answer(request, response);
			},
		});
		const host = hostWith({ DOCKER_HOST: engine.address, CONTAINER_HOST: podman.address });
		match(
			await failureOf(engine, { host }, 'container:podman:web'),
			/^not-found: Podman .* has no container web\. \[Docker Engine 20\.10\.24 at ADDRESS has a container of that name: fathom container:docker:web\]$/,
		);
		equal(
			await failureOf(engine, { host, source: 'podman' }, 'container:docker:web'),
			'usage: --source podman: container:docker:web is in docker, not in podman. [Leave --source out.]',
		);
	});

	for (const name of ['../../images', '--help', 'a b', 'web%2f'])
		test(`gets no request for an invalid name: ${name}`, async (t) => {
			const engine = await fakeEngine(t, withContainer({ name: 'web' }));
			match(await failureOf(engine, {}, `container:${name}`), /^usage: ".*" is not a valid container name\./);
			deepEqual(engine.paths, []);
		});

	test('was made from an image that is gone', async (t) => {
		const inspect = { Image: `sha256:${'0'.repeat(64)}`, Config: { Image: 'gone:1' } };
		const engine = await fakeEngine(t, withContainer({ name: 'web', inspect }));
		equal(
			await failureOf(engine, {}, 'container:docker:web'),
			`not-found: Docker Engine 20.10.24 at ADDRESS: container web was made from image sha256:${'0'.repeat(64)} (then called gone:1), which is gone. [Bring that image back with docker pull or docker load, or name it where it still is: fathom container:web --over IMAGE. The tag may be that of another image now.]`,
		);
		const session = await loadFrom(engine, { over: 'docker:app:1' }, 'container:docker:web');
		deepEqual(await topChanges(session), []);
		equal(
			session.image.notices[1].message,
			'The container was made from image sha256:000000000000, and app:1 has another ID: what it wrote may be shown wrong.',
		);
		await session.close();
	});

	test('is removed while it is read', async (t) => {
		const engine = await fakeEngine(t, withContainer({ name: 'web', cutAfter: 3000, isRemoved: true }));
		equal(
			await failureOf(engine, {}, 'container:docker:web'),
			'not-found: Docker Engine 20.10.24 at ADDRESS: container web was removed while it was read. [List the containers with: docker ps --all]',
		);
	});

	const whole = layerTar(untouched).length;
	for (const cutAfter of [0, 700, 3000, whole - 1024])
		test(`writes while it is read, so that its export ends after ${cutAfter} of ${whole} bytes`, async (t) => {
			const engine = await fakeEngine(
				t,
				withContainer({ name: 'web', cutAfter, inspect: { State: { Running: true } } }),
			);
			match(
				await failureOf(engine, {}, 'container:docker:web'),
				/^truncated: Docker Engine 20\.10\.24 at ADDRESS: the export of container web is not complete \(.*\); the container may have written files while it was read\. \[Try again, or pause it while it is read: docker pause web\]$/,
			);
		});

	test('writes while it is read, so that its export goes on in the wrong place', async (t) => {
		const tar = Buffer.concat([
			layerTar(untouched).subarray(0, 1024),
			Buffer.alloc(2048, '{"message":"archive/tar: missed writing"}'),
		]);
		const engine = await fakeEngine(t, withContainer({ name: 'web', tar }));
		match(
			await failureOf(engine, {}, 'container:docker:web'),
			/^truncated: .* is not complete \(no valid tar header at byte 1024 .*\); the container may have written files/,
		);
	});

	test('has a name that is an attack on the terminal', async (t) => {
		const inspect = { Name: '/we\u001b[2Jb\n', Image: null };
		const engine = await fakeEngine(t, withContainer({ name: 'web', inspect }));
		match(await failureOf(engine, {}, 'container:docker:web'), /was not made from an image\./);
	});
});
