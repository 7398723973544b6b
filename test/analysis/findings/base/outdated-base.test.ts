import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findOutdatedBase } from '../../../../source/analysis/findings/base/find-outdated-base.ts';
import { findWaste } from '../../../../source/analysis/findings/waste/find-waste.ts';
import { workOutPackages } from '../../../../source/analysis/packages/packages.ts';
import type { BaseImage } from '../../../../source/image/image.ts';
import { finish } from '../../../../source/steps.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import { fromFile } from '../../../support/load-layers.ts';

const newer = { digest: `sha256:${'b'.repeat(64)}`, foundIn: 'a registry' };

function image(name: string, layerCount: number, now: BaseImage['newer'] = null): BaseImage {
	return { image: name, digest: null, layerCount, saidBy: 'annotation', foundIn: 'a registry', newer: now };
}

function status(version: string) {
	return `Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nDescription: x\n\n`;
}

const list = '/usr\n/usr/lib\n/usr/lib/libz.so\n/usr/lib/libz.pc\n';
/** The same in both versions, and shipped with each. */
const settings = file('usr/lib/libz.pc', 'same'.repeat(500));
const layers = [
	[
		file('var/lib/dpkg/status', status('1.0')),
		file('var/lib/dpkg/info/zlib1g.list', list),
		file('usr/lib/libz.so', 'old'.repeat(1000)),
		settings,
	],
	[file('var/lib/dpkg/status', status('2.0')), file('usr/lib/libz.so', 'newer'.repeat(1000)), settings],
	[file('app', 'x')],
];

async function found(images: readonly BaseImage[], withPackages = true) {
	let result = { outdated: [] as readonly (readonly string[])[], waste: [] as readonly string[] };
	await fromFile(dockerArchive([{ layers }]), {}, async ({ tree, image: read, recorded, facts }) => {
		const packages = withPackages
			? finish(workOutPackages(tree, (await facts.ask(['packages'])).packages))
			: null;
		const base = { layerCount: 1, origin: 'annotation', images } as const;
		const described = { description: read.description, recorded };
		const input = { tree, ...described, base, packages, executables: null };
		result = {
			outdated: finish(findOutdatedBase(input)).map(({ title, advice }) => [title, advice.text]),
			waste: finish(findWaste(input)).map(({ code, title }) => `${code}: ${title}`),
		};
	});
	return result;
}

describe('a base whose name is another image now', () => {
	test('is a hint that names the packages which were upgraded over it, as their waste does', async () => {
		const { outdated, waste } = await found([image('debian:12', 1, newer)]);
		assert.deepEqual(outdated, [
			[
				'debian:12, the base, is another image now (sha256:bbbbbbbbbbbb)',
				'Rebuild on it: docker build --pull fetches it. Packages of the base that are upgraded here may be in it already, so that nothing ships it a second time: zlib1g is shipped twice now.',
			],
		]);
		assert.equal(
			waste[1],
			'package-upgraded: layer 2 ships packages again that the base has in layer 1: 5 kB (zlib1g)',
		);
		assert.doesNotMatch(waste.join('\n'), /copied-again/);
	});

	test('may be the base of the base', async () => {
		const { outdated } = await found([image('python:3', 1), image('debian:12', 1, newer)], false);
		assert.deepEqual(outdated, [
			[
				'debian:12, which python:3 is built on, is another image now (sha256:bbbbbbbbbbbb)',
				'Rebuild once there is a newer python:3, or build on the newer debian:12 yourself.',
			],
		]);
	});

	test('is not claimed where it is the same', async () => {
		assert.deepEqual((await found([image('debian:12', 1)], false)).outdated, []);
		assert.deepEqual((await found([], false)).outdated, []);
	});
});
