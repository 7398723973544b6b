import { randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { discard } from '../../source/columns/grow.ts';
import type { Changeset } from '../../source/tar/changeset.ts';
import type { SparseFiles } from '../../source/tar/sparse/sparse-files.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { device, file, hardLink, opaque, symlink, whiteout } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { cacheIn, filesIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { scanAsStream, scanByPosition } from '../support/scan.ts';
import { sparseEntry } from '../support/sparse/sparse-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const entries = layerTar([
	file('etc/motd', 'hello', { mode: 0o4755, uid: 4_294_967_295, gid: 7, mtime: -1.5 }),
	hardLink('etc/issue', 'etc/motd'),
	symlink('run', '/var/run'),
	device('dev/null', 'character-device', [1, 3]),
	whiteout('etc/gone'),
	opaque('var'),
	file('../out', 'x'),
	file(Buffer.from([0x66, 0xff, 0x6f]), 'not UTF-8'),
]);
const extents = [
	{ start: 512, data: Buffer.alloc(512, 'x') },
	{ start: 2048, data: Buffer.alloc(100, 'y') },
];
const everything = Buffer.concat([
	sparseEntry('pax-1.0', { name: 'one', fileBytes: 10_000, extents }),
	sparseEntry('old-gnu', { name: 'two', fileBytes: 2 ** 40, extents: [] }),
	sparseEntry('pax-0.1', { name: 'left-out', fileBytes: 2 ** 44, extents: [] }),
	entries,
]);

describe('a cached layer', () => {
	test('is found by another run as it was, column by column', async (t) => {
		const folder = await temporaryFolder(t);
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const run = randomUUID();
				for (const [index, tar] of layers.map(layerTar).entries()) {
					for (const [way, scan] of [
						scanByPosition,
						(all: Uint8Array) => scanAsStream(all, 1000),
					].entries()) {
						const key = `${run} ${index} ${way}`;
						storeLayer(cacheIn(folder), [key], scan(tar));
						t.assert.deepEqual(findLayer(cacheIn(folder), key), scan(tar));
					}
				}
			}),
			{ numRuns: 40 },
		);
	});

	test('has all kinds of entries, warnings and names that are no UTF-8', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		storeLayer(cacheIn(folder), ['a'], changeset);
		t.assert.deepEqual(findLayer(cacheIn(folder), 'a'), changeset);
	});

	test('may have no entries at all', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanAsStream(layerTar([]), 512);
		storeLayer(cacheIn(folder), ['a'], changeset);
		t.assert.deepEqual(findLayer(cacheIn(folder), 'a'), changeset);
	});

	test('is found under each of its keys, and takes its bytes once', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		storeLayer(cacheIn(folder), ['a', 'b', 'a'], changeset);
		const cache = cacheIn(folder);
		t.assert.deepEqual([findLayer(cache, 'a'), findLayer(cache, 'b')], [changeset, changeset]);
		t.assert.equal((await filesIn(folder)).filter((path) => path.startsWith('layers/')).length, 2);
	});

	test('gets a further key when its columns have been given back, and takes its bytes once', async (t) => {
		const folder = await temporaryFolder(t);
		storeLayer(cacheIn(folder), ['a'], scanByPosition(everything));
		const cache = cacheIn(folder);
		const found = findLayer(cache, 'a') as Changeset;
		for (const column of [found.paths.bytes, found.paths.ends]) discard(column);
		storeLayer(cache, ['a', 'b'], found);
		t.assert.deepEqual(findLayer(cacheIn(folder), 'b'), scanByPosition(everything));
		const inodes = readdirSync(join(folder, 'layers')).map(
			(name) => statSync(join(folder, 'layers', name)).ino,
		);
		t.assert.deepEqual([inodes.length, new Set(inodes).size], [2, 1]);
	});

	test('is handed out anew each time, in columns that can be given back', async (t) => {
		const folder = await temporaryFolder(t);
		const cache = cacheIn(folder);
		storeLayer(cache, ['a'], scanByPosition(everything));
		const first = findLayer(cache, 'a') as Changeset;
		const columns = [first, first.paths, first.targets].flatMap((part) => Object.values(part));
		for (const column of columns) if (ArrayBuffer.isView(column)) discard(column as Uint8Array);
		t.assert.equal(first.paths.bytes.length, 0);
		t.assert.deepEqual(findLayer(cache, 'a'), scanByPosition(everything));
	});

	test('is not stored once its paths are gone', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		discard(changeset.paths.bytes);
		storeLayer(cacheIn(folder), ['a'], changeset);
		t.assert.equal(findLayer(cacheIn(folder), 'a'), null);
	});

	test('is not stored with maps of sparse files that do not fit it', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		const sparse = changeset.sparse as SparseFiles;
		const wrong: readonly SparseFiles[] = [
			{ ...sparse, entries: sparse.entries.toReversed() },
			{ ...sparse, entries: Uint32Array.of(0, 3) },
			{ ...sparse, entries: Uint32Array.of(0) },
			{ ...sparse, ends: Uint32Array.of(2, 1) },
			{ ...sparse, ends: Uint32Array.of(3, 3) },
			{ ...sparse, ends: Uint32Array.of(1, 1) },
			{ ...sparse, starts: sparse.starts.toReversed() },
			{ ...sparse, starts: Float64Array.of(512, 1000) },
			{ ...sparse, lengths: Float64Array.of(512, 0) },
			{ ...sparse, lengths: Float64Array.of(512, 10_000) },
			{ ...sparse, lengths: Float64Array.of(512, Number.NaN) },
		];
		for (const [index, each] of wrong.entries()) {
			storeLayer(cacheIn(folder), [`${index}`], { ...changeset, sparse: each });
			t.assert.equal(findLayer(cacheIn(folder), `${index}`), null, `${index}`);
		}
	});

	test('is not found under another key', async (t) => {
		const folder = await temporaryFolder(t);
		storeLayer(cacheIn(folder), ['a'], scanByPosition(everything));
		t.assert.equal(findLayer(cacheIn(folder), 'b'), null);
	});
});

describe('the identity key', () => {
	test('is the same for each run once something was stored', async (t) => {
		const folder = await temporaryFolder(t);
		const cache = cacheIn(folder);
		storeLayer(cache, ['a'], scanByPosition(everything));
		t.assert.deepEqual(cacheIn(folder).identityKey, cache.identityKey);
	});

	test('is a new one for each run while nothing is stored, and makes no folder', async (t) => {
		const folder = await temporaryFolder(t);
		t.assert.notDeepEqual(cacheIn(`${folder}/cache`).identityKey, cacheIn(`${folder}/cache`).identityKey);
		t.assert.deepEqual(await filesIn(folder), []);
	});
});
