import { describe, test } from 'node:test';
import { file, type TarEntry } from '../support/archives/tar-entry.ts';
import { dockerArchive, ociArchive } from '../support/archives/write-archive.ts';
import type { LoadOptions } from '../support/load-image.ts';
import { fromFile } from '../support/load-layers.ts';

const baseLayers = [[file('os', 'o'.repeat(1000))], [file('runtime', 'r'.repeat(100))]];
const appLayers = [...baseLayers, [file('app', 'a'.repeat(10))], [file('config', 'c')]];

interface BaseCase {
	readonly labels?: Readonly<Record<string, string>>;
	readonly base?: readonly (readonly TarEntry[])[];
	readonly layerCount?: number;
}

/** The base that is found for the app image beside a base image, and how many bytes lie above it. */
async function baseOf({ labels = {}, base = baseLayers, layerCount }: BaseCase) {
	const archive = dockerArchive([
		{ names: ['app:1'], layers: appLayers, config: { config: { Labels: labels } } },
		{ names: ['os:12'], layers: base },
	]);
	const options: LoadOptions = {
		imageName: 'app:1',
		...(layerCount !== undefined && { base: { kind: 'layers', count: layerCount } }),
	};
	const { figures } = await fromFile(archive, options);
	const { images: _images, ...found } = figures.base;
	return { ...found, addedBytes: figures.addedLayers.layerBytes };
}

const named = { 'org.opencontainers.image.base.name': 'os:12' };

describe('where the base ends', () => {
	test('after the first layer, where nobody says anything', async (t) => {
		t.assert.deepEqual(await baseOf({}), { layerCount: 1, origin: 'first-layer', addedBytes: 111 });
	});

	test('after the layers of the image that a label names', async (t) => {
		t.assert.deepEqual(await baseOf({ labels: named }), {
			layerCount: 2,
			origin: 'annotation',
			image: 'os:12',
			addedBytes: 11,
		});
	});

	test('after the layers of the image whose digest a label has', async (t) => {
		const os = { names: ['os:12'], layers: baseLayers };
		const { image } = await fromFile(ociArchive([os]));
		const digest = image.description.manifestDigest ?? '';
		const labels = { 'org.opencontainers.image.base.digest': digest };
		const app = { names: ['app:1'], layers: appLayers, config: { config: { Labels: labels } } };
		const { figures } = await fromFile(ociArchive([app, os]), { imageName: 'app:1' });
		const { layerCount, origin, image: found } = figures.base;
		t.assert.deepEqual([layerCount, origin, found], [2, 'annotation', digest]);
	});

	test('after as many layers as the user says, whatever a label names', async (t) => {
		t.assert.deepEqual(await baseOf({ labels: named, layerCount: 3 }), {
			layerCount: 3,
			origin: 'named',
			addedBytes: 1,
		});
		t.assert.deepEqual(await baseOf({ layerCount: 0 }), {
			layerCount: 0,
			origin: 'named',
			addedBytes: 1111,
		});
	});

	test('a label that names an image which is not at hand says nothing', async (t) => {
		const labels = { 'org.opencontainers.image.base.name': 'os:13' };
		t.assert.equal((await baseOf({ labels })).origin, 'first-layer');
	});

	test('a label that names an image with other layers says nothing', async (t) => {
		const base = [[file('os', 'another')], [file('runtime', 'r'.repeat(100))]];
		t.assert.equal((await baseOf({ labels: named, base })).origin, 'first-layer');
		t.assert.equal(
			(await baseOf({ labels: named, base: [...appLayers, [file('more')]] })).origin,
			'first-layer',
		);
	});

	for (const [made, layerCount] of [
		[['ADD rootfs.tar.gz /', 'COPY . /app'], 1],
		[['/bin/sh -c #(nop) ADD file:0123456789ab in / ', 'COPY . /app'], 1],
		[['bazel build ...', 'bazel build ...'], 1],
		[['COPY . / # buildkit', 'COPY conf /etc/ # buildkit'], 0],
		[['RUN /bin/sh -c make # buildkit', 'COPY . /app'], 0],
		[['WORKDIR /app', 'COPY . .'], 0],
		[['ADD rootfs.tar.gz /'], 0],
	] as const)
		test(`after ${layerCount} where nothing but the history is known: ${made.join('; ')}`, async (t) => {
			const layers = made.map((_, index) => [file(`file${index}`, 'x')]);
			const history = made.map((instruction) => ({ created_by: instruction }));
			const { figures } = await fromFile(dockerArchive([{ layers, config: { history } }]));
			t.assert.deepEqual(figures.base, {
				layerCount,
				origin: layerCount === 0 ? 'none' : 'first-layer',
			});
		});

	test('after a copied file system that an author ended with CMD, and another one built on', async (t) => {
		const history = [
			{ created_by: '/bin/sh -c #(nop) COPY dir:0123456789ab in / ' },
			{ created_by: '/bin/sh -c #(nop)  CMD ["/bin/bash"]', empty_layer: true },
			{ created_by: 'COPY . /app # buildkit' },
		];
		const layers = [[file('os', 'o')], [file('app', 'a')]];
		const { figures } = await fromFile(dockerArchive([{ layers, config: { history } }]));
		t.assert.equal(figures.base.layerCount, 1);
	});
});
