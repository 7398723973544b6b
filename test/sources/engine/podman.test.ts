import { deepEqual, equal, match } from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { FathomError } from '../../../source/errors.ts';
import { essenceOf } from '../../support/essence.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { podmanArchive } from '../../support/write-archive.ts';
import { classicImage, diffIds, engineImage } from './support/engine-content.ts';
import { type Behaviour, fakeEngine } from './support/fake-engine.ts';
import { failureOf, hostWith, loadFrom } from './support/load-from-engine.ts';

const manifestDigest = `sha256:${'b'.repeat(64)}`;

/** What Podman says of the image by its own API. */
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
		test(`is asked for by Podman's own API, wherever it is known from: ${variable}`, async (t) => {
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

	test('says the same as in Docker Engine', async (t) => {
		const host = hostWith({ CONTAINER_HOST: (await fakeEngine(t, podman)).address });
		const docker = await loadFrom(await fakeEngine(t, classicImage()));
		deepEqual(essenceOf(await loadImage('podman:app:1', { host })), essenceOf(docker));
	});

	test('is not looked for in an engine of another kind', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		equal(
			await failureOf(engine, { host: hostWith({ CONTAINER_HOST: engine.address }) }, 'podman:app:1'),
			'unavailable: Docker Engine 20.10.24 at ADDRESS is not Podman. [Write docker:app:1.]',
		);
	});
});

/** A folder with a program in it, which notes how it was called and runs some lines of a shell. */
async function withProgram(t: TestContext, name: string, lines: readonly string[]): Promise<string> {
	const folder = await temporaryFolder(t);
	const path = join(folder, name);
	await writeFile(path, ['#!/bin/sh', `echo "$@" >> "${path}.log"`, ...lines, ''].join('\n'));
	await chmod(path, 0o755);
	return folder;
}

async function failureWith(
	reference: string,
	environment: Readonly<Record<string, string>>,
): Promise<string> {
	try {
		await loadImage(reference, { host: hostWith(environment) });
	} catch (error) {
		if (!(error instanceof FathomError)) throw error;
		return `${error.code}: ${error.message} [${error.hint}]`;
	}
	return 'no failure';
}

suite('Podman without a socket', () => {
	const environment = (folder: string) => ({ PATH: `${folder}:/usr/bin:/bin`, XDG_RUNTIME_DIR: folder });

	test('has its program write the image out', async (t) => {
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
		equal(image.foundIn, 'Podman 4.3.1 by its program');
		const calls = (await readFile(join(folder, 'podman.log'), 'utf8')).trim().split('\n');
		deepEqual(calls, [
			'system connection list --format json',
			'--version',
			'image inspect -- app:1',
			'image save --quiet --format docker-archive -- app:1',
		]);
	});

	test('says in the words of its program why an export breaks off', async (t) => {
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
			/^truncated: Podman by its program: the export of app:1 broke off \(Error: no space left on device\)\./,
		);
	});

	test('has no such image', async (t) => {
		const folder = await withProgram(t, 'podman', [
			'echo "Error: inspecting object: app:1: image not known" >&2',
			'exit 125',
		]);
		equal(
			await failureWith('podman:app:1', environment(folder)),
			'not-found: Podman by its program has no image app:1. [Get it with: podman pull app:1]',
		);
	});

	test('is not there at all', async () => {
		equal(
			await failureWith('podman:app:1', { PATH: '/nowhere', XDG_RUNTIME_DIR: '/nowhere' }),
			'unavailable: Podman does not answer: there is no socket, and the program podman is not installed. [Start its socket with: systemctl --user start podman.socket]',
		);
	});
});

suite('containerd', () => {
	test('has nerdctl write an image out where ctr is not installed', async (t) => {
		const data = await temporaryFolder(t);
		const native = {
			Image: { Name: 'docker.io/library/app:1', Target: { digest: classicImage().inspect.Id } },
			ImageConfig: { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: diffIds } },
		};
		await writeFile(join(data, 'inspect.json'), JSON.stringify([native]));
		await writeFile(join(data, 'image.tar'), classicImage().archive);
		const folder = await withProgram(t, 'nerdctl', [
			'case "$*" in',
			`*inspect*) /bin/cat ${data}/inspect.json ;;`,
			`*save*) /bin/cat ${data}/image.tar ;;`,
			'esac',
		]);
		const host = hostWith({ PATH: folder, CONTAINERD_NAMESPACE: 'k8s.io' });
		const { image } = await loadImage('containerd:app:1', { host });
		equal(image.foundIn, 'containerd by nerdctl, namespace k8s.io');
		deepEqual(image.diffIdMatches, [true, true]);
		deepEqual((await readFile(join(folder, 'nerdctl.log'), 'utf8')).trim().split('\n'), [
			'--namespace k8s.io image inspect --mode=native -- app:1',
			'--namespace k8s.io save -- app:1',
		]);
	});

	test('is not there', async () => {
		equal(
			await failureWith('containerd:app:1', {
				PATH: '/nowhere',
				CONTAINERD_ADDRESS: '/nowhere/containerd.sock',
			}),
			'unavailable: containerd at unix:///nowhere/containerd.sock does not answer: there is no such socket. [Start it, or set CONTAINERD_ADDRESS to its socket.]',
		);
	});

	test('is not asked for a namespace that is an option', async () => {
		equal(
			await failureWith('containerd:app:1', { CONTAINERD_NAMESPACE: '--help' }),
			'usage: "--help" is no namespace of containerd. [See those that there are with: ctr namespaces ls]',
		);
	});
});
