import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { stringAt } from '../../source/tar/changeset.ts';
import { rawEntry, rawTar } from '../support/archives/raw-tar.ts';
import {
	device,
	directory,
	fifo,
	file,
	hardLink,
	opaque,
	symlink,
	type TarEntry,
	whiteout,
} from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { entriesOf, scanAllWays, scanAsStream } from '../support/scan.ts';

/** `kind path [-> target]` of each entry. */
function listing(entries: readonly TarEntry[]): readonly string[] {
	return entriesOf(scanAllWays(layerTar(entries))).map(({ kind, path, target }) =>
		target === '' ? `${kind} ${path}` : `${kind} ${path} -> ${target}`,
	);
}

test('every type of entry is listed with its attributes', (t) => {
	const tar = layerTar([
		directory('srv/', { mode: 0o2750, uid: 10, gid: 20, mtime: 5 }),
		file('srv/app', 'hello', { mode: 0o4755, uid: 2_000_000, gid: 3 }),
		hardLink('srv/again', 'srv/app', { mode: 0o4755 }),
		symlink('srv/link', '../other'),
		device('dev/null', 'character-device', [1, 3]),
		device('dev/disk', 'block-device', [8, 0]),
		fifo('run/pipe', { mode: 0o600 }),
	]);
	t.assert.deepEqual(
		entriesOf(scanAllWays(tar)).map((entry) => Object.values(entry)),
		[
			['srv', 'directory', 0, 0o2750, 10, 20, 5, ''],
			['srv/app', 'file', 5, 0o4755, 2_000_000, 3, 1_700_000_000, ''],
			['srv/again', 'hard-link', 0, 0o4755, 0, 0, 1_700_000_000, 'srv/app'],
			['srv/link', 'symlink', 0, 0o777, 0, 0, 1_700_000_000, '../other'],
			['dev/null', 'character-device', 0, 0o644, 0, 0, 1_700_000_000, '1:3'],
			['dev/disk', 'block-device', 0, 0o644, 0, 0, 1_700_000_000, '8:0'],
			['run/pipe', 'fifo', 0, 0o600, 0, 0, 1_700_000_000, ''],
		],
	);
});

test('paths are literal: no leading slash or dot, no empty component', (t) => {
	t.assert.deepEqual(listing([file('./a'), file('/b'), file('.//c/./d'), directory('e//'), file('f/../g')]), [
		'file a',
		'file b',
		'file c/d',
		'directory e',
	]);
});

test('the entry of the root itself is not listed, but it is counted as a header', (t) => {
	const changeset = scanAllWays(layerTar([directory('./'), directory('/'), file('a')]));
	t.assert.deepEqual([changeset.count, changeset.headerCount], [1, 3]);
	t.assert.deepEqual(changeset.warnings, []);
});

test('a path with .. is left out and told of once for all', (t) => {
	const changeset = scanAllWays(layerTar([file('../a', 'xx'), file('b/../c', 'x'), file('d..')]));
	t.assert.deepEqual(
		entriesOf(changeset).map(({ path }) => path),
		['d..'],
	);
	t.assert.deepEqual(changeset.warnings, [{ code: 'path-escapes-root', count: 2, example: '../a' }]);
});

test('markers are told from files, and have the path that they act on', (t) => {
	t.assert.deepEqual(
		listing([whiteout('a'), whiteout('b/c'), opaque('d/e'), opaque(''), file('f/.wh.g/h')]),
		['whiteout a', 'whiteout b/c', 'opaque-whiteout d/e', 'opaque-whiteout ', 'file f/.wh.g/h'],
	);
});

test('bookkeeping of storage drivers is not listed', (t) => {
	t.assert.deepEqual(listing([file('.wh..wh.plnk/1'), file('a/.wh..wh.aufs'), file('.wh..wh.opq')]), []);
});

test('a marker that would remove nothing, or a folder from the outside, is a bad name', (t) => {
	const changeset = scanAllWays(layerTar([file('a/.wh.'), file('a/.wh..'), file('a/.wh...')]));
	t.assert.equal(changeset.count, 0);
	t.assert.deepEqual(changeset.warnings, [{ code: 'invalid-name', count: 3, example: 'a/.wh.' }]);
});

test('names and targets are kept as bytes', (t) => {
	const name = Uint8Array.of(0x61, 0xff, 0x2f, 0xc3, 0xb8, 0x80);
	const changeset = scanAllWays(layerTar([symlink(name, Uint8Array.of(0xfe))]));
	t.assert.deepEqual([...stringAt(changeset.paths, 0)], [...name]);
	t.assert.deepEqual([...stringAt(changeset.targets, 0)], [0xfe]);
});

test('the content of each file stands at its position', (t) => {
	const contents = ['', 'x', 'y'.repeat(512), 'z'.repeat(70_000)];
	const tar = layerTar(contents.map((content, index) => file(`f${index}`, content)));
	const { positions, sizes } = scanAllWays(tar);
	t.assert.deepEqual(
		contents.map((_, index) =>
			Buffer.from(tar.subarray(positions[index], positions[index] + sizes[index])).toString(),
		),
		contents,
	);
});

test('a stream knows the digest of the tar and of each content', (t) => {
	const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest();
	const tar = layerTar([file('a', 'x'), file('b', 'y'.repeat(3000)), file('c', 'x'), directory('d/')]);
	for (const chunkBytes of [1, 700, 1_000_000]) {
		const { diffId, identities } = scanAsStream(tar, chunkBytes);
		t.assert.equal(diffId, `sha256:${sha256(tar).toString('hex')}`);
		const identity = (index: number) => Buffer.from(identities ?? []).subarray(16 * index, 16 * index + 16);
		t.assert.deepEqual(
			[0, 1, 2, 3].map((index) => identity(index).toString('hex')),
			[
				...['x', 'y'.repeat(3000), 'x'].map((content) => sha256(content).subarray(0, 16).toString('hex')),
				'0'.repeat(32),
			],
		);
	}
});

test('what an entry of an unknown type holds is jumped over', (t) => {
	const tar = rawTar([rawEntry(file('odd', 'x'.repeat(600)), { typeFlag: 'Q' }), rawEntry(file('a', 'y'))]);
	const changeset = scanAllWays(tar);
	t.assert.deepEqual(
		entriesOf(changeset).map(({ path }) => path),
		['a'],
	);
	t.assert.deepEqual(changeset.warnings, [{ code: 'unknown-entry-type', count: 1, example: 'odd' }]);
});
