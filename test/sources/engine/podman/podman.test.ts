import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { podmanArchive } from '../../../support/archives/write-archive.ts';
import { essenceOf } from '../../../support/essence.ts';
import { loadImage } from '../../../support/load-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { classicImage, diffIds, engineImage } from '../support/engine-content.ts';
import { type Behaviour, fakeEngine } from '../support/fake-engine.ts';
import { failureOf, failureWith, hostWith, loadFrom } from '../support/load-from-engine.ts';
import { toldByEngine } from '../support/told-by-engine.ts';
import { withProgram } from '../support/with-program.ts';

const manifestDigest = `sha256:${'b'.repeat(64)}`;

/** What Podman's inspect call says about the image. */
const inspect = {
	Id: String(classicImage().inspect.Id).slice('sha256:'.length),
	Digest: manifestDigest,
	RepoTags: ['localhost/app:1'],
	Os: 'linux',
	Architecture: 'amd64',
	Config: {},
	RootFS: { Layers: diffIds },
	History: [{ created_by: 'step 1' }, { created_by: 'step 2' }],
};
const archive = podmanArchive([engineImage]);

const podman: Behaviour = {
	...{ name: 'app:1', inspect, archive },
	answer: (request, response) => {
		if (request.url !== '/_ping') return false;
		response.setHeader('Api-Version', '1.41');
		response.setHeader('Libpod-Api-Version', '4.3.1');
		response.setHeader('Server', 'Libpod/4.3.1 (linux)');
		response.end('OK');
		return true;
	},
};

suite('an image of Podman', () => {
	for (const variable of ['CONTAINER_HOST', 'DOCKER_HOST']) {
		test(`is read through Podman's own API, whichever variable leads to it: ${variable}`, async (t) => {
			const engine = await fakeEngine(t, podman);
			const host = hostWith({ [variable]: engine.address });
			const source = variable === 'DOCKER_HOST' ? 'docker' : 'podman';
			const { image } = await loadImage(`${source}:app:1`, { host });
			deepEqual(engine.paths, [
				'/_ping',
				'/v4.3.1/libpod/images/app%3A1/json',
				'/v4.3.1/libpod/images/app%3A1/get?format=docker-archive',
			]);
			equal(image.sourceKind, 'podman-engine');
			equal(image.foundIn, `Podman 4.3.1 at ${engine.address}`);
			equal(image.description.manifestDigest, manifestDigest);
			deepEqual(image.description.names, ['localhost/app:1']);
		});
	}

	test('is described with its history and the sizes of its layers before it is exported', async (t) => {
		const history = [
			{ CreatedBy: 'step 2', Created: 2, Size: 200 },
			{ CreatedBy: 'step 1', Created: 1, Size: 100 },
		];
		const engine = await fakeEngine(t, {
			...podman,
			stallAfter: 600,
			answer: (request, response) => {
				if (!request.url?.endsWith('/history')) return podman.answer?.(request, response) ?? false;
				response.end(JSON.stringify(history));
				return true;
			},
		});
		const told = await toldByEngine('podman:app:1', hostWith({ CONTAINER_HOST: engine.address }));
		deepEqual(
			told.layers.map(({ createdBy, storedBytes, diffId }) => [createdBy, storedBytes, diffId]),
			[
				['step 1', 100, diffIds[0]],
				['step 2', 200, diffIds[1]],
			],
		);
		equal(told.manifestDigest, manifestDigest);
	});

	test('is described without the sizes of its layers where Podman fails to give its history', async (t) => {
		const engine = await fakeEngine(t, { ...podman, stallAfter: 600 });
		const told = await toldByEngine('podman:app:1', hostWith({ CONTAINER_HOST: engine.address }));
		deepEqual(
			told.layers.map(({ createdBy, storedBytes }) => [createdBy, storedBytes]),
			[
				['step 1', 0],
				['step 2', 0],
			],
		);
	});

	test('gives the same as in Docker Engine', async (t) => {
		const host = hostWith({ CONTAINER_HOST: (await fakeEngine(t, podman)).address });
		const docker = await loadFrom(await fakeEngine(t, classicImage()));
		deepEqual(essenceOf(await loadImage('podman:app:1', { host })), essenceOf(docker));
	});

	test('is not looked for in another kind of engine', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		equal(
			await failureOf(engine, { host: hostWith({ CONTAINER_HOST: engine.address }) }, 'podman:app:1'),
			'unavailable: Docker Engine 20.10.24 at ADDRESS is not Podman. [Use docker:app:1.]',
		);
	});
});

suite('Podman without a socket', () => {
	const environment = (folder: string) => ({ PATH: `${folder}:/usr/bin:/bin`, XDG_RUNTIME_DIR: folder });

	test('exports the image with its program', async (t) => {
		const data = await temporaryFolder(t);
		await writeFile(join(data, 'inspect.json'), JSON.stringify([inspect]));
		await writeFile(join(data, 'image.tar'), archive);
		const folder = await withProgram(t, 'podman', [
			'case "$*" in',
			'--version) echo "podman version 4.3.1" ;;',
			`"image inspect"*) cat ${data}/inspect.json ;;`,
			`"image save"*) cat ${data}/image.tar ;;`,
			'*) exit 125 ;;',
			'esac',
		]);
		const { image } = await loadImage('podman:app:1', { host: hostWith(environment(folder)) });
		equal(image.foundIn, 'Podman 4.3.1 through the podman program');
		const calls = (await readFile(join(folder, 'podman.log'), 'utf8')).trim().split('\n');
		deepEqual(calls, [
			'system connection list --format json',
			'--version',
			'image inspect -- app:1',
			'image save --quiet --format docker-archive -- app:1',
		]);
	});

	test('reports why its program ended an export early', async (t) => {
		const data = await temporaryFolder(t);
		await writeFile(join(data, 'inspect.json'), JSON.stringify([inspect]));
		const folder = await withProgram(t, 'podman', [
			'case "$*" in',
			`"image inspect"*) cat ${data}/inspect.json ;;`,
			'"image save"*) echo "Error: no space left on device" >&2; exit 125 ;;',
			'esac',
		]);
		match(
			await failureWith('podman:app:1', environment(folder)),
			/^truncated: Podman through the podman program: the export of app:1 ended early \(Error: no space left on device\)\./,
		);
	});

	test('has no such image', async (t) => {
		const folder = await withProgram(t, 'podman', [
			'echo "Error: inspecting object: app:1: image not known" >&2',
			'exit 125',
		]);
		equal(
			await failureWith('podman:app:1', environment(folder)),
			'not-found: Podman through the podman program has no image app:1. [Get it with: podman pull app:1]',
		);
	});

	test('and without its program is unavailable', async () => {
		equal(
			await failureWith('podman:app:1', { PATH: '/nowhere', XDG_RUNTIME_DIR: '/nowhere' }),
			'unavailable: Podman does not answer: there is no socket, and the program podman is not installed. [Start the socket with: systemctl --user start podman.socket]',
		);
	});
});
