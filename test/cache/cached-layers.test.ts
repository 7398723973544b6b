import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { discard } from '../../source/columns/grow.ts';
import type { Changeset } from '../../source/tar/changeset.ts';
import { arbitraryLayers } from '../support/arbitrary-layers.ts';
import { cacheIn, filesIn } from '../support/disk-cache.ts';
import { scanAsStream, scanByPosition } from '../support/scan.ts';
import { device, file, hardLink, opaque, symlink, whiteout } from '../support/tar-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { layerTar } from '../support/write-archive.ts';

const everything = layerTar([
	file('etc/motd', 'hello', { mode: 0o4755, uid: 4_294_967_295, gid: 7, mtime: -1.5 }),
	hardLink('etc/issue', 'etc/motd'),
	symlink('run', '/var/run'),
	device('dev/null', 'character-device', [1, 3]),
	whiteout('etc/gone'),
	opaque('var'),
	file('../out', 'x'),
	file(Buffer.from([0x66, 0xff, 0x6f]), 'not UTF-8'),
]);

describe('a layer that was kept', () => {
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
						cacheIn(folder).keepLayer([key], scan(tar));
						t.assert.deepEqual(cacheIn(folder).layer(key), scan(tar));
					}
				}
			}),
			{ numRuns: 40 },
		);
	});

	test('has all kinds of entries, oddities and names that are no UTF-8', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		cacheIn(folder).keepLayer(['a'], changeset);
		t.assert.deepEqual(cacheIn(folder).layer('a'), changeset);
	});

	test('may have no entries at all', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanAsStream(layerTar([]), 512);
		cacheIn(folder).keepLayer(['a'], changeset);
		t.assert.deepEqual(cacheIn(folder).layer('a'), changeset);
	});

	test('is found under each of its keys, and takes its bytes once', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		cacheIn(folder).keepLayer(['a', 'b', 'a'], changeset);
		const cache = cacheIn(folder);
		t.assert.deepEqual([cache.layer('a'), cache.layer('b')], [changeset, changeset]);
		t.assert.equal((await filesIn(folder)).filter((path) => path.startsWith('layers/')).length, 2);
	});

	test('gets a further key without being written again', async (t) => {
		const folder = await temporaryFolder(t);
		cacheIn(folder).keepLayer(['a'], scanByPosition(everything));
		const cache = cacheIn(folder);
		const found = cache.layer('a') as Changeset;
		for (const column of [found.paths.bytes, found.paths.ends]) discard(column);
		cache.keepLayer(['a', 'b'], found);
		t.assert.deepEqual(cacheIn(folder).layer('b'), scanByPosition(everything));
	});

	test('is handed out anew each time, in columns that can be given back', async (t) => {
		const folder = await temporaryFolder(t);
		const cache = cacheIn(folder);
		cache.keepLayer(['a'], scanByPosition(everything));
		const first = cache.layer('a') as Changeset;
		const columns = [first, first.paths, first.targets].flatMap((part) => Object.values(part));
		for (const column of columns) if (ArrayBuffer.isView(column)) discard(column as Uint8Array);
		t.assert.equal(first.paths.bytes.length, 0);
		t.assert.deepEqual(cache.layer('a'), scanByPosition(everything));
	});

	test('is not kept once its paths are gone', async (t) => {
		const folder = await temporaryFolder(t);
		const changeset = scanByPosition(everything);
		discard(changeset.paths.bytes);
		cacheIn(folder).keepLayer(['a'], changeset);
		t.assert.equal(cacheIn(folder).layer('a'), null);
	});

	test('is found by nobody under another key', async (t) => {
		const folder = await temporaryFolder(t);
		cacheIn(folder).keepLayer(['a'], scanByPosition(everything));
		t.assert.equal(cacheIn(folder).layer('b'), null);
	});
});

describe('the identity key', () => {
	test('is the same for each run once something was kept', async (t) => {
		const folder = await temporaryFolder(t);
		const cache = cacheIn(folder);
		cache.keepLayer(['a'], scanByPosition(everything));
		t.assert.deepEqual(cacheIn(folder).identityKey, cache.identityKey);
	});

	test('is a new one for each run while nothing is kept, and makes no folder', async (t) => {
		const folder = await temporaryFolder(t);
		t.assert.notDeepEqual(cacheIn(`${folder}/cache`).identityKey, cacheIn(`${folder}/cache`).identityKey);
		t.assert.deepEqual(await filesIn(folder), []);
	});
});
