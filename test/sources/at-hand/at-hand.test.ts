import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { recentImages, rememberImage } from '../../../source/commands/home/recent-images.ts';
import { parseListedSize } from '../../../source/sources/at-hand/containerd-images.ts';
import { parseEngineImages } from '../../../source/sources/at-hand/engine-images.ts';
import { folderImages } from '../../../source/sources/at-hand/folder-images.ts';
import type { Host } from '../../../source/sources/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const never = new AbortController().signal;

describe('images in the folder', () => {
	test('are archives and layouts, known by what is in them', async (t) => {
		const folder = await temporaryFolder(t);
		const tar = await readFile('sample/image.tar');
		await writeFile(join(folder, 'image'), tar);
		await writeFile(join(folder, 'packed.tar.gz'), gzipSync(tar.subarray(0, 100_000)));
		await writeFile(join(folder, 'notes.tar'), 'x'.repeat(2000));
		await writeFile(join(folder, 'log.gz'), gzipSync(Buffer.from('x'.repeat(90_000))));
		await mkdir(join(folder, 'layout'));
		await writeFile(join(folder, 'layout', 'oci-layout'), '{}');
		await mkdir(join(folder, 'other'));
		const found = await folderImages(folder, never);
		t.assert.deepEqual(found.map(({ reference }) => reference).sort(), [
			'./image',
			'./layout',
			'./packed.tar.gz',
		]);
		t.assert.equal(found.find(({ name }) => name === 'image')?.bytes, tar.length);
		t.assert.deepEqual(await folderImages(join(folder, 'nowhere'), never), []);
	});
});

describe('images of an engine', () => {
	test('come with each of their names, and without a name by their ID', (t) => {
		const id = `sha256:${'ab'.repeat(32)}`;
		const images = parseEngineImages(
			[
				{ Id: id, RepoTags: ['app:1', 'app:2'], Size: 5, Created: 7 },
				{ Id: id, RepoTags: null, Size: -1, Created: 'now' },
				{ Id: 'x', RepoTags: ['<none>:<none>'] },
				7,
			],
			'docker',
		);
		t.assert.deepEqual(
			images.map(({ reference, bytes, seconds }) => [reference, bytes, seconds]),
			[
				['docker:app:1', 5, 7],
				['docker:app:2', 5, 7],
				[`docker:${id}`, null, null],
			],
		);
		t.assert.deepEqual(parseEngineImages({ message: 'no' }, 'podman'), []);
	});
});

describe('images of containerd', () => {
	test('have the size that ctr lists', (t) => {
		const sizes = ['0.0 B', '512 B', '2.5 KiB', '2.0 MiB', '1.5 GiB', '- ', 'many MiB', '1e9 B'];
		t.assert.deepEqual(sizes.map(parseListedSize), [
			0,
			512,
			2560,
			2_097_152,
			1_610_612_736,
			null,
			null,
			null,
		]);
	});
});

describe('images opened last', () => {
	test('are remembered by name, the latest first, 50 at most', async (t) => {
		const folder = await temporaryFolder(t);
		const host = hostIn(folder);
		await writeFile(join(folder, 'app.tar'), '');
		for (let number = 0; number < 60; number++) rememberImage({ reference: `app:${number}` }, host, number);
		rememberImage({ reference: 'app.tar' }, host, 100);
		rememberImage({ reference: 'app:30' }, host, 101);
		const images = recentImages(host);
		t.assert.equal(images.length, 50);
		t.assert.deepEqual(
			images.slice(0, 3).map(({ reference }) => reference),
			['app:30', join(folder, 'app.tar'), 'app:59'],
		);
	});

	test('keep which image of a place it was', async (t) => {
		const host = hostIn(await temporaryFolder(t));
		const arm = { reference: 'app:1', pick: { imageName: null, platform: 'linux/arm64' } };
		rememberImage({ reference: 'app:1' }, host, 1);
		rememberImage(arm, host, 2);
		rememberImage(arm, host, 3);
		rememberImage({ reference: 'all.tar', pick: { imageName: 'b:2', platform: null } }, host, 4);
		t.assert.deepEqual(
			recentImages(host).map(({ name, pick }) => [name, pick]),
			[
				['all.tar (b:2)', { imageName: 'b:2', platform: null }],
				['app:1 (linux/arm64)', arm.pick],
				['app:1', undefined],
			],
		);
	});

	test('are none where the file is damaged, or nothing can be written', async (t) => {
		const folder = await temporaryFolder(t);
		const host = hostIn(folder);
		rememberImage({ reference: 'app:1' }, host, 1);
		const path = join(folder, 'state', 'fathom', 'recent.json');
		for (const text of ['{"images":[', '{"images":[{"reference":7},null,{"reference":""}]}', '[]']) {
			await writeFile(path, text);
			t.assert.deepEqual(recentImages(host), []);
		}
		rememberImage({ reference: 'app:2' }, host, 2);
		t.assert.equal(recentImages(host).length, 1);
		await writeFile(join(folder, 'file'), '');
		const blocked = { ...host, environment: { XDG_STATE_HOME: join(folder, 'file') } };
		rememberImage({ reference: 'app:3' }, blocked, 3);
		t.assert.deepEqual(recentImages(blocked), []);
	});
});

function hostIn(folder: string): Host {
	return {
		environment: { XDG_STATE_HOME: join(folder, 'state') },
		homeFolder: folder,
		currentFolder: folder,
		system: 'linux',
		userId: null,
	};
}
