import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type CacheLimits, prune, pruneAll } from '../../source/cache/prune.ts';
import { file } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { cacheIn, filesIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { scanByPosition } from '../support/scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY_SECONDS = 24 * 60 * 60;
const now = Date.UTC(2026, 0, 31);
const unlimited: CacheLimits = { maximumBytes: null, maximumAgeSeconds: null };
const changeset = scanByPosition(layerTar([file('etc/motd', 'hello')]));

/** A folder with layers that were last used so many days ago, the key of each being that number. */
async function folderWith(t: Parameters<typeof temporaryFolder>[0], daysAgo: readonly number[]) {
	const folder = await temporaryFolder(t);
	for (const days of daysAgo) {
		const before = new Set(readdirIfThere(join(folder, 'layers')));
		storeLayer(cacheIn(folder), [`${days}`, `also ${days}`], changeset);
		for (const name of readdirIfThere(join(folder, 'layers'))) {
			if (before.has(name)) continue;
			const usedAt = now / 1000 - days * DAY_SECONDS;
			utimesSync(join(folder, 'layers', name), usedAt, usedAt);
		}
	}
	return folder;
}

function readdirIfThere(folder: string): readonly string[] {
	mkdirSync(folder, { recursive: true });
	return readdirSync(folder);
}

/** Which of the layers are there still. */
function left(folder: string, daysAgo: readonly number[]): readonly number[] {
	const cache = cacheIn(folder);
	return daysAgo.filter(
		(days) => findLayer(cache, `${days}`) !== null && findLayer(cache, `also ${days}`) !== null,
	);
}

describe('pruning', () => {
	const daysAgo = [1, 5, 20, 40];

	test('removes what was not used for too long', async (t) => {
		const folder = await folderWith(t, daysAgo);
		const { removedFiles, remainingFiles } = prune(
			folder,
			{ ...unlimited, maximumAgeSeconds: 10 * DAY_SECONDS },
			now,
		);
		t.assert.deepEqual([removedFiles, remainingFiles, left(folder, daysAgo)], [2, 2, [1, 5]]);
	});

	test('removes what was not used for longest until the rest is small enough', async (t) => {
		const folder = await folderWith(t, daysAgo);
		const { remainingBytes } = prune(folder, unlimited, now);
		const { removedFiles } = prune(folder, { ...unlimited, maximumBytes: remainingBytes - 1 }, now);
		t.assert.equal(removedFiles, 1);
		t.assert.deepEqual(left(folder, daysAgo), [1, 5, 20]);
	});

	test('without bounds removes nothing', async (t) => {
		const folder = await folderWith(t, daysAgo);
		t.assert.equal(prune(folder, unlimited, now).removedFiles, 0);
		t.assert.deepEqual(left(folder, daysAgo), daysAgo);
	});

	test('of everything leaves no entry and no key', async (t) => {
		const folder = await folderWith(t, daysAgo);
		t.assert.equal(pruneAll(folder, now).remainingFiles, 0);
		t.assert.deepEqual(await filesIn(folder), ['upkeep.json']);
	});

	test('leaves alone what is no file of the cache', async (t) => {
		const folder = await folderWith(t, daysAgo);
		mkdirSync(join(folder, 'layers', 'a'.repeat(64)));
		for (const name of ['notes.txt', 'layers/notes.txt', `${'b'.repeat(64)}`])
			writeFileSync(join(folder, name), 'mine');
		pruneAll(folder, now);
		t.assert.deepEqual(await filesIn(folder), [
			'b'.repeat(64),
			'layers/notes.txt',
			'notes.txt',
			'upkeep.json',
		]);
	});

	test('removes what was never finished once nobody can be at work on it', async (t) => {
		const folder = await folderWith(t, [1]);
		for (const [name, secondsAgo] of [
			['layers/.unfinished-1', 61],
			['.unfinished-2', 61],
			['layers/.unfinished-3', 59],
		] as const) {
			writeFileSync(join(folder, name), 'half');
			utimesSync(join(folder, name), now / 1000, now / 1000 - secondsAgo);
		}
		prune(folder, { ...unlimited, maximumBytes: 0 }, now);
		t.assert.deepEqual(await filesIn(folder), ['identity-key', 'layers/.unfinished-3', 'upkeep.json']);
	});
});

describe('a cache prunes itself', () => {
	test('of what a process that was killed had not finished', async (t) => {
		const folder = await temporaryFolder(t);
		storeLayer(cacheIn(folder), ['a'], changeset);
		const path = join(folder, 'layers', '.unfinished-1');
		writeFileSync(path, 'half');
		utimesSync(path, new Date(), Date.now() / 1000 - 61);
		storeLayer(cacheIn(folder), ['b'], changeset);
		t.assert.equal(readdirSync(join(folder, 'layers')).length, 2);
	});

	test('when so much was written that it may be too large', async (t) => {
		const folder = await temporaryFolder(t);
		const limits: CacheLimits = { ...unlimited, maximumBytes: 5000 };
		for (let key = 0; key < 50; key++) storeLayer(cacheIn(folder, limits), [`${key}`], changeset);
		const { remainingBytes, remainingFiles } = prune(folder, unlimited, now);
		t.assert.equal(remainingBytes <= 5000 && remainingFiles > 1, true);
	});

	test('once a day, of what is too old', async (t) => {
		const folder = await folderWith(t, [40]);
		const limits: CacheLimits = { ...unlimited, maximumAgeSeconds: DAY_SECONDS };
		storeLayer(cacheIn(folder, limits), ['new'], changeset);
		t.assert.equal(prune(folder, unlimited, now).remainingFiles, 2);
		const { prunedAt } = JSON.parse(readFileSync(join(folder, 'upkeep.json'), 'utf8'));
		const twoDaysAgo = { prunedAt: prunedAt - 2 * DAY_SECONDS * 1000, writtenBytes: 0 };
		writeFileSync(join(folder, 'upkeep.json'), JSON.stringify(twoDaysAgo));
		storeLayer(cacheIn(folder, limits), ['newer'], changeset);
		t.assert.equal(findLayer(cacheIn(folder), '40'), null);
		t.assert.notEqual(findLayer(cacheIn(folder), 'new'), null);
	});

	test('though somebody wrote nonsense where it notes when it did', async (t) => {
		const folder = await temporaryFolder(t);
		const cache = cacheIn(folder, { ...unlimited, maximumBytes: 1e9 });
		storeLayer(cache, ['a'], changeset);
		for (const nonsense of ['', 'null', '{"prunedAt":"x"}', '[1e999]']) {
			writeFileSync(join(folder, 'upkeep.json'), nonsense);
			storeLayer(cache, [nonsense], changeset);
			t.assert.equal(JSON.parse(readFileSync(join(folder, 'upkeep.json'), 'utf8')).writtenBytes > 0, true);
		}
	});
});

test('what is found was used now, which is written down once a day', async (t) => {
	const folder = await folderWith(t, [40]);
	const cache = cacheIn(folder);
	findLayer(cache, '40');
	prune(folder, { ...unlimited, maximumAgeSeconds: DAY_SECONDS }, Date.now());
	t.assert.notEqual(findLayer(cacheIn(folder), '40'), null);
});
