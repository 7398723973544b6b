import { test } from 'node:test';
import fc from 'fast-check';
import { paxHeader, rawEntry, rawTar } from '../support/archives/raw-tar.ts';
import { directory, file } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { entriesOf, scanAllWays, scanAsStream, scanByPosition } from '../support/scan.ts';

const paths = (tar: Uint8Array) => entriesOf(scanAllWays(tar)).map(({ path }) => path);
const zeroBlock = new Uint8Array(512);

test('an empty tar has no entries', (t) => {
	t.assert.deepEqual(paths(new Uint8Array()), []);
	t.assert.deepEqual(paths(rawTar([])), []);
});

test('a tar may end without its two blocks of zeros, or with one', (t) => {
	const entry = rawEntry(file('a', 'x'));
	t.assert.deepEqual(paths(entry), ['a']);
	t.assert.deepEqual(paths(Buffer.concat([entry, zeroBlock])), ['a']);
	t.assert.deepEqual(paths(Buffer.concat([entry, zeroBlock.subarray(0, 100)])), ['a']);
});

test('one block of zeros does not end a tar, two do', (t) => {
	const [one, other] = [rawEntry(file('a', 'x')), rawEntry(file('b'))];
	t.assert.deepEqual(paths(Buffer.concat([one, zeroBlock, other])), ['a', 'b']);
	t.assert.deepEqual(paths(Buffer.concat([one, zeroBlock, zeroBlock, other])), ['a']);
});

test('a bad checksum is an error that says where', (t) => {
	const tar = rawTar([rawEntry(file('a', 'x')), rawEntry(file('b'), { checksumError: 1 })]);
	t.assert.throws(() => scanAllWays(tar), { kind: 'corrupt', position: 1024 });
});

test('text and compressed data are no tar', (t) => {
	t.assert.throws(() => scanAllWays(Buffer.alloc(2000, 'text ')), { kind: 'corrupt', position: 0 });
});

test('a size that reaches beyond the end is an error', (t) => {
	const tar = rawTar([rawEntry(file('a', 'x'), { size: 1_000_000 })]);
	t.assert.throws(() => scanByPosition(tar), { kind: 'truncated' });
	t.assert.throws(() => scanAsStream(tar, 512), { kind: 'truncated' });
});

test('a size that is negative, or no number, is an error', (t) => {
	t.assert.throws(() => scanAllWays(rawTar([rawEntry(file('a'), { size: -5, base256Size: true })])), {
		kind: 'corrupt',
		position: 0,
	});
	for (const size of ['-1', '1e400', 'x', '99999999999999999999']) {
		const tar = rawTar([paxHeader({ size }), rawEntry(file('a'))]);
		t.assert.throws(() => scanAllWays(tar), { kind: 'corrupt', position: 1024 }, size);
	}
});

test('a name of more than a mebibyte is refused before it is read', (t) => {
	const tar = rawTar([rawEntry(file('x'), { typeFlag: 'L', size: 1024 * 1024 + 1 })]);
	t.assert.throws(() => scanAllWays(tar), { kind: 'corrupt', position: 0 });
});

test('a tar that was cut anywhere gives an error or the first of its entries, never others', (t) => {
	const tar = layerTar([
		directory('a/'),
		file('a/b', 'x'.repeat(600)),
		file('n'.repeat(300), 'y'),
		file('a/c', 'z'),
	]);
	const whole = entriesOf(scanByPosition(tar));
	for (let length = 0; length <= tar.length; length += 37) {
		for (const scan of [scanByPosition, (cut: Uint8Array) => scanAsStream(cut, 512)]) {
			let entries: ReturnType<typeof entriesOf> | null = null;
			try {
				entries = entriesOf(scan(tar.subarray(0, length)));
			} catch (fault) {
				t.assert.equal((fault as { kind?: unknown }).kind, 'truncated', `${length} bytes`);
			}
			t.assert.deepEqual(entries ?? [], whole.slice(0, entries?.length ?? 0), `${length} bytes`);
		}
	}
});

test('no bytes whatever make anything but entries or a fault', () => {
	const tar = layerTar([directory('a/'), file('a/b', 'x'.repeat(600)), file('n'.repeat(200), 'y')]);
	const change = fc.record({ at: fc.nat(tar.length - 1), to: fc.nat(255) });
	fc.assert(
		fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
			const damaged = Buffer.from(tar);
			for (const { at, to } of changes) damaged[at] = to;
			for (const scan of [scanByPosition, (bytes: Uint8Array) => scanAsStream(bytes, 999)]) {
				try {
					scan(damaged);
				} catch (fault) {
					if ((fault as Error).name !== 'TarError') throw fault;
				}
			}
		}),
		{ numRuns: 300 },
	);
});
