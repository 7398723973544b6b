import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { DiskCache } from '../../source/cache/disk-cache.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { loadImage } from '../support/load-image.ts';
import { file, whiteout } from '../support/tar-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dockerArchive } from '../support/write-archive.ts';

/** Enough entries and bytes for a tree to be worth keeping; some files are shipped twice, the same or not. */
const layers = [
	[
		file('large', new Uint8Array(40_000_000)),
		...Array.from({ length: 10_000 }, (_, index) => file(`folder/${index}`, 'x')),
	],
	[file('folder/1', 'x'), file('folder/2', 'y'), whiteout('folder/3')],
];

const limits = { maximumBytes: 1e9, maximumAgeSeconds: 1e6 };

interface Kept {
	readonly trees: string;
	readonly load: () => Promise<ImageSession>;
}

async function keptImage(t: TestContext): Promise<Kept> {
	const folder = await temporaryFolder(t);
	const path = join(folder, 'image.tar');
	await writeFile(path, dockerArchive([{ layers }]));
	// A file that was written just now is not believed to stay as it is.
	await setTimeout(100);
	const place = { folder: join(folder, 'cache'), userId: null };
	return {
		trees: join(folder, 'cache', 'trees'),
		load: () => loadImage(path, { cache: new DiskCache(place, limits) }),
	};
}

test('the second look at an image finds its tree as it was', async (t) => {
	const { trees, load } = await keptImage(t);
	const first = await load();
	t.assert.equal((await readdir(trees)).length, 1);
	const second = await load();
	t.assert.deepEqual(second.tree, first.tree);
	t.assert.deepEqual(await second.ask(['dive']), await first.ask(['dive']));
	t.assert.deepEqual(second.image.warnings, first.image.warnings);
});

test('a tree that was damaged is worked out anew', async (t) => {
	const { trees, load } = await keptImage(t);
	const first = await load();
	const path = join(trees, (await readdir(trees))[0]);
	const bytes = await readFile(path);
	bytes[bytes.length >> 1] ^= 1;
	await writeFile(path, bytes);
	t.assert.deepEqual((await load()).tree, first.tree);
});
