import { suite, test } from 'node:test';
import {
	gnuLong,
	paxHeader,
	type RawHeader,
	rawEntry,
	rawTar,
	withChecksum,
} from '../support/archives/raw-tar.ts';
import { device, directory, file, symlink, type TarEntry } from '../support/archives/tar-entry.ts';
import { entriesOf, scanAllWays } from '../support/scan.ts';

// What Go's archive/tar makes of headers that readers differ on: Docker and containerd read layers with it.

const last = rawEntry(file('last'));
const end = new Uint8Array(1024);
const zeroBlock = new Uint8Array(512);

const entriesIn = (...parts: readonly Uint8Array[]) => entriesOf(scanAllWays(rawTar(parts)));
const pathsIn = (...parts: readonly Uint8Array[]) => entriesIn(...parts).map(({ path }) => path);
const warningsOf = (tar: Uint8Array) =>
	scanAllWays(tar).warnings.map(({ code, count, example }) => `${code} ${count} ${example}`);
const warningsIn = (...parts: readonly Uint8Array[]) => warningsOf(rawTar(parts));

/** An entry without content whose header has these bytes at these offsets. */
function patched(
	entry: TarEntry,
	odd: Partial<RawHeader>,
	...patches: readonly (readonly [number, string])[]
) {
	const block = Buffer.from(rawEntry(entry, odd));
	for (const [offset, text] of patches) block.write(text, offset, 'latin1');
	return withChecksum(block);
}

suite('extended headers', () => {
	test('the last of two in a row counts alone', (t) => {
		const [first, second] = entriesIn(
			paxHeader({ path: 'one', uid: '7' }),
			paxHeader({ linkpath: 'two' }),
			rawEntry(symlink('name', 'target')),
			last,
		);
		t.assert.deepEqual([first.path, first.target, first.uid], ['name', 'two', 0]);
		t.assert.equal(second.path, 'last');
	});

	test('a global one has no effect, but ends those before it', (t) => {
		t.assert.deepEqual(
			pathsIn(paxHeader({ path: 'local' }), paxHeader({ path: 'global' }, 'g'), last, last),
			['last', 'last'],
		);
		t.assert.deepEqual(pathsIn(gnuLong('L', Buffer.from('long')), paxHeader({}, 'g'), last), ['last']);
	});

	test('long names of GNU go over pax records, whatever comes first, and the last of them counts', (t) => {
		const long = (name: string) => gnuLong('L', Buffer.from(name));
		t.assert.deepEqual(pathsIn(long('gnu'), paxHeader({ path: 'pax' }), last), ['gnu']);
		t.assert.deepEqual(pathsIn(paxHeader({ path: 'pax' }), long('gnu'), paxHeader({}), last), ['gnu']);
		t.assert.deepEqual(pathsIn(long('one'), long('two'), last), ['two']);
		t.assert.deepEqual(pathsIn(long('one'), long(''), last), ['last']);
	});

	test('the last record of a key counts, and an empty one means the header', (t) => {
		const header = rawEntry(file('PaxHeaders/x', '8 uid=x\n9 uid=77\n'), { typeFlag: 'x' });
		t.assert.deepEqual(
			entriesIn(header, last).map(({ uid }) => uid),
			[77],
		);
		t.assert.deepEqual(warningsIn(header, last), []);
	});
});

suite('the kind of an entry', () => {
	test('is that of its type flag, not of a slash at the end of its name', (t) => {
		const [first, second] = entriesIn(rawEntry(file('a/', 'text')), last);
		t.assert.deepEqual([first.path, first.kind, first.size], ['a', 'file', 4]);
		t.assert.equal(second.path, 'last');
	});

	test('without a flag, as in v7, a slash makes a directory, which has no content', (t) => {
		const odd = { typeFlag: '\0', size: 512 } as const;
		t.assert.deepEqual(
			entriesIn(rawEntry(file('a/'), odd), last).map(({ path, kind }) => `${path} ${kind}`),
			['a directory', 'last file'],
		);
		const long = gnuLong('L', Buffer.from(`${'n'.repeat(200)}/`));
		t.assert.equal(entriesIn(long, rawEntry(file('a'), { typeFlag: '\0' }))[0].kind, 'directory');
	});
});

suite('the prefix of a name', () => {
	test('is at most 131 bytes long in a header of star', (t) => {
		const prefix = Buffer.from(`${'p'.repeat(131)}00000000000\x0000000000000\0`);
		t.assert.deepEqual(
			entriesIn(patched(file('a'), { prefix }, [508, 'tar\0']))[0].path,
			`${'p'.repeat(131)}/a`,
		);
	});

	test('is in a GNU header where Go before 1.8 wrote one: it is ASCII, and not two times', (t) => {
		const pathOf = (prefix: string) =>
			entriesIn(
				rawEntry(file('a'), { magic: 'gnu', prefix: Buffer.from(prefix, 'latin1'), base256Size: true }),
			)[0].path;
		t.assert.equal(pathOf('folder/below'), 'folder/below/a');
		t.assert.equal(pathOf('folder'), 'folder/a');
		t.assert.equal(pathOf('f\xe9'), 'a');
		t.assert.equal(pathOf('14524640000\x0014524640000\0'), 'a');
		t.assert.equal(pathOf(`${'\0'.repeat(12)}14524640000\0`), 'a');
	});

	test('is in no header with another magic', (t) => {
		const prefix = Buffer.from('folder');
		t.assert.equal(entriesIn(patched(file('a'), { prefix }, [257, 'ustar  x']))[0].path, 'a');
		t.assert.equal(entriesIn(patched(file('a'), { prefix }, [257, 'USTAR\0']))[0].path, 'a');
	});
});

suite('numbers', () => {
	test('an owner beyond 32 bits is what Linux makes of it: its lower 32 bits, and root for -1', (t) => {
		const uidOf = (uid: string) => entriesIn(paxHeader({ uid }), last)[0].uid;
		t.assert.deepEqual(['4294967301', '-2', '-1'].map(uidOf), [5, 4_294_967_294, 0]);
	});

	test('a v7 header has no device numbers', (t) => {
		const entry = patched(device('d', 'block-device', [8, 1]), { magic: 'none' }, [329, '0000010\0']);
		t.assert.equal(entriesIn(entry)[0].target, '0:0');
	});
});

suite('what Go refuses is read with a warning', () => {
	test('a number that is none, in whatever field of the header', (t) => {
		for (const [offset, text] of [
			[100, '9'],
			[108, '12 34'],
			[116, 'x'],
			[136, '1 2'],
			[329, 'x'],
			[337, '7 7'],
		] as const) {
			const odd = patched(file('odd'), {}, [offset, text.padEnd(7, ' ').slice(0, 7)]);
			t.assert.deepEqual(pathsIn(odd, last), ['odd', 'last']);
			t.assert.deepEqual(warningsIn(odd, odd, last), ['malformed-header 2 odd'], `at ${offset}`);
		}
	});

	test('a number between blanks, or with anything behind a NUL, is a number', (t) => {
		for (const text of [' 644 \0', '   644 ', '644\0xyz', '0000644', '']) {
			const entry = patched(file('a'), {}, [108, text.padEnd(8, '\0')]);
			t.assert.deepEqual(warningsIn(entry), [], JSON.stringify(text));
			t.assert.equal(entriesIn(entry)[0].uid, text === '' ? 0 : 0o644);
		}
	});

	test('a record of an extended header without its form', (t) => {
		for (const records of [
			'x path=a\n',
			'99 path=a\n',
			'4 a=\n',
			'5 =a\n',
			'8 path a\n',
			'11 path=a\0b\n',
			'0x9 path=a\n',
		]) {
			const header = rawEntry(file('PaxHeaders/x', records), { typeFlag: 'x' });
			t.assert.deepEqual(pathsIn(header, last), ['last'], JSON.stringify(records));
			t.assert.deepEqual(
				warningsIn(header, last),
				['malformed-extended-header 1 PaxHeaders/x'],
				JSON.stringify(records),
			);
		}
	});

	test('a record whose value is no number, at the entry that it is for', (t) => {
		for (const records of [
			{ uid: '7.0' },
			{ gid: 'x' },
			{ mtime: '1e3' },
			{ atime: '.5' },
			{ ctime: '1,5' },
		]) {
			t.assert.deepEqual(warningsIn(paxHeader(records), last), ['malformed-extended-header 1 last']);
			t.assert.deepEqual(warningsIn(paxHeader(records), paxHeader({}), last), []);
		}
	});

	test('a single block of zeros before the end', (t) => {
		t.assert.deepEqual(warningsIn(last, zeroBlock, last, zeroBlock, last), ['lone-zero-block 2 null']);
		t.assert.deepEqual(warningsOf(Buffer.concat([last, zeroBlock])), []);
	});

	test('a last block that was cut', (t) => {
		const cut = Buffer.concat([last, zeroBlock, zeroBlock.subarray(0, 100)]);
		t.assert.deepEqual(warningsOf(cut), ['no-end-mark 1 null']);
		t.assert.deepEqual(warningsOf(new Uint8Array(100)), ['no-end-mark 1 null']);
	});
});

suite('what is left out has a warning', () => {
	test('a second tar behind the end of the first', (t) => {
		const second = [rawEntry(file('second')), last];
		t.assert.deepEqual(warningsIn(last, end, ...second), ['second-archive 1 second']);
		t.assert.deepEqual(warningsIn(last, new Uint8Array(10_240), ...second), ['second-archive 1 second']);
		t.assert.deepEqual(warningsIn(last, end, paxHeader({ path: 'x' }), last), ['second-archive 1 null']);
		t.assert.deepEqual(pathsIn(last, end, ...second), ['last']);
	});

	test('but not what is no tar, or comes after a mebibyte of zeros', (t) => {
		t.assert.deepEqual(warningsIn(last, end, Buffer.alloc(5000, 'x')), []);
		t.assert.deepEqual(warningsIn(last, end, Buffer.alloc(512, 'x'), last), []);
		t.assert.deepEqual(warningsIn(last, new Uint8Array(1024 * 1024 + 1024), last), []);
		t.assert.deepEqual(warningsIn(last, new Uint8Array(1024 * 1024), last), ['second-archive 1 last']);
	});

	test('nor the table of contents of eStargz, which is behind the end by design', (t) => {
		t.assert.deepEqual(warningsIn(last, end, rawEntry(file('stargz.index.json', '{}'))), []);
	});

	test('a character device 0:0, which overlay file systems take for a whiteout', (t) => {
		const whiteout = rawEntry(device('dev/gone', 'character-device', [0, 0]));
		t.assert.deepEqual(warningsIn(rawEntry(directory('dev/')), whiteout), ['overlay-whiteout 1 dev/gone']);
		t.assert.deepEqual(warningsIn(rawEntry(device('d', 'block-device', [0, 0]))), []);
		t.assert.deepEqual(warningsIn(rawEntry(device('d', 'character-device', [0, 1]))), []);
	});
});
