import { test } from 'node:test';
import { keepLimits, sparseMapOf, unhashedEntries } from '../../../source/tar/sparse/sparse-files.ts';
import { paxRecords, rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { entriesOf, scanAllWays, scanAsStream, scanByPosition } from '../../support/scan.ts';
import {
	type Extent,
	type SparseFile,
	type SparseForm,
	sparseEntry,
	sparseForms,
} from '../../support/sparse/sparse-entry.ts';

const last = rawEntry(file('last', 'x'));
const data = (start: number, bytes: number): Extent => ({ start, data: Buffer.alloc(bytes, 'd') });
const disk: SparseFile = {
	name: 'var/disk.img',
	fileBytes: 1_000_000,
	extents: [data(4096, 512), data(500_000, 700)],
};

/** The map of the first entry, and the sizes of all, as every way of scanning finds them. */
function scanned(...parts: readonly Uint8Array[]) {
	const changeset = scanAllWays(rawTar(parts));
	const map = sparseMapOf(changeset, 0);
	return {
		files: entriesOf(changeset).map(({ path, size }) => [path, size]),
		extents: map && [...map.starts].map((start, index) => [start, map.lengths[index]]),
		warnings: changeset.warnings,
	};
}

for (const form of sparseForms) {
	test(`${form}: a file has its name, and the size with its holes`, (t) => {
		t.assert.deepEqual(scanned(sparseEntry(form, disk), last), {
			files: [
				['var/disk.img', 1_000_000],
				['last', 1],
			],
			extents: [
				[4096, 512],
				[500_000, 700],
			],
			warnings: [],
		});
	});

	test(`${form}: a file may be one hole, or have many extents`, (t) => {
		const empty = { ...disk, extents: [] };
		t.assert.deepEqual(scanned(sparseEntry(form, empty), last).extents, []);
		const many = { ...disk, extents: Array.from({ length: 300 }, (_, index) => data(1024 * index, 512)) };
		const { files, extents } = scanned(sparseEntry(form, many), last);
		t.assert.deepEqual(files[1], ['last', 1]);
		t.assert.deepEqual(
			extents,
			Array.from({ length: 300 }, (_, index) => [1024 * index, 512]),
		);
	});

	test(`${form}: extents that touch are one, and those without data are none`, (t) => {
		const extents = [data(0, 0), data(512, 512), data(1024, 100), data(1124, 0), data(1_000_000, 0)];
		t.assert.deepEqual(scanned(sparseEntry(form, { ...disk, extents })).extents, [[512, 612]]);
	});

	test(`${form}: a file without holes is a plain one`, (t) => {
		const extents = [data(0, 600), data(600, 400)];
		t.assert.deepEqual(scanned(sparseEntry(form, { ...disk, fileBytes: 1000, extents }), last), {
			files: [
				['var/disk.img', 1000],
				['last', 1],
			],
			extents: null,
			warnings: [],
		});
	});

	test(`${form}: a map that does not fit the file or its data is an error`, (t) => {
		const [one, other] = [data(4096, 512), data(8192, 512)];
		const wrong: Readonly<Record<string, Partial<SparseFile>>> = {
			'out of order': { extents: [other, one] },
			overlapping: { extents: [one, data(4097, 512)] },
			'beyond the end': { extents: [data(999_999, 512)] },
			'an offset below zero': { extents: [{ ...one, start: -512 }] },
			'a length below zero': { extents: [one, { ...other, length: -512 }] },
			'an end beyond 64 bits': { extents: [{ ...one, start: 2 ** 62, length: 2 ** 62 }] },
			'more data than extents': { extents: [{ ...one, length: 511 }] },
			'less data than extents': { extents: [{ ...one, length: 513 }] },
			'a size below zero': { fileBytes: -1, extents: [] },
		};
		for (const [name, change] of Object.entries(wrong)) {
			const entry = sparseEntry(form, { ...disk, ...change });
			t.assert.throws(() => scanned(entry, last), { kind: 'corrupt' }, name);
		}
	});

	test(`${form}: a file that no file system holds is left out`, (t) => {
		for (const fileBytes of [2 ** 44 + 1, 2 ** 60]) {
			t.assert.deepEqual(scanned(sparseEntry(form, { ...disk, fileBytes }), last), {
				files: [['last', 1]],
				extents: null,
				warnings: [{ code: 'sparse-file-skipped', count: 1, example: 'var/disk.img' }],
			});
		}
	});
}

test('the files of a layer have up to 16 TiB and 262,144 extents in all', (t) => {
	const named = (name: string, fileBytes: number) => sparseEntry('pax-1.0', { name, fileBytes, extents: [] });
	const sizes = scanned(named('a', 2 ** 43), named('b', 2 ** 43 + 1), named('c', 2 ** 43));
	t.assert.deepEqual(sizes.files, [
		['a', 2 ** 43],
		['c', 2 ** 43],
	]);
	const extents = Array.from({ length: 90_000 }, (_, index) => data(3 * index, 1));
	const parts = ['a', 'b', 'c'].map((name) => sparseEntry('pax-1.0', { ...disk, name, extents }));
	const tar = rawTar([...parts, last]);
	for (const changeset of [scanByPosition(tar), scanAsStream(tar, 65_536)]) {
		t.assert.deepEqual(
			entriesOf(changeset).map(({ path }) => path),
			['a', 'b', 'last'],
		);
		t.assert.deepEqual(changeset.warnings, [{ code: 'sparse-file-skipped', count: 1, example: 'c' }]);
	}
});

test('a layer with more than 1 GiB of holes has files without SHA-256, with a warning', (t) => {
	const named = (name: string, fileBytes: number) => sparseEntry('pax-0.1', { name, fileBytes, extents: [] });
	t.assert.deepEqual(scanned(named('a', 2 ** 30), last).warnings, []);
	const files = [named('a', 2 ** 30 - 1), named('b', 2 ** 40), named('c', 1), named('d', 1)];
	t.assert.deepEqual(scanned(...files).warnings, [
		{ code: 'sparse-file-not-hashed', count: 2, example: 'b' },
	]);
	t.assert.deepEqual([...unhashedEntries(scanAllWays(rawTar(files)))], [1, 3]);
});

test('pax: without a size the file is as large as its data', (t) => {
	const records = paxRecords([
		['GNU.sparse.map', '0,600'],
		['GNU.sparse.numblocks', '1'],
	]);
	t.assert.deepEqual(scanned(records, rawEntry(file('a', 'x'.repeat(600)))).files, [['a', 600]]);
});

test('pax: a version that nobody knows, or a name alone, makes no sparse file', (t) => {
	const entry = rawEntry(file('GNUSparseFile.0/a', 'x'.repeat(600)));
	for (const records of [
		[
			['GNU.sparse.major', '2'],
			['GNU.sparse.minor', '0'],
		] as const,
		[['GNU.sparse.minor', '0']] as const,
		// An empty map is as good as none.
		[
			['GNU.sparse.realsize', '9'],
			['GNU.sparse.numblocks', '0'],
			['GNU.sparse.map', ''],
		] as const,
	]) {
		const name = ['GNU.sparse.name', 'a'] as const;
		t.assert.deepEqual(scanned(paxRecords([...records, name]), entry).files, [['GNUSparseFile.0/a', 600]]);
	}
});

test('pax: records that contradict each other are an error', (t) => {
	const size = ['GNU.sparse.size', '1000'] as const;
	const offset = ['GNU.sparse.offset', '0'] as const;
	const length = ['GNU.sparse.numbytes', '0'] as const;
	const count = (value: string) => ['GNU.sparse.numblocks', value] as const;
	const map = (value: string) => ['GNU.sparse.map', value] as const;
	const wrong = [
		[size, count('2'), map('0,0')],
		[size, map('0,0')],
		[size, count('1'), map('0,x')],
		[size, count('1'), map('0, 0')],
		[size, count('-1'), map('0,0')],
		[size, count('99999999999999999999'), map('0,0')],
		[size, count('1'), length, offset],
		[size, count('1'), offset, offset],
		[size, count('1'), ['GNU.sparse.offset', '0,0'] as const, length],
		[['GNU.sparse.size', '1e3'] as const, count('1'), map('0,0')],
	];
	for (const records of wrong)
		t.assert.throws(
			() => scanned(paxRecords(records), rawEntry(file('a'))),
			{ kind: 'corrupt' },
			records.join(' '),
		);
	const directory = rawEntry(file('a/'), { typeFlag: '5' });
	t.assert.throws(() => scanned(paxRecords([size, count('1'), map('0,0')]), directory), { kind: 'corrupt' });
});

test('pax 1.0: a map that is cut, too long or no map is an error', (t) => {
	const records = paxRecords([
		['GNU.sparse.major', '1'],
		['GNU.sparse.minor', '0'],
		['GNU.sparse.realsize', '1000'],
	]);
	const block = (text: string) => text.padEnd(512, '\0');
	const wrong = [
		'',
		'1\n',
		block('x\n'),
		block('-1\n'),
		block('\n'),
		block('1\n0\n'),
		block('1'.repeat(512)),
	];
	for (const map of [...wrong, block('9999999\n'), '0'.repeat(2 ** 20 + 512)])
		t.assert.throws(
			() => scanned(records, rawEntry(file('a', map)), last),
			{ kind: 'corrupt' },
			map.slice(0, 9),
		);
});

test('old GNU: a map that does not end, or a header of star, is an error', (t) => {
	const entry = Buffer.from(sparseEntry('old-gnu', { ...disk, extents: Array(5).fill(data(0, 0)) }));
	const more = Buffer.alloc(512);
	more[504] = 1;
	const endless = [entry.subarray(0, 512), ...Array<Uint8Array>(2100).fill(more)];
	t.assert.throws(() => scanned(...endless), { kind: 'corrupt' });
	t.assert.throws(() => scanned(rawEntry(file('a'), { typeFlag: 'S', magic: 'ustar' })), { kind: 'corrupt' });
	const forms: readonly SparseForm[] = ['old-gnu', 'pax-1.0'];
	for (const form of forms) {
		const many = Array.from({ length: 300 }, (_, index) => data(1024 * index, 512));
		const whole = rawTar([sparseEntry(form, { ...disk, extents: many })]);
		t.assert.throws(() => scanAllWays(whole.subarray(0, 3 * 512)), { kind: 'truncated' }, form);
	}
});

test('parts of a layer that together have too many sparse files are read anew, as a whole', (t) => {
	const part = (name: string, fileBytes: number) =>
		scanByPosition(rawTar([sparseEntry('pax-0.1', { name, fileBytes, extents: [] })]));
	t.assert.equal(keepLimits([part('a', 2 ** 29), part('b', 2 ** 29)]), true);
	t.assert.equal(keepLimits([part('a', 2 ** 29), part('b', 2 ** 29 + 1)]), false);
	t.assert.equal(keepLimits([part('a', 2 ** 43), part('b', 2 ** 44)]), false);
});
