import { createHash, randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { pathOf } from '../../source/filetree/paths.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	type LayerCompression,
	layerTar,
	layoutFiles,
	podmanArchive,
} from '../support/archives/write-archive.ts';
import { packedSmallImage } from '../support/images/packed-image.ts';
import { smallArchive } from '../support/images/small-image.ts';
import { loadImage } from '../support/load-image.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** As many bytes as take several blocks, all of them different. */
const large = Buffer.concat(Array.from({ length: 70 }, () => randomBytes(10_007)));

const layers: readonly (readonly TarEntry[])[] = [
	[
		directory('etc'),
		file('etc/motd', 'hello'),
		file('etc/empty'),
		file('bin/large', large),
		file('bin/after', 'after the large one'),
		hardLink('bin/link', 'bin/large'),
		file(Buffer.from('name\xff', 'latin1'), 'a name that is no text'),
	],
	[file('etc/motd', 'good day'), file('a', Buffer.alloc(512, 'a')), hardLink('etc/greeting', 'etc/motd')],
	[whiteout('etc/motd'), file('z', large.subarray(1))],
];

const compressions: readonly LayerCompression[] = ['plain', 'gzip', 'zstd'];

/** Each kind of archive of the same layers, as files of a folder. */
const kinds: Readonly<Record<string, ReadonlyMap<string, Uint8Array>>> = {
	...Object.fromEntries(
		compressions.flatMap((compression) => [
			[`a docker archive with ${compression} layers`, one(dockerArchive([{ layers }], compression))],
			[`a docker 25 archive with ${compression} layers`, one(docker25Archive([{ layers }], compression))],
			[`a layout with ${compression} layers`, layoutFiles([{ layers }], compression)],
			[
				`a docker archive with ${compression} layers in gzip`,
				one(gzipSync(dockerArchive([{ layers }], compression))),
			],
		]),
	),
	'a podman archive': one(podmanArchive([{ layers }])),
	'a docker archive in zstd': one(zstdCompressSync(dockerArchive([{ layers }]))),
};

describe('the content of every file in every layer is what tar-stream extracts', () => {
	for (const [kind, files] of Object.entries(kinds)) {
		test(`from ${kind}`, async (t) => {
			const loaded = await open(t, files);
			for (const [layerIndex, entries] of layers.entries()) {
				for (const [path, content] of await extracted(layerTar(entries))) {
					const found = await contentOf(loaded, layerIndex, path);
					t.assert.equal(digest(found), digest(content), `${path} of layer ${layerIndex}`);
				}
			}
		});
	}

	for (const [format, packed] of Object.entries(packedSmallImage)) {
		test(`from an archive in ${format}`, async (t) => {
			const loaded = await open(t, one(packed));
			const plain = await open(t, one(smallArchive()));
			const files = filesOf(plain);
			t.assert.equal(files.length > 0, true);
			for (const [layerIndex, path] of files) {
				t.assert.deepEqual(
					await contentOf(loaded, layerIndex, path),
					await contentOf(plain, layerIndex, path),
				);
			}
		});
	}

	for (const [what, pack] of [
		['a container snapshot', (bytes: Uint8Array) => bytes],
		['a container snapshot in gzip', gzipSync],
	] as const) {
		test(`from ${what}`, async (t) => {
			const loaded = await open(t, one(pack(layerTar(layers[0]))));
			t.assert.equal(digest(await contentOf(loaded, 0, 'bin/large')), digest(large));
			t.assert.equal(String(await contentOf(loaded, 0, 'bin/after')), 'after the large one');
		});
	}
});

describe('a file is opened', () => {
	test('as it stands after a layer, wherever its bytes are', async (t) => {
		const loaded = await open(t, one(dockerArchive([{ layers }], 'gzip')));
		t.assert.equal(String(await contentOf(loaded, 0, '/etc/motd')), 'hello');
		t.assert.equal(String(await contentOf(loaded, 1, 'etc/motd')), 'good day');
		t.assert.equal(String(await contentOf(loaded, 2, 'bin/after')), 'after the large one');
	});

	test('by a hard link as it was when the link was made', async (t) => {
		const loaded = await open(t, one(dockerArchive([{ layers }])));
		t.assert.equal(String(await contentOf(loaded, 2, 'etc/greeting')), 'good day');
	});

	test('as an empty one where a hard link leads to nothing', async (t) => {
		const loaded = await open(
			t,
			one(dockerArchive([{ layers: [[hardLink('a', 'gone'), hardLink('b', 'b')]] }])),
		);
		t.assert.equal(String(await contentOf(loaded, 0, 'a')), '');
		t.assert.equal(String(await contentOf(loaded, 0, 'b')), '');
	});

	test('with a name that is no text by what stands for it', async (t) => {
		const loaded = await open(t, one(dockerArchive([{ layers }])));
		t.assert.equal(String(await contentOf(loaded, 0, 'name\\xFF')), 'a name that is no text');
	});

	const refused: readonly (readonly [string, number, string, string])[] = [
		['a path that is not there', 0, 'etc/gone', '/etc/gone: there is no such file after layer 1.'],
		['a path that is not there yet', 0, 'z', '/z: there is no such file after layer 1.'],
		['a path that is not there any more', 2, 'etc/motd', '/etc/motd: there is no such file after layer 3.'],
		['a directory', 0, 'etc', '/etc: a directory has no content.'],
		['a directory without an entry', 0, 'bin', '/bin: a directory has no content.'],
		['a symlink', 3, 'link', '/link: a symlink has no content.'],
	];
	for (const [what, layerIndex, path, message] of refused) {
		test(`but not ${what}`, async (t) => {
			const withLink = [...layers, [symlink('link', 'a')]];
			const loaded = await open(t, one(dockerArchive([{ layers: withLink }])));
			await t.assert.rejects(contentOf(loaded, layerIndex, path), { code: 'not-found', message });
		});
	}
});

describe('opening a file of an archive that is not what it was', () => {
	test('says that it has changed', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'image.tar');
		await writeFile(path, dockerArchive([{ layers }]));
		const loaded = await loadImage(path, {});
		await writeFile(join(folder, 'other.tar'), dockerArchive([{ layers: layers.toReversed() }]));
		await rename(join(folder, 'other.tar'), path);
		await t.assert.rejects(contentOf(loaded, 0, 'etc/motd'), {
			code: 'corrupt',
			message: 'image.tar has changed since it was opened.',
		});
	});

	test('says that it is gone', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'image.tar');
		await writeFile(path, dockerArchive([{ layers }]));
		const loaded = await loadImage(path, {});
		await rm(path);
		await t.assert.rejects(contentOf(loaded, 0, 'etc/motd'), {
			code: 'not-found',
			message: 'image.tar is gone since it was opened.',
		});
	});
});

function one(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
	return new Map([['image.tar', archive]]);
}

async function open(t: TestContext, files: ReadonlyMap<string, Uint8Array>): Promise<ImageSession> {
	const folder = await temporaryFolder(t);
	await writeFiles(folder, files);
	const loaded = await loadImage(files.has('image.tar') ? join(folder, 'image.tar') : folder, {});
	t.after(() => loaded.close());
	return loaded;
}

function contentOf(loaded: ImageSession, layerIndex: number, path: string): Promise<Buffer> {
	return buffer(Readable.from(copies(loaded.files.open({ layerIndex, path }))));
}

/** Pieces do not outlive the next step. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
	for await (const piece of pieces) yield Buffer.from(piece);
}

/** The regular files of a tar. */
async function extracted(tar: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
	const files = new Map<string, Buffer>();
	const tarStream = Readable.from([tar]).pipe(extract());
	for await (const entry of tarStream) {
		const content = await buffer(entry);
		if (entry.header.type === 'file' && !/\ufffd|\.wh\./.test(entry.header.name))
			files.set(entry.header.name, content);
	}
	return files;
}

/** Every file of every layer, with its layer. */
function filesOf({ tree }: ImageSession): readonly (readonly [number, string])[] {
	return Array.from(tree.changeEntries.keys()).flatMap((change) => {
		const layerIndex = tree.changeLayers[change];
		const isFile =
			tree.changeEntries[change] >= 0 && tree.changesets[layerIndex].kinds[tree.changeEntries[change]] === 0;
		const node = tree.changeStarts.findLastIndex((start) => start <= change);
		return isFile ? [[layerIndex, pathOf(tree, node)] as const] : [];
	});
}

function digest(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
