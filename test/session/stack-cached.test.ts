import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { ImageSession } from '../../source/session/image-session.ts';
import { file, whiteout } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { cacheIn } from '../support/disk-cache.ts';
import { loadImage } from '../support/load-image.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Enough entries and bytes for a tree to be worth caching; some files are shipped twice, the same or not. */
const layers = [
	[
		file('large', new Uint8Array(40_000_000)),
		...Array.from({ length: 10_000 }, (_, index) => file(`folder/${index}`, 'x')),
	],
	[file('folder/1', 'x'), file('folder/2', 'y'), whiteout('folder/3')],
];

interface CachedImage {
	readonly trees: string;
	readonly load: () => Promise<ImageSession>;
}

async function cachedImage(t: TestContext): Promise<CachedImage> {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'image.tar');
	await writeFile(path, dockerArchive([{ layers }]));
	// The next change to a file that was written just now may look the same.
	await setTimeout(100);
	return {
		trees: join(folder, 'cache', 'trees'),
		load: () => loadImage(path, { cache: cacheIn(join(folder, 'cache')) }),
	};
}

test('the second look at an image finds its tree as it was', async (t) => {
	const { trees, load } = await cachedImage(t);
	const first = await load();
	t.assert.equal((await readdir(trees)).length, 1);
	const second = await load();
	t.assert.deepEqual(second.tree, first.tree);
	t.assert.deepEqual(await second.ask(['dive']), await first.ask(['dive']));
	t.assert.deepEqual(second.image.warnings, first.image.warnings);
});

test('a tree that was damaged is worked out anew', async (t) => {
	const { trees, load } = await cachedImage(t);
	const first = await load();
	const path = join(trees, (await readdir(trees))[0]);
	const bytes = await readFile(path);
	bytes[bytes.length >> 1] ^= 1;
	await writeFile(path, bytes);
	t.assert.deepEqual((await load()).tree, first.tree);
});
