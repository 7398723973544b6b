import { describe, test } from 'node:test';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { directory, file, hardLink, symlink, type TarEntry } from '../../support/archives/tar-entry.ts';
import { docker25Archive, json, layerTar, ociArchive, sha256 } from '../../support/archives/write-archive.ts';
import {
	archiveOfFiles,
	configOf,
	manifestOf,
	smallArchive,
	smallImage,
} from '../../support/images/small-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';

const ways = { 'by position': fromFile, 'as a stream': fromStream } as const;

const layers = [[file('a', 'xxx')], [file('a', 'yy')]];
const image = { names: ['app:1'], layers };

/** What an archive turns out to be. */
function factsOf({ image: { sourceKind, description, warnings, notices }, figures }: ImageSession) {
	return {
		sourceKind,
		names: description.names,
		bytes: figures.layers.map(({ layerBytes }) => layerBytes),
		remarks: [...warnings, ...notices].map(({ code }) => code),
	};
}

for (const [way, load] of Object.entries(ways)) {
	describe(`an archive, ${way}`, () => {
		test('has the digests of manifest and layers where it is named by them', async (t) => {
			const { description } = (await load(docker25Archive([image]))).image;
			const [bottom] = layers.map(layerTar);
			t.assert.match(description.manifestDigest ?? '', /^sha256:[0-9a-f]{64}$/);
			t.assert.deepEqual(
				[description.layers[0].digest, description.layers[0].diffId],
				[sha256(bottom), sha256(bottom)],
			);
		});

		test('may name its files with "./", and have its manifest first', async (t) => {
			const { 'manifest.json': manifest, ...files } = smallImage;
			const renamed = Object.entries({ 'manifest.json': manifest, ...files }).map(([path, bytes]) =>
				file(`./${path}`, bytes),
			);
			t.assert.deepEqual(factsOf(await load(layerTar(renamed))).bytes, [1200, 3000]);
		});

		test('of several files with one name the last counts', async (t) => {
			const archive = layerTar([
				file('manifest.json', '[]'),
				file('1/layer.tar', 'no tar'),
				...Object.entries(smallImage).map(([path, bytes]) => file(path, bytes)),
			]);
			t.assert.deepEqual(factsOf(await load(archive)).bytes, [1200, 3000]);
		});

		for (const [kind, link] of [
			['a symlink', symlink('2/layer.tar', '../1/layer.tar')],
			['a hard link', hardLink('2/layer.tar', '1/layer.tar')],
			['a symlink to a symlink', symlink('2/layer.tar', '../3')],
		] as readonly (readonly [string, TarEntry])[]) {
			test(`a layer may be ${kind} to that of another`, async (t) => {
				const bottom = smallImage['1/layer.tar'];
				const archive = layerTar([
					file('1/layer.tar', bottom),
					symlink('3', '1/layer.tar'),
					link,
					file('config.json', configOf([bottom, bottom])),
					file('manifest.json', manifestOf(['1/layer.tar', '2/layer.tar'])),
				]);
				t.assert.deepEqual(factsOf(await load(archive)).bytes, [1200, 1200]);
			});
		}

		test('a layer whose first name begins with a bracket is a layer', async (t) => {
			const layer = layerTar([file('[', 'xx'), file('{"a": 1}', 'y')]);
			const archive = smallArchive({
				'1/layer.tar': layer,
				'config.json': configOf([layer, smallImage['2/layer.tar']]),
			});
			t.assert.deepEqual(factsOf(await load(archive)), {
				sourceKind: 'docker-archive',
				names: ['app:1'],
				bytes: [3, 3000],
				remarks: [],
			});
		});

		test('a layer with another content than the config says has a warning', async (t) => {
			const loaded = await load(smallArchive({ '2/layer.tar': smallImage['1/layer.tar'] }));
			t.assert.deepEqual(factsOf(loaded).remarks, ['diff-id-mismatch']);
			t.assert.deepEqual(loaded.image.diffIdMatches, [true, false]);
		});

		test('a layer of another size than its descriptor says has a warning', async (t) => {
			const archive = Buffer.from(ociArchive([image]));
			archive.write('"size":2047', archive.lastIndexOf('"size":2048'), 'latin1');
			const loaded = await load(archive);
			t.assert.deepEqual(
				loaded.image.warnings.map(({ code, layerIndex }) => [code, layerIndex]),
				[['size-mismatch', 1]],
			);
		});
	});

	describe(`an index, ${way}`, () => {
		const platform = { os: 'linux', architecture: 'amd64' };
		const config = configOf([smallImage['1/layer.tar']]);
		const manifest = json({
			schemaVersion: 2,
			config: { digest: sha256(config), size: config.length },
			layers: [{ digest: sha256(smallImage['1/layer.tar']), size: smallImage['1/layer.tar'].length }],
		});
		const blob = (bytes: Uint8Array) => `blobs/sha256/${sha256(bytes).slice('sha256:'.length)}`;
		const files = {
			[blob(config)]: config,
			[blob(manifest)]: manifest,
			[blob(smallImage['1/layer.tar'])]: smallImage['1/layer.tar'],
		};
		const indexOf = (...manifests: readonly object[]) => json({ schemaVersion: 2, manifests });
		const own = { digest: sha256(manifest), size: manifest.length, platform };
		const absent = { digest: `sha256:${'0'.repeat(64)}`, size: 1 };

		test('may lead to its images over another index', async (t) => {
			const inner = indexOf(own);
			const named = {
				digest: sha256(inner),
				size: inner.length,
				annotations: { 'org.opencontainers.image.ref.name': 'app:nested' },
			};
			const archive = archiveOfFiles({ ...files, [blob(inner)]: inner, 'index.json': indexOf(named) });
			t.assert.deepEqual(factsOf(await load(archive)), {
				sourceKind: 'oci-archive',
				names: ['app:nested'],
				bytes: [1200],
				remarks: [],
			});
		});

		test('may list one image under two names', async (t) => {
			const [first, second] = ['app:1', 'app:2'].map((name) => ({
				...own,
				annotations: { 'org.opencontainers.image.ref.name': name },
			}));
			const { image: read } = await load(archiveOfFiles({ ...files, 'index.json': indexOf(first, second) }));
			t.assert.deepEqual(
				[read.description, ...read.others].map(({ names }) => names),
				[['app:1'], ['app:2']],
			);
		});

		test('platforms that the archive does not hold are told of', async (t) => {
			const others = ['arm64', 'riscv64'].map((architecture) => ({
				...absent,
				platform: { os: 'linux', architecture },
			}));
			const { image: read } = await load(archiveOfFiles({ ...files, 'index.json': indexOf(...others, own) }));
			t.assert.deepEqual(read.notices, [
				{
					code: 'platforms-absent',
					message:
						'The index also lists images that the archive does not contain: linux/arm64, linux/riscv64.',
				},
			]);
			t.assert.deepEqual(read.others, []);
		});

		test('a statement about an image is no image', async (t) => {
			const attestation = { ...own, platform: { os: 'unknown', architecture: 'unknown' } };
			const { image: read } = await load(
				archiveOfFiles({ ...files, 'index.json': indexOf(own, attestation) }),
			);
			t.assert.deepEqual([read.notices, read.others], [[], []]);
		});
	});

	describe(`a container's file system, ${way}`, () => {
		const exported = layerTar([
			directory('etc/'),
			file('etc/passwd', 'root'),
			file('app.xz', Buffer.from('fd377a585a00', 'hex')),
			file('manifest.js', '[]'),
			symlink('bin', 'usr/bin'),
			file('usr/bin/sh', 'xxxxx'),
		]);

		test('may have files at its root that are called like the lists of an archive', async (t) => {
			for (const name of ['manifest.json', 'index.json']) {
				for (const content of ['{"name":"a web page"}', '[]', 'no JSON at all']) {
					const root = layerTar([directory('etc/'), file('etc/passwd', 'root'), file(name, content)]);
					const { image: read } = await load(root);
					t.assert.equal(read.sourceKind, 'container-snapshot', `${name}: ${content}`);
				}
			}
		});

		test('opens as one layer without history or config, with a notice', async (t) => {
			const { image: read, figures } = await load(exported);
			t.assert.equal(read.sourceKind, 'container-snapshot');
			t.assert.deepEqual(read.notices, [
				{
					code: 'container-snapshot',
					message:
						'This is the file system of a container, not an image: it opens as one layer without history or config.',
				},
			]);
			const { history, names, layers: described } = read.description;
			t.assert.deepEqual([history, names, described.length, described[0].createdBy], [[], [], 1, null]);
			t.assert.deepEqual(read.warnings, []);
			t.assert.deepEqual(figures.finalFileSystem, {
				files: 4,
				hardLinks: 0,
				symlinks: 1,
				directories: 3,
				special: 0,
			});
		});

		test('that was cut between two files opens with a warning', async (t) => {
			const cut = layerTar([directory('etc/'), file('etc/passwd', 'root')]).slice(0, -1024);
			t.assert.deepEqual(factsOf(await load(cut)).remarks, ['no-end-mark', 'container-snapshot']);
		});
	});
}
