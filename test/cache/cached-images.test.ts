import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type CacheStorage, diffIdKey, LayerCache } from '../../source/cache/layer-cache.ts';
import { prune } from '../../source/cache/prune.ts';
import { directory, file, hardLink, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	layerTar,
	layoutFiles,
	ociArchive,
	sha256,
} from '../support/archives/write-archive.ts';
import { cacheIn, filesIn, findLayer } from '../support/disk-cache.ts';
import { type LoadOptions, loadImage } from '../support/load-image.ts';
import { jsonTextOf } from '../support/report.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/* Images that are large enough to be cached: from 30 MB on as they are, from 1 MB on where they are packed. */

const padding = file('opt/padding', new Uint8Array(33 * 1024 * 1024));
const noise = file('opt/noise', randomBytes(1_200_000));
const sameBytes = randomBytes(800_000);
const small = Array.from({ length: 300 }, (_, index) => file(`usr/lib/${index}`, `content ${index}`));

/** Two layers with files of one path and size: the same content in one pair, another in the other. */
function layersWith(extra: TarEntry): readonly (readonly TarEntry[])[] {
	const lower = [
		directory('usr/'),
		...small,
		file('same', sameBytes),
		file('other', new Uint8Array(800_000)),
	];
	const upper = [
		...small.slice(0, 200),
		file('same', sameBytes, { mode: 0o600 }),
		file('other', new Uint8Array(800_000).fill(1)),
		hardLink('usr/link', 'usr/lib/1'),
		whiteout('usr/lib/250'),
		file('../escaping', 'x'),
	];
	return [[...lower, extra], upper];
}

const plainLayers = layersWith(padding);
const packedLayers = layersWith(noise);

/** Writes an image to disk in each way there is, and gives the path to open. */
const ways = {
	'docker archive': archive(() => dockerArchive([{ layers: plainLayers }])),
	'docker 25 archive': archive(() => docker25Archive([{ layers: plainLayers }])),
	'OCI archive with gzip layers': archive(() => ociArchive([{ layers: packedLayers }], 'gzip')),
	'OCI archive with zstd layers': archive(() => ociArchive([{ layers: packedLayers }], 'zstd')),
	'container snapshot': archive(() => snapshot(plainLayers[0])),
	'docker archive, packed': archive(() => gzipSync(dockerArchive([{ layers: packedLayers }]), { level: 1 })),
	'OCI archive with gzip layers, packed': archive(() =>
		zstdCompressSync(ociArchive([{ layers: packedLayers }], 'gzip')),
	),
	'container snapshot, packed': archive(() => gzipSync(snapshot(packedLayers[0]), { level: 1 })),
	'OCI layout folder': async (folder: string) => {
		await writeFiles(folder, layoutFiles([{ layers: plainLayers }]));
		return folder;
	},
} as const;

for (const [way, write] of Object.entries(ways)) {
	describe(`${way}, cached`, () => {
		test('gives the same report fresh, at second sight and after pruning', async (t) => {
			const { path, cacheFolder } = await imageOnDisk(t, write);
			const fresh = await reportOf(path);
			t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder) }), fresh);
			t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder) }), fresh);
			const { remainingBytes } = prune(
				cacheFolder,
				{ maximumBytes: 20_000, maximumAgeSeconds: null },
				Date.now(),
			);
			t.assert.equal(remainingBytes <= 20_000, true);
			t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder) }), fresh);
		});

		test('is found at second sight, and nothing more is stored', async (t) => {
			const { path, cacheFolder } = await imageOnDisk(t, write);
			const first = watched(cacheIn(cacheFolder));
			await loadImage(path, { cache: first.cache });
			const files = await filesIn(cacheFolder);
			const second = watched(cacheIn(cacheFolder));
			await loadImage(path, { cache: second.cache });
			t.assert.notDeepEqual(first.stored, []);
			t.assert.deepEqual([...second.found].sort(), [...first.stored].sort());
			t.assert.deepEqual(await filesIn(cacheFolder), files);
		});
	});
}

describe('an archive whose layers are cached', () => {
	const write = ways['docker archive'];

	test('is read anew when its content has changed, though size and time are the same', async (t) => {
		const { path, cacheFolder } = await imageOnDisk(t, write);
		await loadImage(path, { cache: cacheIn(cacheFolder) });
		const { atime, mtime } = statSync(path);
		const changed = readFileSync(path);
		changed.write('usr/lib/7777', changed.indexOf('usr/lib/299'), 'latin1');
		const header = changed.indexOf('usr/lib/7777');
		changed.write(checksumOf(changed.subarray(header, header + 512)), header + 148, 'latin1');
		writeFileSync(path, changed);
		utimesSync(path, atime, mtime);
		const { tree } = await loadImage(path, { cache: cacheIn(cacheFolder) });
		t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder) }), await reportOf(path));
		t.assert.equal(tree.changesets[0].count, 304);
	});

	test('is read anew with --verify, and stored all the same', async (t) => {
		const { path, cacheFolder } = await imageOnDisk(t, write);
		const first = watched(cacheIn(cacheFolder));
		await loadImage(path, { cache: first.cache, verify: true });
		const second = watched(cacheIn(cacheFolder));
		await loadImage(path, { cache: second.cache, verify: true });
		t.assert.notDeepEqual(first.stored, []);
		t.assert.deepEqual(second.found, []);
	});

	test('is checked no further at second sight, though a check with --verify came between', async (t) => {
		const { path, cacheFolder } = await imageOnDisk(t, write);
		const fresh = await reportOf(path);
		const verified = await reportOf(path, { verify: true });
		t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder), verify: true }), verified);
		t.assert.equal(await reportOf(path, { cache: cacheIn(cacheFolder) }), fresh);
	});

	test('is not looked up when it comes by standard input', async (t) => {
		const { path, cacheFolder } = await imageOnDisk(t, write);
		await loadImage(path, { cache: cacheIn(cacheFolder) });
		const { cache, found, stored } = watched(cacheIn(cacheFolder));
		await loadImage('-', { cache, stdin: Readable.from([readFileSync(path)]) });
		t.assert.deepEqual([found, stored], [[], []]);
	});
});

test('an archive that may change in the same instant is not cached', async (t) => {
	const { path, cacheFolder } = await imageOnDisk(t, ways['docker archive']);
	utimesSync(path, new Date(), new Date(Date.now() + 60_000));
	const { cache, stored } = watched(cacheIn(cacheFolder));
	await loadImage(path, { cache });
	t.assert.deepEqual(stored, []);
});

test('a small archive is neither stored nor looked up', async (t) => {
	const { path, cacheFolder } = await imageOnDisk(
		t,
		archive(() => dockerArchive([{ layers: [small, small] }])),
	);
	const { cache, stored, asked } = watched(cacheIn(cacheFolder));
	await loadImage(path, { cache });
	t.assert.deepEqual([stored, asked, await filesIn(cacheFolder)], [[], [], []]);
});

test('layers that were digested as they were unpacked are cached for other sources too', async (t) => {
	const { path, cacheFolder } = await imageOnDisk(t, ways['OCI archive with gzip layers']);
	await loadImage(path, { cache: cacheIn(cacheFolder) });
	const diffId = sha256(layerTar(packedLayers[0]));
	t.assert.equal(findLayer(cacheIn(cacheFolder), diffIdKey(diffId))?.diffId, diffId);
});

test('an image of many files is found with its tree', async (t) => {
	const many = Array.from({ length: 12_000 }, (_, index) => file(`usr/share/${index}`, `${index}`));
	const write = archive(() => ociArchive([{ layers: [[...many, noise], small] }], 'gzip'));
	const { path, cacheFolder } = await imageOnDisk(t, write);
	const fresh = await reportOf(path, { cache: cacheIn(cacheFolder) });
	const { cache, found } = watched(cacheIn(cacheFolder));
	t.assert.equal(await reportOf(path, { cache }), fresh);
	t.assert.equal(
		found.some((key) => key.startsWith('tree ')),
		true,
	);
});

test('no content of a file is cached, not even where a comparison read it', async (t) => {
	const secret = 'correct-horse-battery-staple';
	const shadow = (mode: number) => file('etc/shadow', secret.repeat(40_000), { mode });
	const layersAbove = (bulk: TarEntry) => [
		[...small, bulk, shadow(0o644)],
		[...small, shadow(0o600)],
	];
	const webManifest = JSON.stringify({ name: secret });
	const archives = [
		() => dockerArchive([{ layers: layersAbove(padding) }]),
		() => dockerArchive([{ layers: layersAbove(noise) }], 'gzip'),
		() => gzipSync(dockerArchive([{ layers: layersAbove(noise) }])),
		() => gzipSync(snapshot(layersAbove(noise)[0], webManifest)),
	];
	for (const bytes of archives) {
		const { path, cacheFolder } = await imageOnDisk(t, archive(bytes));
		await loadImage(path, { cache: cacheIn(cacheFolder) });
		const files = await filesIn(cacheFolder);
		t.assert.equal(files.length > 2, true);
		const telling = files.filter((name) =>
			readFileSync(join(cacheFolder, name)).includes(secret.slice(0, 10)),
		);
		t.assert.deepEqual(telling, []);
	}
});

/** What `docker export` writes, with files that are called like those of an image. */
function snapshot(entries: readonly TarEntry[], manifest = '[]'): Uint8Array {
	return layerTar([
		...entries,
		directory('etc/'),
		file('manifest.json', manifest),
		file('app/config.json', '{}'),
	]);
}

function archive(bytes: () => Uint8Array): (folder: string) => Promise<string> {
	let made: Uint8Array | undefined;
	return async (folder) => {
		const path = join(folder, 'image.tar');
		made ??= bytes();
		writeFileSync(path, made);
		return path;
	};
}

/** An image that was written long enough ago for its last change to be told from the next. */
async function imageOnDisk(t: TestContext, write: (folder: string) => Promise<string>) {
	const path = await write(await temporaryFolder(t));
	await delay(100);
	return { path, cacheFolder: await temporaryFolder(t) };
}

async function reportOf(path: string, options: LoadOptions = {}): Promise<string> {
	return jsonTextOf(await loadImage(path, options));
}

/** A cache that notes what it was asked for, what it found, and what was stored that it did not have. */
function watched({ storage }: LayerCache) {
	const asked: string[] = [];
	const found: string[] = [];
	const stored: string[] = [];
	const watching: CacheStorage = {
		identityKey: storage.identityKey,
		read: (kind, key) => {
			const value = storage.read(kind, key);
			asked.push(`${kind.name} ${key}`);
			if (value !== null) found.push(`${kind.name} ${key}`);
			return value;
		},
		write: (kind, keys, value) => {
			const [name] = keys.map((key) => `${kind.name} ${key}`);
			if (!found.includes(name)) stored.push(name);
			storage.write(kind, keys, value);
		},
		warnings: () => storage.warnings(),
	};
	return { cache: new LayerCache(watching), asked, found, stored };
}

/** The checksum of a tar header, as it stands in it. */
function checksumOf(header: Uint8Array): string {
	const blank = Uint8Array.from(header).fill(0x20, 148, 156);
	return `${blank
		.reduce((sum, byte) => sum + byte, 0)
		.toString(8)
		.padStart(6, '0')}\0 `;
}
