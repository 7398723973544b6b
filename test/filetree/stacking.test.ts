import { describe, test } from 'node:test';
import { directory, file, hardLink, symlink, whiteout } from '../support/archives/tar-entry.ts';
import { describeEnd, tell } from './told.ts';

describe('a path in two layers', () => {
	test('a file over a directory removes what was in it', async (t) => {
		const { paths, changes, waste } = await tell([directory('a'), file('a/b', 'xx')], [file('a', 'y')]);
		t.assert.deepEqual(paths, ['a']);
		t.assert.deepEqual(changes, ['a content', 'a/b removed']);
		t.assert.deepEqual(waste, ['a/b: 2 of layer 1, removed by layer 2']);
	});

	test('a directory over a file replaces it', async (t) => {
		const { paths, changes, waste } = await tell([file('a', 'xx')], [directory('a'), file('a/b', 'y')]);
		t.assert.deepEqual(paths, ['a/', 'a/b']);
		t.assert.deepEqual(changes, ['a content', 'a/b added']);
		t.assert.deepEqual(waste, ['a: 2 of layer 1, content by layer 2']);
	});

	test('a directory over a directory merges with it', async (t) => {
		const { paths, changes, waste } = await tell(
			[directory('d'), file('d/one', 'x')],
			[directory('d'), file('d/two', 'y')],
		);
		t.assert.deepEqual(paths, ['d/', 'd/one', 'd/two']);
		t.assert.deepEqual([changes, waste], [['d/two added'], []]);
	});

	test('a symlink over a directory removes what was in it', async (t) => {
		const { paths, changes } = await tell(
			[directory('lib'), file('lib/a', 'x')],
			[symlink('lib', 'usr/lib')],
		);
		t.assert.deepEqual(paths, ['lib']);
		t.assert.deepEqual(changes, ['lib content', 'lib/a removed']);
	});

	test('is the same path however it is written', async (t) => {
		const { paths, changes } = await tell([file('a/b', 'x')], [file('./a//./b', 'y')], [file('/a/b', 'z')]);
		t.assert.deepEqual(paths, ['a/', 'a/b']);
		t.assert.deepEqual(changes, ['a/b content']);
	});
});

describe('what has changed', () => {
	test('other bytes of the same number: content', async (t) => {
		t.assert.deepEqual((await tell([file('a', 'xx')], [file('a', 'yy')])).changes, ['a content']);
	});

	test('another mode, owner or group: metadata, and the bytes below are wasted', async (t) => {
		for (const attributes of [{ mode: 0o600 }, { uid: 7 }, { gid: 7 }]) {
			const { changes, waste } = await tell([file('a', 'xx')], [file('a', 'xx', attributes)]);
			t.assert.deepEqual(changes, ['a metadata']);
			t.assert.deepEqual(waste, ['a: 2 of layer 1, metadata by layer 2']);
		}
	});

	test('nothing, but shipped again: identical', async (t) => {
		const { changes, waste } = await tell([file('a', 'xx')], [file('a', 'xx')]);
		t.assert.deepEqual(changes, ['a identical']);
		t.assert.deepEqual(waste, ['a: 2 of layer 1, identical by layer 2']);
	});

	test('another time alone: identical', async (t) => {
		t.assert.deepEqual((await tell([file('a', 'x', { mtime: 1 })], [file('a', 'x', { mtime: 2 })])).changes, [
			'a identical',
		]);
	});

	test('a link that leads elsewhere: content', async (t) => {
		t.assert.deepEqual((await tell([symlink('a', 'b')], [symlink('a', 'c')])).changes, ['a content']);
		t.assert.deepEqual((await tell([symlink('a', 'b')], [symlink('a', 'b')])).changes, ['a identical']);
	});

	test('a directory that is shipped again as it was: no change', async (t) => {
		t.assert.deepEqual((await tell([directory('d')], [directory('d')])).changes, []);
		t.assert.deepEqual((await tell([directory('d')], [directory('d', { uid: 7 })])).changes, ['d metadata']);
	});

	test('a file that was gone for a layer: added', async (t) => {
		const { changes, waste } = await tell([file('a', 'xx')], [whiteout('a')], [file('a', 'xx')]);
		t.assert.deepEqual(changes, ['a added']);
		t.assert.deepEqual(waste, ['a: 2 of layer 1, removed by layer 2']);
	});
});

describe('the same path twice in one layer', () => {
	test('the last entry counts, the bytes before it are waste', async (t) => {
		const { paths, changes, waste } = await tell([file('a', 'xxx'), file('a', 'yy')]);
		t.assert.deepEqual([paths, changes], [['a'], ['a added']]);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, duplicate by layer 1']);
		t.assert.equal(await describeEnd('a', [file('a', 'xxx'), file('a', 'yy')]), 'file 644 0:0 2');
	});

	test('a file, then a directory', async (t) => {
		const { paths, waste } = await tell([file('a', 'xxx'), file('a/b', 'y')]);
		t.assert.deepEqual(paths, ['a/', 'a/b']);
		t.assert.deepEqual(waste, ['a: 3 of layer 1, duplicate by layer 1']);
	});

	test('a directory, then a file: what was in it goes as well', async (t) => {
		const { paths, waste } = await tell([file('a/b', 'yy'), file('a', 'x')]);
		t.assert.deepEqual(paths, ['a']);
		t.assert.deepEqual(waste, ['a/b: 2 of layer 1, duplicate by layer 1']);
	});

	test('is one change against the layers below', async (t) => {
		const { changes, waste } = await tell([file('a', 'x')], [file('a', 'yy'), file('a', 'x')]);
		t.assert.deepEqual(changes, ['a identical']);
		t.assert.deepEqual(waste, [
			'a: 1 of layer 1, identical by layer 2',
			'a: 2 of layer 2, duplicate by layer 2',
		]);
	});
});

describe('a parent that has no entry', () => {
	test('is a directory that belongs to root, and is no change', async (t) => {
		const { paths, changes } = await tell([file('a/b/c', 'x')]);
		t.assert.deepEqual(paths, ['a/', 'a/b/', 'a/b/c']);
		t.assert.deepEqual(changes, ['a/b/c added']);
		t.assert.equal(await describeEnd('a/b', [file('a/b/c')]), 'implied directory');
	});

	test('is what a lower layer made it', async (t) => {
		const layers = [[directory('d', { mode: 0o700, uid: 5, gid: 6 })], [file('d/a')]];
		t.assert.equal(await describeEnd('d', ...layers), 'directory 700 5:6 0');
		t.assert.deepEqual((await tell(...layers)).changes, ['d/a added']);
	});

	test('has a change of its mode when an entry comes for it', async (t) => {
		t.assert.deepEqual((await tell([file('d/a')], [directory('d', { mode: 0o700 })])).changes, [
			'd metadata',
		]);
		t.assert.deepEqual((await tell([file('d/a')], [directory('d')])).changes, []);
	});

	test('that a lower layer made a link becomes a directory: that breaks images, and has a warning', async (t) => {
		const { paths, changes, warnings } = await tell(
			[directory('usr/lib'), file('usr/lib/libc', 'x'), symlink('lib', 'usr/lib')],
			[file('lib/new', 'y')],
		);
		t.assert.deepEqual(paths, ['lib/', 'lib/new', 'usr/', 'usr/lib/', 'usr/lib/libc']);
		t.assert.deepEqual(changes, ['lib content', 'lib/new added']);
		t.assert.deepEqual(warnings, ['parent-replaced in layer 2: lib']);
	});

	test('that a lower layer made a link has the warning once, also where the layer has an entry for it', async (t) => {
		for (const layer of [
			[directory('lib'), file('lib/a', 'y'), file('lib/b', 'z')],
			[file('lib/a', 'y'), directory('lib'), file('lib/b', 'z')],
		]) {
			const { warnings } = await tell([symlink('lib', 'usr/lib')], layer);
			t.assert.deepEqual(warnings, ['parent-replaced in layer 2: lib']);
		}
	});

	test('is no parent as long as nothing is put below it', async (t) => {
		t.assert.deepEqual((await tell([symlink('lib', 'usr/lib')], [directory('lib')])).warnings, []);
		const layers = [[symlink('lib', 'usr/lib')], [directory('lib')], [file('lib/a', 'y')]];
		t.assert.deepEqual((await tell(...layers)).warnings, []);
	});

	test('that a lower layer made a link, and that is removed first, has no warning', async (t) => {
		const { warnings } = await tell(
			[symlink('lib', 'usr/lib')],
			[directory('lib'), file('lib/a', 'y'), whiteout('lib')],
		);
		t.assert.deepEqual(warnings, []);
	});

	test('that the layer itself takes away again before anything is below it has no warning', async (t) => {
		for (const taker of [hardLink('a', 'a'), file('a', 'y')]) {
			const layer = [directory('a/b'), taker, file('a/b/c', 'y'), file('a/b/d', 'y')];
			const { warnings } = await tell([file('a/b', 'x')], layer);
			t.assert.deepEqual(
				warnings.filter((warning) => warning.startsWith('parent-replaced')),
				[],
			);
		}
	});

	test('that took the place of a file is removed again as that was', async (t) => {
		const layers = [[file('d', 'xxxx')], [file('d/x', 'x')]];
		t.assert.deepEqual((await tell(...layers)).changes, ['d content', 'd/x added']);
		t.assert.deepEqual((await tell(...layers, [whiteout('d')])).changes, ['d removed', 'd/x removed']);
	});

	test('that no change set lists leaves none', async (t) => {
		t.assert.deepEqual((await tell([file('d/x', 'x')], [whiteout('d')])).changes, ['d/x removed']);
	});

	test('that the same layer made a link becomes a directory as well, without a warning', async (t) => {
		const { paths, warnings } = await tell([symlink('lib', 'usr/lib'), file('lib/new', 'y')]);
		t.assert.deepEqual([paths, warnings], [['lib/', 'lib/new'], []]);
	});
});

describe('a path with ".." in it', () => {
	test('is left out, with a warning', async (t) => {
		const { paths, warnings } = await tell([file('../a', 'xx'), file('b/../c', 'x'), file('d')]);
		t.assert.deepEqual(paths, ['d']);
		t.assert.deepEqual(warnings, ['path-escapes-root in layer 1: ../a']);
	});

	test('is nothing that a hard link could lead to', async (t) => {
		t.assert.deepEqual((await tell([file('etc', 'x'), hardLink('a', '../etc')])).warnings, [
			'link-to-nothing in layer 1: a',
		]);
	});
});
