import { describe, test } from 'node:test';
import { pathOf } from '../../source/filetree/paths.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { loadLayers } from '../support/load-layers.ts';

const bytes = (count: number, character = 'x') => character.repeat(count);

/** One death of each cause, in three layers. */
const layers: readonly (readonly TarEntry[])[] = [
	[
		file('removed', bytes(1000)),
		file('content', bytes(100)),
		file('metadata', bytes(10)),
		file('identical', bytes(1)),
		file('live', bytes(5)),
	],
	[
		whiteout('removed'),
		file('content', bytes(200, 'y')),
		file('metadata', bytes(10), { mode: 0o600 }),
		file('identical', bytes(1)),
		file('duplicate', bytes(10_000)),
		file('duplicate', bytes(20)),
	],
	[file('content', bytes(300, 'z'))],
];

describe('the bytes of an image', () => {
	test('total is all that the layers ship, live what is to be seen in the end, wasted the rest', async (t) => {
		const { figures } = await loadLayers(layers);
		t.assert.equal(figures.totalBytes, 1116 + 10_231 + 300);
		t.assert.equal(figures.liveBytes, 300 + 10 + 1 + 5 + 20);
		t.assert.equal(figures.wastedBytes, 1000 + (100 + 200) + 10 + 1 + 10_000);
		t.assert.equal(figures.efficiency, 336 / 11_647);
	});

	test('wasted bytes by cause', async (t) => {
		const { figures } = await loadLayers(layers);
		t.assert.deepEqual(figures.wasteByCause, {
			removed: 1000,
			content: 300,
			metadata: 10,
			identical: 1,
			duplicate: 10_000,
		});
	});

	test('wasted bytes by the layer that caused them, whichever shipped them', async (t) => {
		const { figures } = await loadLayers(layers);
		t.assert.deepEqual(
			figures.layers.map(({ wastedBytes }) => wastedBytes),
			[0, 11_111, 200],
		);
	});

	test('the wasted paths: most bytes first, all copies of a path together', async (t) => {
		const { figures, tree } = await loadLayers(layers);
		t.assert.deepEqual(
			[...figures.wastedPaths].map(({ node, ...rest }) => ({ path: pathOf(tree, node), ...rest })),
			[
				{ path: 'duplicate', bytes: 10_000, copies: 1, causes: ['duplicate'], shippedIn: [1], culprits: [1] },
				{ path: 'removed', bytes: 1000, copies: 1, causes: ['removed'], shippedIn: [0], culprits: [1] },
				{ path: 'content', bytes: 300, copies: 2, causes: ['content'], shippedIn: [0, 1], culprits: [1, 2] },
				{ path: 'metadata', bytes: 10, copies: 1, causes: ['metadata'], shippedIn: [0], culprits: [1] },
				{ path: 'identical', bytes: 1, copies: 1, causes: ['identical'], shippedIn: [0], culprits: [1] },
			],
		);
	});

	test('paths with equally many wasted bytes stand in the order of the tree', async (t) => {
		const names = ['b', 'a/z', 'a.b', 'c'];
		const { figures, tree } = await loadLayers([
			names.map((name) => file(name, 'xx')),
			[...names.map(whiteout)],
		]);
		t.assert.deepEqual(
			figures.wastedPaths.slice(0, 10).map(({ node }) => pathOf(tree, node)),
			['a/z', 'a.b', 'b', 'c'],
		);
		t.assert.deepEqual(
			figures.wastedPaths.slice(1, 3).map(({ node }) => pathOf(tree, node)),
			['a.b', 'b'],
		);
	});

	test('an image with no bytes is efficient', async (t) => {
		const { figures } = await loadLayers([[directory('a'), symlink('b', 'a'), file('c')], [whiteout('c')]]);
		t.assert.deepEqual([figures.totalBytes, figures.wastedBytes, figures.efficiency], [0, 0, 1]);
		t.assert.equal(figures.wastedPaths.length, 0);
	});
});

describe('the figures of a layer', () => {
	test('bytes are those of regular files; unpacked bytes are those of the tar', async (t) => {
		const layer = [file('a', bytes(700)), hardLink('b', 'a'), directory('d'), symlink('l', 'a')];
		const { figures } = await loadLayers([layer]);
		const [{ layerBytes, unpackedBytes, storedBytes }] = figures.layers;
		t.assert.deepEqual(
			[layerBytes, unpackedBytes, storedBytes],
			[700, layerTar(layer).length, layerTar(layer).length],
		);
	});

	test('changes by kind: files, directories and their bytes', async (t) => {
		const { figures } = await loadLayers([
			[
				directory('d'),
				directory('e'),
				file('d/a', bytes(7)),
				file('d/b', bytes(8)),
				file('m', bytes(9)),
				file('s', 'x'),
			],
			[
				directory('d', { mode: 0o700 }),
				directory('new'),
				file('d/a', bytes(70)),
				file('m', bytes(9), { uid: 1 }),
				file('s', 'x'),
				hardLink('link', 'm'),
				whiteout('d/b'),
				whiteout('e'),
			],
		]);
		t.assert.deepEqual(figures.layers[1].changes, {
			added: { files: 1, directories: 1, bytes: 0 },
			content: { files: 1, directories: 0, bytes: 70 },
			metadata: { files: 1, directories: 1, bytes: 9 },
			identical: { files: 1, directories: 0, bytes: 1 },
			removed: { files: 1, directories: 1, bytes: 8 },
		});
	});

	test('the final file system, by kind of entry; implied directories are listed', async (t) => {
		const { figures } = await loadLayers([
			[file('d/e/a', 'x'), hardLink('b', 'd/e/a'), symlink('c', 'b'), file('gone')],
			[whiteout('gone')],
		]);
		t.assert.deepEqual(figures.finalFileSystem, {
			files: 1,
			hardLinks: 1,
			symlinks: 1,
			directories: 2,
			special: 0,
		});
	});
});

describe('the waste of the added layers', () => {
	test('is what the layers above the base wasted, over what they ship', async (t) => {
		const { figures } = await loadLayers(layers);
		t.assert.deepEqual(figures.addedLayers, {
			wastedBytes: 11_311,
			layerBytes: 10_531,
			wastedRatio: 11_311 / 10_531,
		});
	});

	test('leaves out what the base wasted itself', async (t) => {
		const { figures } = await loadLayers([
			[file('a', bytes(100)), file('a', bytes(10))],
			[file('b', bytes(50))],
		]);
		t.assert.deepEqual([figures.wastedBytes, figures.addedLayers.wastedRatio], [100, 0]);
	});

	test('is 0 where nothing was added, and all where nothing was shipped and something wasted', async (t) => {
		t.assert.equal((await loadLayers([[file('a', 'x')]])).figures.addedLayers.wastedRatio, 0);
		t.assert.equal(
			(await loadLayers([[file('a', 'x')], [whiteout('a')]])).figures.addedLayers.wastedRatio,
			1,
		);
	});
});
