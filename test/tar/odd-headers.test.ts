import { test } from 'node:test';
import { gnuLong, paxHeader, type RawHeader, rawEntry, rawTar } from '../support/archives/raw-tar.ts';
import { directory, file, hardLink, symlink, type TarEntry } from '../support/archives/tar-entry.ts';
import { entriesOf, scanAllWays } from '../support/scan.ts';

const entriesIn = (...parts: readonly Uint8Array[]) => entriesOf(scanAllWays(rawTar(parts)));
const entryOf = (entry: TarEntry, odd: Partial<RawHeader> = {}) => entriesIn(rawEntry(entry, odd))[0];
const last = rawEntry(file('last'));

test('a name of exactly 100 bytes has no NUL after it', (t) => {
	t.assert.equal(entryOf(file('n'.repeat(100))).path, 'n'.repeat(100));
	t.assert.equal(entryOf(symlink('s', 't'.repeat(100))).target, 't'.repeat(100));
});

test('POSIX: the prefix goes before the name', (t) => {
	const prefix = Buffer.from(`p/${'q'.repeat(153)}`);
	t.assert.equal(entryOf(file('name'), { prefix }).path, `p/${'q'.repeat(153)}/name`);
});

test('GNU: what stands where POSIX has the prefix is not a part of the name', (t) => {
	const prefix = Buffer.from('12345670123');
	t.assert.equal(entryOf(file('name'), { prefix, magic: 'gnu' }).path, 'name');
});

test('GNU: long names and long link targets, in either order', (t) => {
	const [name, target] = ['n'.repeat(100_000), 't'.repeat(5000)];
	t.assert.deepEqual(
		entriesIn(rawEntry(hardLink(name, target)), last).map((entry) => [entry.path, entry.target]),
		[
			[name, target],
			['last', ''],
		],
	);
	const swapped = [gnuLong('K', Buffer.from('target')), gnuLong('L', Buffer.from('name'))];
	const [first] = entriesIn(...swapped, rawEntry(symlink('x', 'y')));
	t.assert.deepEqual([first.path, first.target], ['name', 'target']);
});

test('pax: records go over the header of the next entry, and of no other', (t) => {
	const records = {
		path: 'päth',
		linkpath: 'tärget',
		uid: '3000000000',
		gid: '7',
		mtime: '1.25',
		other: 'x',
	};
	const [first, second] = entriesIn(paxHeader(records), rawEntry(symlink('x', 'y')), last);
	t.assert.deepEqual(
		[first.path, first.target, first.uid, first.gid, first.mtime],
		['päth', 'tärget', 3_000_000_000, 7, 1.25],
	);
	t.assert.deepEqual([second.path, second.uid, second.mtime], ['last', 0, 1_700_000_000]);
});

test('pax: the size record tells where the next header is', (t) => {
	const entry = rawEntry(file('a', 'x'.repeat(600)), { size: 0 });
	t.assert.deepEqual(
		entriesIn(paxHeader({ size: '600' }), entry, last).map(({ path, size }) => [path, size]),
		[
			['a', 600],
			['last', 0],
		],
	);
});

test('pax: a value may hold newlines and equals signs, an empty one means the header', (t) => {
	t.assert.equal(entriesIn(paxHeader({ path: 'a=b\n11 path=c' }), last)[0].path, 'a=b\n11 path=c');
	t.assert.equal(entriesIn(paxHeader({ path: '' }), last)[0].path, 'last');
});

test('pax: malformed records are left out', (t) => {
	for (const records of ['x path=a\n', '99 path=a\n', '9 path=a', '0 path=a\n', '', '-5 path=a\n', ' ']) {
		const content = Buffer.from(records);
		const header = rawEntry(file('PaxHeaders/x', content), { typeFlag: 'x' });
		t.assert.deepEqual(
			entriesIn(header, last).map(({ path }) => path),
			['last'],
			JSON.stringify(records),
		);
	}
});

test('pax: the header that Solaris wrote before pax is an entry of an unknown type, as for the engines', (t) => {
	const header = rawEntry(file('PaxHeaders/x', '9 path=a\n'), { typeFlag: 'X' });
	const changeset = scanAllWays(rawTar([header, last]));
	t.assert.deepEqual(
		entriesOf(changeset).map(({ path }) => path),
		['last'],
	);
	t.assert.deepEqual(changeset.warnings, [{ code: 'unknown-entry-type', count: 1, example: 'PaxHeaders/x' }]);
});

test('pax: a global header, as git archive writes it, is no entry', (t) => {
	const changeset = scanAllWays(rawTar([paxHeader({ comment: '0123abc' }, 'g'), last]));
	t.assert.deepEqual([changeset.count, changeset.warnings], [1, []]);
});

test('a size in base 256 is a size', (t) => {
	t.assert.equal(entryOf(file('a', 'hello'), { base256Size: true }).size, 5);
});

test('links and directories have no content, whatever their size says', (t) => {
	for (const entry of [hardLink('a', 'b'), symlink('a', 'b'), directory('a/')]) {
		const parts = [rawEntry(entry, { size: 1000 }), last];
		t.assert.deepEqual(
			entriesIn(...parts).map(({ path, size }) => [path, size]),
			[
				['a', 0],
				['last', 0],
			],
		);
	}
});

test('Unix v7: a name with a slash at its end is a directory', (t) => {
	const odd = { typeFlag: '\0', magic: 'none' } as const;
	t.assert.equal(entryOf(file('a/'), odd).kind, 'directory');
	t.assert.equal(entryOf(file('a'), odd).kind, 'file');
});

test('a contiguous file is a file', (t) => {
	t.assert.equal(entryOf(file('a', 'x'), { typeFlag: '7' }).kind, 'file');
});

test('a checksum over signed bytes, as old tools made it, is right as well', (t) => {
	const header = file(Uint8Array.of(0x61, 0xe9), 'x');
	t.assert.equal(entryOf(header, { checksumError: -256 }).path, 'a\\xE9');
});

test('an incremental backup has its lists of names jumped over', (t) => {
	const dump = rawEntry(file('folder/', 'Yfile\0\0'), { typeFlag: 'D', magic: 'gnu' });
	t.assert.deepEqual(
		entriesIn(dump, last).map(({ path, kind, size }) => [path, kind, size]),
		[
			['folder', 'directory', 0],
			['last', 'file', 0],
		],
	);
});
