import { describe, test } from 'node:test';
import { findContent } from '../../source/filetree/find-content.ts';
import { findNode } from '../../source/filetree/find-node.ts';
import {
	device,
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { loadLayers } from '../support/load-layers.ts';
import { stateOf } from '../support/tree-view.ts';
import { describeEnd, tell } from './told.ts';

/** The content of files in the end. */
async function contentsOf(
	paths: readonly string[],
	...layers: readonly (readonly TarEntry[])[]
): Promise<readonly string[]> {
	const { tree } = await loadLayers(layers);
	return paths.map((path) => {
		const found = findContent(tree, findNode(tree, path) ?? 0, layers.length - 1);
		if (found.kind !== 'file') return found.kind;
		const { positions, sizes } = tree.changesets[found.layerIndex];
		const start = positions[found.entry];
		const tar = layerTar(layers[found.layerIndex]);
		return Buffer.from(tar.subarray(start, start + sizes[found.entry])).toString();
	});
}

/** Live and wasted bytes. */
async function bytesOf(...layers: readonly (readonly TarEntry[])[]): Promise<readonly [number, number]> {
	const { figures } = await loadLayers(layers);
	return [figures.liveBytes, figures.wastedBytes];
}

describe('a hard link', () => {
	test('adds no bytes', async (t) => {
		const layers = [[file('a', 'xxx'), hardLink('b', 'a')]];
		t.assert.deepEqual(await bytesOf(...layers), [3, 0]);
		t.assert.equal(await describeEnd('b', ...layers), 'hard-link 644 0:0 0 -> a');
	});

	test('keeps the bytes alive when the name that carried them goes', async (t) => {
		const layers = [[file('a', 'xxx'), hardLink('b', 'a')], [whiteout('a')]];
		t.assert.deepEqual(await bytesOf(...layers), [3, 0]);
		t.assert.deepEqual((await tell(...layers)).changes, ['a removed']);
	});

	test('the last name to go is the one that wastes them', async (t) => {
		const { waste } = await tell([file('a', 'xxx'), hardLink('b', 'a')], [whiteout('a')], [whiteout('b')]);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, removed by layer 3']);
	});

	test('may lead to a file of a lower layer', async (t) => {
		const layers = [[file('a', 'xxx')], [hardLink('b', 'a')], [whiteout('a')]];
		t.assert.deepEqual(await bytesOf(...layers), [3, 0]);
		t.assert.deepEqual((await tell(...layers)).warnings, []);
	});

	test('may lead to another link', async (t) => {
		const layers = [
			[file('a', 'xxx'), hardLink('b', 'a'), hardLink('c', 'b')],
			[whiteout('a'), whiteout('b')],
		];
		t.assert.deepEqual(await bytesOf(...layers), [3, 0]);
	});

	test('to the file that was there before is no other content', async (t) => {
		const { changes, waste } = await tell([file('a', 'xxx'), file('b', 'xxx')], [hardLink('b', 'a')]);
		t.assert.deepEqual(changes, ['b identical']);
		t.assert.deepEqual(waste, ['b: 3 of layer 1, identical by layer 2']);
	});

	test('makes what it replaces waste, and not what it shares with it', async (t) => {
		const { waste } = await tell([file('a', 'xxx'), file('b', 'yy')], [hardLink('b', 'a')]);
		t.assert.deepEqual(waste, ['b: 2 of layer 1, content by layer 2']);
		t.assert.deepEqual((await tell([file('a', 'xxx'), hardLink('b', 'a')], [hardLink('b', 'a')])).waste, []);
	});

	test('has the mode and owner of its own entry', async (t) => {
		const end = await describeEnd('b', [file('a', 'x'), hardLink('b', 'a', { mode: 0o600, uid: 3 })]);
		t.assert.equal(end, 'hard-link 600 3:0 0 -> a');
	});
});

describe('hard links are made in the order of the tar', () => {
	test('a later entry for the target leaves the link its content', async (t) => {
		const layer = [file('a', 'x'.repeat(1000)), hardLink('b', 'a'), file('a', 'y'.repeat(10))];
		t.assert.deepEqual(await bytesOf(layer), [1010, 0]);
		t.assert.deepEqual(await contentsOf(['a', 'b'], layer), ['y'.repeat(10), 'x'.repeat(1000)]);
	});

	test('what is left of an entry alone is wasted by the layer that replaces the link', async (t) => {
		const layer = [file('a', 'x'.repeat(1000)), hardLink('b', 'a'), file('a', 'y'.repeat(10))];
		const { waste } = await tell(layer, [file('b', 'z'.repeat(7))]);
		t.assert.deepEqual(waste, ['a: 1000 of layer 1, content by layer 2']);
	});

	test('an entry that gave way with all its links was shipped for nothing', async (t) => {
		const { waste } = await tell([file('a', 'xxx'), hardLink('b', 'a'), file('a', 'y'), file('b', 'z')]);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, duplicate by layer 1']);
	});

	test('a link shares the content of a lower layer where that is what it meets', async (t) => {
		const layers = [[file('a', 'x'.repeat(30))], [hardLink('b', 'a'), file('a', 'y'.repeat(15))]];
		t.assert.deepEqual(await bytesOf(...layers), [45, 0]);
		t.assert.deepEqual(await contentsOf(['a', 'b'], ...layers), ['y'.repeat(15), 'x'.repeat(30)]);
		t.assert.deepEqual((await tell(...layers)).warnings, []);
	});

	test('a link before its only target takes that one, with a warning', async (t) => {
		t.assert.deepEqual(await tell([hardLink('b', 'a'), file('a', 'xxx')]), {
			paths: ['a', 'b'],
			changes: ['a added', 'b added'],
			waste: [],
			warnings: ['link-before-target in layer 1: b'],
		});
	});

	test('so does a link to a link that is before its target', async (t) => {
		const layer = [hardLink('b', 'a'), hardLink('c', 'b'), file('b', 'z'), file('a', 'xxx')];
		t.assert.deepEqual(await contentsOf(['a', 'b', 'c'], layer), ['xxx', 'z', 'xxx']);
		t.assert.deepEqual((await tell(layer)).warnings, ['link-before-target in layer 1: c']);
	});

	test('a link that a later entry takes the place of leaves no trace', async (t) => {
		const { changes, waste, warnings } = await tell([
			file('a', 'xxx'),
			hardLink('b', 'a'),
			hardLink('c', 'nowhere'),
			directory('b'),
			file('c', 'y'),
		]);
		t.assert.deepEqual([changes, waste, warnings], [['a added', 'b added', 'c added'], [], []]);
	});

	test('a whiteout of the target takes its name alone', async (t) => {
		const layers = [[file('a', 'xxx')], [hardLink('b', 'a')], [whiteout('a')]];
		t.assert.deepEqual(await contentsOf(['b'], ...layers), ['xxx']);
		t.assert.deepEqual(await bytesOf(...layers), [3, 0]);
	});
});

describe('a hard link to what is no file is a second name of it', () => {
	test('a symlink', async (t) => {
		const layers = [[file('t', 'xxx'), symlink('s', 't'), hardLink('h', 's')], [whiteout('s')]];
		const { figures, tree } = await loadLayers(layers);
		t.assert.deepEqual(figures.finalFileSystem, {
			files: 1,
			hardLinks: 0,
			symlinks: 1,
			directories: 0,
			special: 0,
		});
		t.assert.deepEqual(stateOf(tree, 2), ['h symlink 644 0 0 0 no file', 't file 644 0 0 3 3 from 0']);
	});

	test('a device', async (t) => {
		const { figures } = await loadLayers([[device('d', 'block-device', [8, 0]), hardLink('h', 'd')]]);
		t.assert.equal(figures.finalFileSystem.special, 2);
	});

	test('which is no change where the same symlink follows', async (t) => {
		const { changes } = await tell(
			[symlink('s', 't'), hardLink('h', 's')],
			[symlink('h', 't', { mode: 0o644 })],
		);
		t.assert.deepEqual(changes, ['h identical']);
	});
});

describe('a hard link that leads to nothing is an empty file, with a warning', () => {
	const lost: Readonly<Record<string, readonly TarEntry[]>> = {
		'to a path that is not there': [hardLink('b', 'a')],
		'to a directory': [directory('a'), hardLink('b', 'a')],
		'to itself': [hardLink('b', 'b')],
	};
	for (const [name, layer] of Object.entries(lost)) {
		test(name, async (t) => {
			const { paths, warnings } = await tell(layer);
			t.assert.equal(paths.includes('b'), true);
			t.assert.deepEqual(warnings, ['link-to-nothing in layer 1: b']);
			t.assert.equal(
				await describeEnd('b', layer),
				`hard-link 644 0:0 0 -> ${name.endsWith('itself') ? 'b' : 'a'}`,
			);
		});
	}

	for (const [when, layer] of [
		['after', [hardLink('b', 'a'), whiteout('a')]],
		['before', [whiteout('a'), hardLink('b', 'a')]],
	] as const) {
		test(`to a path that the layer removes, with the marker ${when} the link`, async (t) => {
			const { warnings, waste } = await tell([file('a', 'xxx')], layer);
			t.assert.deepEqual(warnings, ['link-to-nothing in layer 2: b']);
			t.assert.deepEqual(waste, ['a: 3 of layer 1, removed by layer 2']);
		});
	}

	test('to what it takes the place of itself', async (t) => {
		const { paths, warnings, waste } = await tell([file('a/b', 'xxx')], [hardLink('a', 'a/b')]);
		t.assert.deepEqual([paths, warnings], [['a'], ['link-to-nothing in layer 2: a']]);
		t.assert.deepEqual(waste, ['a/b: 3 of layer 1, removed by layer 2']);
	});

	test('to a directory, whatever takes its place later', async (t) => {
		const { warnings } = await tell([directory('a'), hardLink('b', 'a'), file('a', 'x')]);
		t.assert.deepEqual(warnings, ['link-to-nothing in layer 1: b']);
	});

	test('each other: one warning for both', async (t) => {
		const { image } = await loadLayers([[hardLink('a', 'b'), hardLink('b', 'a')]]);
		t.assert.deepEqual(
			image.warnings.map(({ code, count }) => [code, count]),
			[['link-to-nothing', 2]],
		);
	});
});
