import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Cause, causeOf } from '../../../source/diff/reproducible/causes.ts';
import { compareHeaders, type HeaderDifference } from '../../../source/diff/reproducible/header-fields.ts';
import { packHeaders, unpackHeaders } from '../../../source/diff/reproducible/packed-headers.ts';
import { type RawHeader, RawTarReader } from '../../../source/tar/raw/raw-tar-reader.ts';
import {
	type RawHeader as Fields,
	paxHeader,
	paxRecords,
	rawEntry,
	rawTar,
} from '../../support/archives/raw-tar.ts';
import { type Attributes, device, file, symlink, type TarEntry } from '../../support/archives/tar-entry.ts';

/** The headers of the first entry of a tar. */
async function headersOf(parts: readonly Uint8Array[]): Promise<readonly RawHeader[]> {
	const entry = await new RawTarReader(chunksOf(rawTar(parts))).nextEntry();
	return entry?.headers ?? [];
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

/** `place: old -> new (cause)` of each difference. */
async function differences(
	older: readonly Uint8Array[],
	newer: readonly Uint8Array[],
): Promise<readonly string[]> {
	return compareHeaders(await headersOf(older), await headersOf(newer)).map(told);
}

function told(difference: HeaderDifference): string {
	const { place, older, newer } = difference;
	const names = Object.values(place).map(String).join(' ');
	return `${names}: ${JSON.stringify(older)} -> ${JSON.stringify(newer)} (${causeOf(difference)})`;
}

function entryOf(attributes: Attributes = {}, odd: Partial<Fields> = {}): readonly Uint8Array[] {
	return [rawEntry(file('a', 'x', attributes), odd)];
}

describe('what differs between the headers of two entries', () => {
	test('is nothing where they are equal', async (t) => {
		t.assert.deepEqual(await differences(entryOf(), entryOf()), []);
	});

	const fields: readonly (readonly [string, Attributes, string])[] = [
		['mtime', { mtime: 1_700_000_060 }, 'field entry mtime: 1700000000 -> 1700000060 (timestamps)'],
		['mode', { mode: 0o755 }, 'field entry mode: 420 -> 493 (permissions)'],
		['uid', { uid: 1000 }, 'field entry uid: 0 -> 1000 (owner)'],
		['gid', { gid: 50 }, 'field entry gid: 0 -> 50 (owner)'],
	];
	for (const [name, attributes, expected] of fields) {
		test(`is ${name}`, async (t) => {
			t.assert.deepEqual(await differences(entryOf(), entryOf(attributes)), [expected]);
		});
	}

	test('is the type flag, the link target or a device number', async (t) => {
		const link = (target: string) => [rawEntry(symlink('a', target))];
		t.assert.deepEqual(await differences(link('b'), link('c')), [
			'field entry linkname: "b" -> "c" (link-target)',
		]);
		const node = (minor: number) => [rawEntry(device('a', 'block-device', [1, minor]))];
		t.assert.deepEqual(await differences(node(3), node(5)), ['field entry devminor: 3 -> 5 (device)']);
		t.assert.deepEqual(await differences(entryOf(), entryOf({}, { typeFlag: '7' })), [
			'field entry typeflag: "0" -> "7" (type)',
		]);
	});

	test('is the format, and nothing that follows from it', async (t) => {
		t.assert.deepEqual(await differences(entryOf(), entryOf({}, { magic: 'gnu' })), [
			'field entry magic: "ustar\\u000000" -> "ustar  " (header-format)',
		]);
	});

	test('is how a number is written', async (t) => {
		const wide: TarEntry = file('a', 'x');
		const [older, newer] = [[rawEntry(wide)], [rawEntry(wide, { base256Size: true })]];
		const found = compareHeaders(await headersOf(older), await headersOf(newer));
		t.assert.deepEqual(
			found.map((each) => [each.place, causeOf(each)]),
			[[{ kind: 'field', role: 'entry', name: 'size' }, 'content']],
		);
	});

	test('is a record of an extended header by its key, and not the size that follows from it', async (t) => {
		const withRecords = (records: Record<string, string>) => [paxHeader(records), ...entryOf()];
		t.assert.deepEqual(
			await differences(withRecords({ mtime: '1700000000.5' }), withRecords({ mtime: '1700000000.25' })),
			['record false mtime: "1700000000.5" -> "1700000000.25" (timestamps)'],
		);
		t.assert.deepEqual(await differences(entryOf(), withRecords({ 'SCHILY.xattr.user.a': 'b' })), [
			'record false SCHILY.xattr.user.a: null -> "b" (xattrs)',
		]);
		t.assert.deepEqual(await differences(withRecords({ comment: 'one' }), withRecords({ comment: 'two' })), [
			'record false comment: "one" -> "two" (pax-records)',
		]);
	});

	test('is a record of a global header', async (t) => {
		const commit = (id: string) => [paxHeader({ comment: id }, 'g'), ...entryOf()];
		t.assert.deepEqual(await differences(commit('abc'), commit('def')), [
			'record true comment: "abc" -> "def" (pax-records)',
		]);
	});

	test('is the order of records', async (t) => {
		const inOrder = (...keys: string[]) => [paxRecords(keys.map((key) => [key, '1'])), ...entryOf()];
		const [found] = await differences(inOrder('atime', 'ctime'), inOrder('ctime', 'atime'));
		t.assert.match(found, /^extension pax: .* \(header-format\)$/);
	});

	test('is a record that is called like a method of objects', async (t) => {
		const withRecord = (value: string) => [paxHeader({ constructor: value }), ...entryOf()];
		t.assert.deepEqual(await differences(withRecord('1'), withRecord('2')), [
			'record false constructor: "1" -> "2" (pax-records)',
		]);
	});

	test('is named, whichever byte of a header block is another one', async () => {
		const magics = fc.constantFrom('ustar', 'gnu', 'none');
		await fc.assert(
			fc.asyncProperty(magics, fc.nat(511), fc.integer({ min: 1, max: 255 }), async (magic, at, flip) => {
				const [header] = await headersOf(entryOf({}, { magic }));
				const block = Buffer.from(header.block);
				block[at] ^= flip;
				const found = compareHeaders([header], [{ ...header, block }]);
				assert.equal(found.length, 1);
				assert.notDeepEqual(found[0].older, found[0].newer);
				const causes: Cause = causeOf(found[0]);
				assert.notEqual(causes, undefined);
			}),
			{ numRuns: 1000 },
		);
	});

	test('can be told of headers that were packed', async () => {
		const bytes = fc
			.uint8Array({ maxLength: 600 })
			.map((each) => each.map((byte) => (byte < 128 ? 0 : byte)));
		const role = fc.constantFrom('entry', 'pax', 'pax-global', 'long-name', 'long-link', 'zero-block');
		const headers = fc.array(fc.record({ role, block: bytes, extension: bytes }), { maxLength: 4 });
		fc.assert(
			fc.property(headers, (each) => {
				const plain = (list: readonly RawHeader[]) =>
					list.map(({ role: of, block, extension }) => [of, [...block], [...extension]]);
				assert.deepEqual(plain(unpackHeaders(packHeaders(each))), plain(each));
			}),
		);
	});
});
