import { describe, test } from 'node:test';
import { loadLayers } from '../support/load-layers.ts';
import { directory, file, hardLink, type TarEntry, whiteout } from '../support/tar-entry.ts';
import { describeEnd, tell } from './told.ts';

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

	test('may stand before its target', async (t) => {
		t.assert.deepEqual(await tell([hardLink('b', 'a'), file('a', 'xxx')]), {
			paths: ['a', 'b'],
			changes: ['a added', 'b added'],
			waste: [],
			warnings: [],
		});
	});

	test('leads to what its target is in its own layer, not below', async (t) => {
		const layers = [[file('a', 'xxx')], [hardLink('b', 'a'), file('a', 'yy')], [whiteout('a')]];
		t.assert.deepEqual(await bytesOf(...layers), [2, 3]);
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

	test('has the mode and owner of its own entry', async (t) => {
		const end = await describeEnd('b', [file('a', 'x'), hardLink('b', 'a', { mode: 0o600, uid: 3 })]);
		t.assert.equal(end, 'hard-link 600 3:0 0 -> a');
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

	test('to a path that the layer removes', async (t) => {
		const { warnings, waste } = await tell([file('a', 'xxx')], [hardLink('b', 'a'), whiteout('a')]);
		t.assert.deepEqual(warnings, ['link-to-nothing in layer 2: b']);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, removed by layer 2']);
	});

	test('each other: one warning for both', async (t) => {
		const { image } = await loadLayers([[hardLink('a', 'b'), hardLink('b', 'a')]]);
		t.assert.deepEqual(
			image.warnings.map(({ code, count }) => [code, count]),
			[['link-to-nothing', 2]],
		);
	});
});
