import { test } from 'node:test';
import { directory, file, hardLink, whiteout } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';
import { comparisonRows } from '../support/tree-view.ts';
import { tell } from './told.ts';

const some = { xattrs: { 'security.capability': 'net' } };
const others = { xattrs: { 'security.capability': 'admin' } };

test('an extended attribute that is added, changed or lost is a change of metadata', async (t) => {
	for (const [before, after] of [
		[{}, some],
		[some, others],
		[some, {}],
	]) {
		const { changes, waste } = await tell([file('a', 'text', before)], [file('a', 'text', after)]);
		t.assert.deepEqual(changes, ['a metadata']);
		t.assert.deepEqual(waste, ['a: 4 of layer 1, metadata by layer 2']);
	}
});

test('the same attributes are no change', async (t) => {
	const { changes } = await tell([file('a', 'text', some)], [file('a', 'text', some)]);
	t.assert.deepEqual(changes, ['a identical']);
});

test('the notes of a storage driver are no change', async (t) => {
	const noted = { xattrs: { 'trusted.overlay.origin': 'x' } };
	const { changes } = await tell([file('a', 'text')], [file('a', 'text', noted)]);
	t.assert.deepEqual(changes, ['a identical']);
});

test('directories have attributes as well', async (t) => {
	const { changes } = await tell(
		[directory('d/', some), directory('e/')],
		[directory('d/'), directory('e/')],
	);
	t.assert.deepEqual(changes, ['d metadata']);
});

test('a hard link has the attributes of its inode', async (t) => {
	const { changes } = await tell(
		[file('a', 'text', some), hardLink('b', 'a')],
		[file('c', 'text', others), hardLink('b', 'c')],
	);
	t.assert.deepEqual(changes, ['b metadata', 'c added']);
	const same = await tell(
		[file('a', 'text', some), hardLink('b', 'a')],
		[file('c', 'text', some), hardLink('b', 'c', some)],
	);
	t.assert.deepEqual(same.changes, ['b identical', 'c added']);
});

test('attributes that come and go again are no change between the two ends', async (t) => {
	const { tree } = await loadLayers([
		[file('a', 'text', some), file('b', 'text')],
		[whiteout('a'), file('b', 'text', some)],
		[file('a', 'text', others), file('b', 'text')],
		[file('a', 'text', some), file('b', 'text', others)],
	]);
	const kindsOf = (from: number, to: number) => comparisonRows(tree, from, to).map(({ kind }) => kind);
	t.assert.deepEqual(kindsOf(1, 3), ['metadata', 'identical']);
	t.assert.deepEqual(kindsOf(1, 4), ['identical', 'metadata']);
});
