import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { FathomError } from '../../../source/errors.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive, json, layerTar, ociArchive, sha256 } from '../../support/archives/write-archive.ts';
import { archiveOfFiles, configOf, manifestOf, smallImage } from '../../support/images/small-image.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const ways = { 'by position': fromFile, 'as a stream': fromStream } as const;

const bottom = smallImage['1/layer.tar'];
const top = smallImage['2/layer.tar'];
const id = (digit: string): string => digit.repeat(64);
const hexOf = (bytes: Uint8Array): string => sha256(bytes).slice('sha256:'.length);
const layerBytes = ({ figures }: ImageSession) => figures.layers.map((layer) => layer.layerBytes);

/** What was thrown instead of an image. */
async function refusal(opening: Promise<unknown>): Promise<{ code: string; message: string; hint?: string }> {
	const thrown = await opening.then(
		() => null,
		(error: unknown) => error,
	);
	if (!(thrown instanceof FathomError)) throw new Error('It was not refused.', { cause: thrown });
	const { code, message, hint } = thrown;
	return { code, message, ...(hint !== undefined && { hint }) };
}

/** The small image as the files of skopeo's `dir:`. */
function plainFolder(): Record<string, Uint8Array> {
	const config = smallImage['config.json'];
	const describeBlob = (bytes: Uint8Array) => ({ digest: sha256(bytes), size: bytes.length });
	const manifest = json({
		schemaVersion: 2,
		config: describeBlob(config),
		layers: [bottom, top].map(describeBlob),
	});
	return {
		version: Buffer.from('Directory Transport Version: 1.1\n'),
		'manifest.json': manifest,
		...Object.fromEntries([config, bottom, top].map((bytes) => [hexOf(bytes), bytes])),
	};
}

/** The small image as Docker 1.9 saved it. */
const legacyFiles = {
	[`${id('a')}/VERSION`]: '1.0',
	[`${id('a')}/json`]: JSON.stringify({
		id: id('a'),
		created: '2015-01-01T00:00:00Z',
		container_config: { Cmd: ['/bin/sh', '-c', '#(nop) ADD file:1 in /'] },
	}),
	[`${id('a')}/layer.tar`]: bottom,
	[`${id('b')}/json`]: JSON.stringify({
		id: id('b'),
		parent: id('a'),
		os: 'linux',
		architecture: 'amd64',
		config: { Env: ['A=b'] },
		container_config: { Cmd: ['/bin/sh', '-c', 'make'] },
	}),
	[`${id('b')}/layer.tar`]: top,
	repositories: JSON.stringify({ app: { '1': id('b') } }),
};

for (const [way, load] of Object.entries(ways)) {
	describe(`an archive that is odd and opens, ${way}`, () => {
		const image = { names: ['app:1'], layers: [[file('a', 'xxx')], [file('a', 'yy')]] };
		const inFolder = archiveOfFiles(
			Object.fromEntries(Object.entries(smallImage).map(([path, bytes]) => [`images/app/${path}`, bytes])),
		);

		test('the files of the image are in a folder of it', async (t) => {
			t.assert.deepEqual(layerBytes(await load(inFolder)), [1200, 3000]);
		});

		test('it is compressed twice, or with two formats', async (t) => {
			const archive = ociArchive([image]);
			for (const packed of [
				gzipSync(gzipSync(archive)),
				gzipSync(zstdCompressSync(gzipSync(archive))),
				zstdCompressSync(gzipSync(inFolder)),
			])
				t.assert.equal((await load(packed)).image.description.layers.length, 2);
		});

		test('it is of docker save before 1.10', async (t) => {
			const session = await load(archiveOfFiles(legacyFiles));
			t.assert.equal(session.image.sourceKind, 'docker-archive');
			t.assert.deepEqual(layerBytes(session), [1200, 3000]);
			const { names, platform, config, history } = session.image.description;
			t.assert.deepEqual(
				[names, platform?.architecture, config.env, history.map(({ createdBy }) => createdBy)],
				[['app:1'], 'amd64', ['A=b'], ['/bin/sh -c #(nop) ADD file:1 in /', '/bin/sh -c make']],
			);
		});

		test('it holds what skopeo writes as dir:', async (t) => {
			const session = await load(archiveOfFiles(plainFolder()));
			t.assert.deepEqual(layerBytes(session), [1200, 3000]);
			t.assert.equal(session.image.description.configDigest, sha256(smallImage['config.json']));
		});

		test('its names begin with a slash', async (t) => {
			const files = Object.entries(smallImage).map(([path, bytes]) => file(`/${path}`, bytes));
			t.assert.deepEqual(layerBytes(await load(layerTar(files))), [1200, 3000]);
		});

		test('its config is not named by its digest, and is hashed', async (t) => {
			const { description } = (await load(archiveOfFiles(smallImage))).image;
			t.assert.equal(description.configDigest, sha256(smallImage['config.json']));
		});

		test('it is any tar, and taken as one layer', async (t) => {
			for (const archive of [layerTar([file('a', 'xxx')]), dockerArchive([image])]) {
				for (const packed of [archive, gzipSync(archive), zstdCompressSync(archive)]) {
					const { image: read } = await load(packed, { asLayer: true });
					t.assert.equal(read.sourceKind, 'layer');
					t.assert.equal(read.description.layers.length, 1);
					t.assert.deepEqual(
						read.notices.map(({ code }) => code),
						['opened-as-layer'],
					);
				}
			}
		});
	});

	describe(`an archive that is refused, ${way}`, () => {
		test('a tar of something else: it may be a layer', async (t) => {
			const { code, hint } = await refusal(load(layerTar([file('README', 'x')])));
			t.assert.deepEqual(
				[code, hint],
				['not-an-image', 'If it is the tar of one layer, open it with --as-layer.'],
			);
		});

		test('layers of docker save before 1.10 without a name', async (t) => {
			const { repositories: _, ...files } = legacyFiles;
			const { code, hint } = await refusal(load(archiveOfFiles(files)));
			t.assert.deepEqual(
				[code, hint],
				['not-an-image', 'Load it into an engine if that accepts it, and save the image again by its name.'],
			);
		});

		test('an archive that has a config of a newer docker save, and has lost its manifest.json', async (t) => {
			const archive = archiveOfFiles({ ...legacyFiles, [`${id('c')}.json`]: '{}' });
			const { code, message } = await refusal(load(archive));
			t.assert.equal(code, 'not-an-image');
			t.assert.match(message, /it has no manifest\.json and no index\.json, though it has layers/);
		});

		test('images in several folders are named', async (t) => {
			const files = Object.entries(smallImage).flatMap(([path, bytes]) => [
				[`one/${path}`, bytes] as const,
				[`two/${path}`, bytes] as const,
			]);
			const { message } = await refusal(load(archiveOfFiles(Object.fromEntries(files))));
			t.assert.match(message, /it holds 2 folders with images \(one\/, two\/\)\.$/);
		});

		test('what is compressed more often than four times', async (t) => {
			let packed: Uint8Array = layerTar([file('a')]);
			for (let times = 0; times < 5; times++) packed = gzipSync(packed);
			const { code, message } = await refusal(load(packed));
			t.assert.equal(code, 'unsupported');
			t.assert.match(message, /: it is compressed more than 4 times over\.$/);
		});

		const others: readonly (readonly [string, Uint8Array, RegExp])[] = [
			['a ZIP file', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(600, 7)]), /ZIP/],
			['a disk', Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(600)]), /qcow2/],
			['a package', Buffer.concat([Buffer.from('edabeedb', 'hex'), Buffer.alloc(600)]), /RPM/],
			['a Dockerfile', Buffer.from('# syntax\nFROM alpine\n'), /a Dockerfile/],
			['a sign-in page', Buffer.from('<!DOCTYPE html><html></html>'), /a web page/],
			['a list of images', Buffer.from('{"schemaVersion": 2}'), /a JSON document/],
			['a name', gzipSync('nginx:1.27\n'), /a text file/],
		];
		for (const [what, bytes, expected] of others) {
			test(`${what} is named as what it is`, async (t) => {
				const { code, message } = await refusal(load(bytes));
				t.assert.equal(code, 'not-an-image');
				t.assert.match(message, expected);
			});
		}

		test('a zstd window of more than 128 MiB is unsupported', async (t) => {
			const magic = Buffer.from('28b52ffd', 'hex');
			// No single segment and no content size; the window is 2^28 bytes (RFC 8878, 3.1.1.1).
			const frame = Buffer.concat([magic, Buffer.from([0, 18 << 3, 1, 0, 0]), Buffer.alloc(600)]);
			const { code, message } = await refusal(load(frame));
			t.assert.equal(code, 'unsupported');
			t.assert.match(message, /a window of more than 128 MiB/);
		});
	});
}

describe('a folder', () => {
	async function folderOf(t: TestContext, files: Record<string, Uint8Array | string>): Promise<string> {
		const folder = await temporaryFolder(t);
		const all = Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes)] as const);
		await writeFiles(folder, new Map(all));
		return folder;
	}

	test('of skopeo and of docker save before 1.10 opens', async (t) => {
		for (const files of [plainFolder(), legacyFiles]) {
			const folder = await folderOf(t, files);
			t.assert.deepEqual(layerBytes(await loadImage(folder)), [1200, 3000]);
			t.assert.deepEqual(layerBytes(await loadImage(`dir:${folder}`)), [1200, 3000]);
		}
	});

	test('may be named by its list of images', async (t) => {
		const folder = await folderOf(t, smallImage);
		t.assert.deepEqual(layerBytes(await loadImage(join(folder, 'manifest.json'))), [1200, 3000]);
	});

	test('holds the image that is named behind a colon', async (t) => {
		const folder = await folderOf(t, smallImage);
		const { image } = await loadImage(`oci:${folder}:app:1`);
		t.assert.deepEqual(image.description.names, ['app:1']);
		const { code } = await refusal(loadImage(`oci:${folder}:app:2`));
		t.assert.equal(code, 'no-such-image');
	});

	test('in which archives and layouts are says what to open', async (t) => {
		const folder = await folderOf(t, { ...smallImage, 'x.tar': '' });
		await rename(join(folder, 'manifest.json'), join(folder, 'other.json'));
		t.assert.equal((await refusal(loadImage(folder))).hint, `Open what is in it: ${join(folder, 'x.tar')}`);
		await writeFiles(folder, new Map([['app/index.json', Buffer.from('{}')]]));
		t.assert.match((await refusal(loadImage(folder))).hint ?? '', /: .*app, .*x\.tar$/);
	});

	test('is no layer', async (t) => {
		const folder = await folderOf(t, smallImage);
		t.assert.equal((await refusal(loadImage(folder, { asLayer: true }))).code, 'usage');
	});

	test('that is opened by a path of several parts has no hint about an image of that name', async (t) => {
		const before = process.cwd();
		process.chdir(await folderOf(t, { 'acme/app/README': 'x', 'app/README': 'x' }));
		try {
			t.assert.match((await refusal(loadImage('acme/app'))).hint ?? '', /^fathom reads /);
			t.assert.match((await refusal(loadImage('app'))).hint ?? '', /docker:app or registry:app/);
			await writeFile('app/index.json', '{"manifests": []}');
			t.assert.doesNotMatch((await refusal(loadImage('app'))).hint ?? '', /docker:app/);
		} finally {
			process.chdir(before);
		}
	});
});

test('the files of an archive that is compressed twice can be read', async (t) => {
	const path = join(await temporaryFolder(t), 'image.tar.gz');
	await writeFile(path, gzipSync(gzipSync(archiveOfFiles(smallImage))));
	const session = await loadImage(path);
	t.after(() => session.close());
	const pieces: Buffer[] = [];
	for await (const piece of session.files.open({ layerIndex: 1, path: 'app' }))
		pieces.push(Buffer.from(piece));
	t.assert.equal(Buffer.concat(pieces).toString(), 'x'.repeat(3000));
});

test('--image finds an image by the digest of a config that is named otherwise', async (t) => {
	const other = configOf([top]);
	const archive = archiveOfFiles({
		...smallImage,
		'other.json': other,
		'manifest.json': json([
			...JSON.parse(Buffer.from(manifestOf(['1/layer.tar', '2/layer.tar'])).toString()),
			{ Config: 'other.json', RepoTags: null, Layers: ['2/layer.tar'] },
		]),
	});
	const session = await fromFile(archive, { imageName: hexOf(other).slice(0, 12) });
	t.assert.deepEqual(layerBytes(session), [3000]);
});
