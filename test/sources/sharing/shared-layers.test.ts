import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type LayerCache, noCache } from '../../../source/cache/layer-cache.ts';
import type { FileTree } from '../../../source/filetree/file-tree.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { SharedLayers } from '../../../source/sources/sharing/shared-layers.ts';
import { file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression, ociArchive } from '../../support/archives/write-archive.ts';
import { cacheIn } from '../../support/disk-cache.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Enough for its layers and its tree to be worth caching, with files that two layers ship with one size. */
const base: readonly (readonly TarEntry[])[] = [
	[file('large', new Uint8Array(40_000_000)), ...files('a')],
	[...files('a').slice(0, 100), ...files('b').slice(100, 200)],
];

function files(text: string): readonly TarEntry[] {
	return Array.from({ length: 10_000 }, (_, index) => file(`folder/${index}`, text.repeat(200)));
}

const images = {
	old: [...base, [file('top', 'old')]],
	new: [...base, [file('top', 'new'), file('folder/1', 'c'.repeat(200))]],
};

interface Pair {
	readonly old: string;
	readonly new: string;
}

async function writePair(t: TestContext, toArchive: (layers: typeof base) => Uint8Array): Promise<Pair> {
	const folder = await temporaryFolder(t);
	const paths = { old: join(folder, 'old.tar'), new: join(folder, 'new.tar') };
	await writeFile(paths.old, toArchive(images.old));
	await writeFile(paths.new, toArchive(images.new));
	// The next change to a file that was written just now may look the same, so that it would not be cached.
	await setTimeout(100);
	return paths;
}

/** Opens both at once, as `fathom diff` does. */
async function openShared(
	paths: Pair,
	cache: LayerCache = noCache(),
): Promise<readonly [ImageSession, ImageSession]> {
	const shared = new SharedLayers();
	const older = loadImage(paths.old, { cache, sharing: { shared, role: 'gives' } }).finally(() =>
		shared.finish(),
	);
	const newer = loadImage(paths.new, { cache, sharing: { shared, role: 'takes' } });
	return Promise.all([older, newer]);
}

/** What is in the tree, without where it lies. */
function treeOf({ tree }: ImageSession): Omit<FileTree, 'changesets'> {
	const { changesets: _changesets, ...rest } = tree;
	return rest;
}

/** Zeros in place of the headers of what the lowest layer has below `folder`: reading them would end the layer there. */
function withoutLowest(archive: Uint8Array): Uint8Array {
	const header = Buffer.from(archive.buffer, archive.byteOffset, archive.length).indexOf('folder/0\0');
	return Uint8Array.from(archive).fill(0, header, header + 512);
}

describe('two images that share layers', () => {
	const ways: readonly (readonly [string, LayerCompression])[] = [
		['plain', 'plain'],
		['gzip', 'gzip'],
	];
	for (const [name, compression] of ways) {
		test(`are what each is when it is opened alone, with ${name} layers`, async (t) => {
			const pair = await writePair(t, (layers) => ociArchive([{ layers }], compression));
			const cache = noCache();
			const both = await openShared(pair, cache);
			t.assert.deepEqual(treeOf(both[0]), treeOf(await loadImage(pair.old, { cache })));
			t.assert.deepEqual(treeOf(both[1]), treeOf(await loadImage(pair.new, { cache })));
		});
	}

	test('are the same out of the cache', async (t) => {
		const pair = await writePair(t, (layers) => dockerArchive([{ layers }]));
		const folder = join(await temporaryFolder(t), 'cache');
		const first = await openShared(pair, cacheIn(folder));
		const second = await openShared(pair, cacheIn(folder));
		for (const side of [0, 1] as const) t.assert.deepEqual(treeOf(second[side]), treeOf(first[side]));
	});

	test('have them read once: the diff ID of the second is believed', async (t) => {
		const pair = await writePair(t, (layers) => dockerArchive([{ layers }]));
		const [, whole] = await openShared(pair);
		await writeFile(pair.new, withoutLowest(dockerArchive([{ layers: images.new }])));
		const [, newer] = await openShared(pair);
		t.assert.deepEqual(treeOf(newer), treeOf(whole));
	});

	test('leave nothing in the cache of a layer that nobody has read', async (t) => {
		const pair = await writePair(t, (layers) => dockerArchive([{ layers }]));
		await writeFile(pair.new, withoutLowest(dockerArchive([{ layers: images.new }])));
		await setTimeout(100);
		const cache = cacheIn(join(await temporaryFolder(t), 'cache'));
		await openShared(pair, cache);
		await t.assert.rejects(loadImage(pair.new, { cache }), { code: 'corrupt' });
	});

	test('are read both when the first cannot be opened', async (t) => {
		const pair = await writePair(t, (layers) => dockerArchive([{ layers }]));
		const shared = new SharedLayers();
		const gone = loadImage('gone.tar', { sharing: { shared, role: 'gives' } }).finally(() => shared.finish());
		const newer = loadImage(pair.new, { sharing: { shared, role: 'takes' } });
		await t.assert.rejects(gone, { code: 'not-found' });
		t.assert.equal((await newer).tree.layerCount, 3);
	});

	test('have the facts of these from one reading', async (t) => {
		const status = (name: string) =>
			`Package: ${name}\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n`;
		const layers = [[file('var/lib/dpkg/status', status('first'))], [file('top', 'old')]];
		const folder = await temporaryFolder(t);
		const paths = { old: join(folder, 'old.tar'), new: join(folder, 'new.tar') };
		await writeFile(paths.old, dockerArchive([{ layers }]));
		const archive = Buffer.from(dockerArchive([{ layers: [layers[0], [file('top', 'new')]] }]));
		// Who reads the layer again finds another package.
		archive.write('other', archive.indexOf('Package: first') + 'Package: '.length);
		await writeFile(paths.new, archive);
		const [older, newer] = await openShared(paths);
		t.after(() => Promise.all([older.close(), newer.close()]));
		const expected = await older.facts.ask(['packages']);
		t.assert.equal(JSON.stringify(expected).includes('"first"'), true);
		t.assert.deepEqual(await newer.facts.ask(['packages']), expected);
	});
});
