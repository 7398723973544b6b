import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DiskCache } from '../../source/cache/disk-cache.ts';
import { LayerCache } from '../../source/cache/layer-cache.ts';
import { file } from '../support/archives/tar-entry.ts';
import { layerTar, ociArchive } from '../support/archives/write-archive.ts';
import { cacheIn, filesIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { loadImage } from '../support/load-image.ts';
import { scanByPosition } from '../support/scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const changeset = scanByPosition(layerTar([file('etc/motd', 'hello')]));
const NOBODY = 65_534;

/** The warnings of a cache after a layer was looked up in it and others were stored. */
function warningsOf(cache: LayerCache): readonly (string | null)[][] {
	findLayer(cache, 'a');
	storeLayer(cache, ['a', 'b'], changeset);
	storeLayer(cache, ['c'], changeset);
	return cache.warnings().map(({ code, message, example }) => [code, message, example]);
}

/** Root gives up its rights meanwhile. */
function asNobody<T>(work: () => T): T {
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(NOBODY);
	try {
		return work();
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
}

describe('a folder that cannot be used gives one warning', () => {
	test('when it belongs to somebody else, and is not even read', async (t) => {
		const folder = await temporaryFolder(t);
		storeLayer(cacheIn(folder), ['a'], changeset);
		const before = await filesIn(folder);
		const limits = { maximumBytes: null, maximumAgeSeconds: null };
		const cache = new LayerCache(new DiskCache({ folder, userId: 12_345 }, limits));
		const message = 'The cache belongs to another user and is not used.';
		t.assert.equal(findLayer(cache, 'a'), null);
		t.assert.notDeepEqual(cache.identityKey, cacheIn(folder).identityKey);
		t.assert.deepEqual(warningsOf(cache), [['cache-unavailable', message, folder]]);
		t.assert.deepEqual(await filesIn(folder), before);
	});

	const shared =
		'The cache is not used, because other users can write to this folder; chmod go-w keeps them out.';
	const exposed = 'The cache is not used, because other users can read its key; chmod go-rwx keeps them out.';
	const open = [
		['.', 0o775, shared],
		['.', 0o1777, shared],
		['layers', 0o702, shared],
		['answers', 0o720, shared],
		['identity-key', 0o640, exposed],
		['identity-key', 0o602, exposed],
	] as const;
	for (const [name, mode, message] of open) {
		test(`when ${name === '.' ? 'it' : `${name} in it`} has mode ${mode.toString(8)}`, async (t) => {
			const folder = await temporaryFolder(t);
			storeLayer(cacheIn(folder), ['a'], changeset);
			mkdirSync(join(folder, 'answers'));
			const path = join(folder, name);
			chmodSync(path, mode);
			const before = await filesIn(folder);
			t.assert.equal(findLayer(cacheIn(folder), 'a'), null);
			t.assert.deepEqual(warningsOf(cacheIn(folder)), [['cache-unavailable', message, path]]);
			t.assert.deepEqual(await filesIn(folder), before);
		});
	}

	for (const name of ['layers', 'identity-key']) {
		test(`when ${name} in it is a symlink to elsewhere`, async (t) => {
			const folder = await temporaryFolder(t);
			const elsewhere = join(await temporaryFolder(t), name);
			storeLayer(cacheIn(folder), ['a'], changeset);
			renameSync(join(folder, name), elsewhere);
			symlinkSync(elsewhere, join(folder, name));
			const message = 'The cache cannot be read and is not used: something else is in its place.';
			t.assert.deepEqual(warningsOf(cacheIn(folder)), [['cache-unavailable', message, join(folder, name)]]);
		});
	}

	test('when it lies where nothing can be made', (t) => {
		const folder = '/proc/fathom/cache';
		const [warning, ...others] = warningsOf(cacheIn(folder));
		t.assert.equal(warning?.[0], 'cache-unavailable');
		t.assert.deepEqual(others, []);
	});

	test('when there is a file in its place', async (t) => {
		const folder = join(await temporaryFolder(t), 'cache');
		writeFileSync(folder, 'a file');
		const reason = 'The cache cannot be read and is not used: something else is in its place.';
		t.assert.deepEqual(warningsOf(cacheIn(folder)), [['cache-unavailable', reason, folder]]);
	});

	test('when it cannot be made', async (t) => {
		const parent = await temporaryFolder(t);
		chmodSync(parent, 0o555);
		const folder = join(parent, 'cache');
		const reason = 'The cache cannot be written: permission denied.';
		const said = asNobody(() => warningsOf(cacheIn(folder)));
		t.assert.deepEqual(said, [['cache-unavailable', reason, folder]]);
		t.assert.deepEqual(await filesIn(parent), []);
	});

	test('when something else is where its files should be', async (t) => {
		const folder = await temporaryFolder(t);
		storeLayer(cacheIn(folder), ['a'], changeset);
		rmSync(join(folder, 'layers'), { recursive: true });
		writeFileSync(join(folder, 'layers'), 'a file');
		const [[code, message]] = warningsOf(cacheIn(folder));
		t.assert.equal(code, 'cache-unavailable');
		t.assert.match(String(message), /something else is in its place\.$/);
	});
});

test('a folder that a symlink of the user leads to is used', async (t) => {
	const folder = await temporaryFolder(t);
	const link = join(await temporaryFolder(t), 'cache');
	symlinkSync(folder, link);
	storeLayer(cacheIn(link), ['a'], changeset);
	t.assert.deepEqual(findLayer(cacheIn(link), 'a'), changeset);
});

test('a cache that nobody used has no warnings', async (t) => {
	const folder = join(await temporaryFolder(t), 'cache');
	writeFileSync(folder, 'a file');
	const cache = cacheIn(folder);
	t.assert.equal(cache.identityKey.length, 16);
	t.assert.deepEqual(cache.warnings(), []);
});

test('an image is read all the same, and warns of the cache once', async (t) => {
	const folder = await temporaryFolder(t);
	mkdirSync(join(folder, 'cache', 'layers'), { recursive: true });
	writeFileSync(join(folder, 'cache', 'identity-key'), randomBytes(16));
	rmSync(join(folder, 'cache', 'layers'), { recursive: true });
	writeFileSync(join(folder, 'cache', 'layers'), 'a file');
	const path = join(folder, 'image.tar');
	const layers = [[file('noise', randomBytes(1_200_000))], [file('noise', randomBytes(1_200_000))]];
	writeFileSync(path, ociArchive([{ layers }], 'gzip'));
	const { image, tree } = await loadImage(path, { cache: cacheIn(join(folder, 'cache')) });
	t.assert.deepEqual(
		image.warnings.map(({ code, layerIndex, count }) => [code, layerIndex, count]),
		[['cache-unavailable', null, 1]],
	);
	t.assert.equal(tree.changesets.length, 2);
});
