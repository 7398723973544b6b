import { describe, test } from 'node:test';
import { directory, file, opaque, whiteout } from '../support/archives/tar-entry.ts';
import { tell } from './told.ts';

describe('a whiteout', () => {
	test('removes a file of a lower layer', async (t) => {
		const { paths, changes, waste } = await tell([file('a', 'xxx'), file('b')], [whiteout('a')]);
		t.assert.deepEqual(paths, ['b']);
		t.assert.deepEqual(changes, ['a removed']);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, removed by layer 2']);
	});

	test('removes a directory with all that is below it', async (t) => {
		const { paths, changes, waste } = await tell(
			[directory('d'), file('d/one', 'x'), directory('d/e'), file('d/e/two', 'xx')],
			[whiteout('d')],
		);
		t.assert.deepEqual(paths, []);
		t.assert.deepEqual(changes, ['d removed', 'd/e removed', 'd/e/two removed', 'd/one removed']);
		t.assert.deepEqual(waste, [
			'd/e/two: 2 of layer 1, removed by layer 2',
			'd/one: 1 of layer 1, removed by layer 2',
		]);
	});

	for (const [when, layer] of [
		['before it', [whiteout('a'), file('a', 'yy')]],
		['after it', [file('a', 'yy'), whiteout('a')]],
	] as const) {
		test(`leaves what its own layer adds at the same path, when the marker comes ${when}`, async (t) => {
			const { paths, changes, waste } = await tell([file('a', 'xxx')], layer);
			t.assert.deepEqual(paths, ['a']);
			t.assert.deepEqual(changes, ['a content']);
			t.assert.deepEqual(waste, ['a: 3 of layer 1, content by layer 2']);
		});
	}

	for (const [when, layer] of [
		['before', [whiteout('d'), directory('d'), file('d/new', 'y')]],
		['between', [directory('d'), whiteout('d'), file('d/new', 'y')]],
		['after', [directory('d'), file('d/new', 'y'), whiteout('d')]],
	] as const) {
		test(`of a directory that is there again, marker ${when}: only the lower content is gone`, async (t) => {
			const { paths, changes } = await tell([directory('d'), file('d/old', 'x')], layer);
			t.assert.deepEqual(paths, ['d/', 'd/new']);
			t.assert.deepEqual(changes, ['d/new added', 'd/old removed']);
		});
	}

	test('of a path that no layer has changes nothing', async (t) => {
		t.assert.deepEqual(await tell([file('a')], [whiteout('gone'), whiteout('far/gone')]), {
			paths: ['a'],
			changes: [],
			waste: [],
			warnings: [],
		});
	});

	test('in the lowest layer removes nothing', async (t) => {
		t.assert.deepEqual((await tell([file('a'), whiteout('a')])).paths, ['a']);
	});

	test('is no file itself, and its folder is not made by it', async (t) => {
		t.assert.deepEqual((await tell([file('a')], [whiteout('d/b')])).paths, ['a']);
	});

	test('of the storage driver is no whiteout', async (t) => {
		const { paths, changes } = await tell(
			[file('.wh.plnk'), file('a')],
			[file('.wh..wh.plnk', 'x'), file('.wh..wh.aufs/b', 'x')],
		);
		t.assert.deepEqual([paths, changes], [['a'], []]);
	});
});

describe('an opaque folder', () => {
	test('loses what lower layers put in it, and stays', async (t) => {
		const { paths, changes, waste } = await tell(
			[directory('d'), file('d/one', 'x'), file('d/e/two', 'xx')],
			[directory('d'), opaque('d')],
		);
		t.assert.deepEqual(paths, ['d/']);
		t.assert.deepEqual(changes, ['d/e/two removed', 'd/one removed']);
		t.assert.deepEqual(waste, [
			'd/e/two: 2 of layer 1, removed by layer 2',
			'd/one: 1 of layer 1, removed by layer 2',
		]);
	});

	for (const [when, layer] of [
		['before it', [opaque('d'), file('d/new', 'y')]],
		['after it', [file('d/new', 'y'), opaque('d')]],
	] as const) {
		test(`keeps what its own layer adds, when the marker comes ${when}`, async (t) => {
			const { paths, changes } = await tell([directory('d'), file('d/old', 'x')], layer);
			t.assert.deepEqual(paths, ['d/', 'd/new']);
			t.assert.deepEqual(changes, ['d/new added', 'd/old removed']);
		});
	}

	test('that gets a file back as it was: the bytes were shipped again', async (t) => {
		const { changes, waste } = await tell([file('d/a', 'xxx')], [opaque('d'), file('d/a', 'xxx')]);
		t.assert.deepEqual(changes, ['d/a identical']);
		t.assert.deepEqual(waste, ['d/a: 3 of layer 1, identical by layer 2']);
	});

	test('may be the root', async (t) => {
		const { paths, changes } = await tell([file('a', 'x'), file('d/b', 'x')], [file('new'), opaque('')]);
		t.assert.deepEqual(paths, ['new']);
		t.assert.deepEqual(changes, ['a removed', 'd/b removed', 'new added']);
	});

	test('does not hide what higher layers put there', async (t) => {
		const { paths } = await tell([file('d/old')], [opaque('d')], [file('d/newer')]);
		t.assert.deepEqual(paths, ['d/', 'd/newer']);
	});
});
