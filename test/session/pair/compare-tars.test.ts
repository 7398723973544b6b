import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { causes } from '../../../source/diff/reproducible/causes.ts';
import type { TarComparison } from '../../../source/diff/reproducible/tar-difference.ts';
import { compareTars } from '../../../source/session/pair/reproducible/compare-tars.ts';
import { TimeSlice } from '../../../source/sources/time-slice.ts';
import { TarError } from '../../../source/tar/tar-error.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { rawEntry, rawTar, withChecksum } from '../../support/archives/raw-tar.ts';
import { directory, file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { runs } from '../../support/runs.ts';

/** Compares two tars that come in chunks of the given sizes. */
function compare(older: Uint8Array, newer: Uint8Array, chunkBytes: readonly [number, number] = [1000, 700]) {
	const opened = [older, newer].map((tar, side) => ({
		chunks: chunksOf(tar, chunkBytes[side]),
		wordError: (error: unknown) => error,
	}));
	return compareTars([opened[0], opened[1]], new TimeSlice(undefined));
}

/** Chunks in one buffer, as a file is read. */
async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
	const buffer = new Uint8Array(size);
	for (let at = 0; at < bytes.length; at += size) {
		const chunk = bytes.subarray(at, at + size);
		buffer.set(chunk);
		yield buffer.subarray(0, chunk.length);
	}
}

function compareEntries(older: readonly TarEntry[], newer: readonly TarEntry[]): Promise<TarComparison> {
	return compare(layerTar(older), layerTar(newer));
}

/** The causes that were counted, with their counts. */
function counted({ counts }: TarComparison): Readonly<Record<string, number>> {
	return Object.fromEntries(
		causes.filter((cause) => counts[cause] > 0).map((cause) => [cause, counts[cause]]),
	);
}

const letters = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name, `content of ${name}`));
const [a, b, c, d, e] = letters;

describe('what differs between two tars', () => {
	test('is nothing where they are equal', async (t) => {
		const { first, counts, entries } = await compareEntries(letters, letters);
		t.assert.deepEqual([first, entries], [null, [5, 5]]);
		t.assert.equal(Math.max(...Object.values(counts)), 0);
	});

	test('is first the entry whose header differs', async (t) => {
		const late = { mtime: 1_700_000_060 };
		const compared = await compareEntries(letters, [
			a,
			file('b', 'content of b', late),
			c,
			file('d', 'content of d', late),
			e,
		]);
		const { first } = compared;
		t.assert.equal(
			first?.kind === 'entry' && `${first.path} ${first.index} ${first.headers.length}`,
			'b 1 1',
		);
		t.assert.deepEqual(counted(compared), { timestamps: 2 });
	});

	test('is the first different byte of a content, with those around it', async (t) => {
		const content = Buffer.alloc(5000, 'abcdefghij');
		const other = Buffer.from(content);
		other[3333] = 0x58;
		const compared = await compareEntries([a, file('big', content)], [a, file('big', other)]);
		const { first } = compared;
		if (first?.kind !== 'entry' || first.content === null) throw new TypeError('It is the content.');
		const { offset, shownFrom, older, newer } = first.content;
		t.assert.deepEqual([first.path, offset, shownFrom], ['big', 3333, 3325]);
		t.assert.deepEqual([String(older), String(newer)], ['fghijabcdefghija', 'fghijabcXefghija']);
		t.assert.deepEqual(counted(compared), { content: 1 });
	});

	test('is the end of a content that goes on in the other tar', async (t) => {
		const { first } = await compareEntries([file('a', 'short')], [file('a', 'shorter')]);
		if (first?.kind !== 'entry' || first.content === null) throw new TypeError('It is the content.');
		t.assert.deepEqual([first.content.offset, first.contentBytes], [5, [5, 7]]);
		t.assert.deepEqual(
			first.headers.map(({ place }) => place.kind === 'field' && place.name),
			['size'],
		);
	});

	const orders: readonly (readonly [string, readonly TarEntry[], string, number])[] = [
		['an entry that moved back', [b, c, d, a, e], 'a 0 3', 1],
		['an entry that moved forwards', [a, d, b, c, e], 'd 3 1', 1],
		['two that changed places', [a, c, b, d, e], 'b 1 2', 1],
		['all in reverse', [e, d, c, b, a], 'a 0 4', 4],
	];
	for (const [what, newer, expected, count] of orders) {
		test(`is the order: ${what}`, async (t) => {
			const compared = await compareEntries(letters, newer);
			const { first } = compared;
			t.assert.equal(
				first?.kind === 'order' && `${first.path} ${first.oldIndex} ${first.newIndex}`,
				expected,
			);
			t.assert.deepEqual(counted(compared), { order: count });
		});
	}

	test('is an entry that one of them lacks', async (t) => {
		const compared = await compareEntries(letters, [a, c, d, e]);
		t.assert.deepEqual(compared.first, { kind: 'only', side: 'old', path: 'b', index: 1 });
		t.assert.deepEqual(counted(compared), { 'only-in-old': 1 });
		const mirrored = await compareEntries([a, c, d, e], letters);
		t.assert.deepEqual(mirrored.first, { kind: 'only', side: 'new', path: 'b', index: 1 });
		t.assert.deepEqual((await compareEntries([a], [a, b])).first, {
			kind: 'only',
			side: 'new',
			path: 'b',
			index: 1,
		});
	});

	test('is counted by its causes too where the order differs', async (t) => {
		const changed = file('c', 'CONTENT of c', { mode: 0o600 });
		const compared = await compareEntries(letters, [b, changed, d, e, a]);
		t.assert.deepEqual(counted(compared), { permissions: 1, content: 1, order: 1 });
	});

	test('is paired in order where several entries have one path', async (t) => {
		const twice = (first: string, second: string) => [file('a', first), b, file('a', second)];
		t.assert.equal((await compareEntries(twice('1', '2'), twice('1', '2'))).first, null);
		t.assert.deepEqual(counted(await compareEntries(twice('1', '2'), twice('1', '3'))), { content: 1 });
	});

	test('is what fills the last block of a content', async (t) => {
		const tar = layerTar([a]);
		const other = Buffer.from(tar);
		other[512 + 100] = 1;
		const compared = await compare(tar, other);
		t.assert.equal(compared.first?.kind === 'entry' && compared.first.padding?.offset, 88);
		t.assert.deepEqual(counted(compared), { padding: 1 });
	});

	test('is what follows the last entry', async (t) => {
		const compared = await compare(layerTar([a]), Buffer.concat([layerTar([a]), Buffer.alloc(9 * 512)]));
		t.assert.deepEqual(compared.first?.kind === 'end' && compared.first.bytes, [1024, 1024 + 9 * 512]);
		t.assert.deepEqual(counted(compared), { end: 1 });
	});

	test('is an extended header without an entry behind it', async (t) => {
		const lone = Buffer.concat([rawEntry(a), rawEntry(file('g', 'x'), { typeFlag: 'g' })]);
		const compared = await compare(rawTar([rawEntry(a)]), rawTar([lone]));
		t.assert.deepEqual(counted(compared), { end: 1 });
	});

	test('is named, whichever byte is another one, however both come', async () => {
		const flip = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
		const chunks = fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }));
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, flip, chunks, async ([layer], { at, by }, chunkBytes) => {
				const tar = Buffer.from(layerTar(layer));
				assert.equal((await compare(tar, tar, chunkBytes)).first, null);
				const flipped = withByteFlipped(tar, at % tar.length, by);
				const compared = await compare(tar, flipped, chunkBytes).catch((error: unknown) => {
					assert.equal(error instanceof TarError, true);
					return null;
				});
				if (compared === null) return;
				assert.notEqual(compared.first, null);
				assert.notDeepEqual(counted(compared), {});
			}),
			{ numRuns: runs(1000) },
		);
	});
});

/** With the checksum made right again where the byte is in a header. */
function withByteFlipped(tar: Buffer, at: number, by: number): Buffer {
	const flipped = Buffer.from(tar);
	flipped[at] ^= by;
	const start = at - (at % 512);
	const header = withChecksum(flipped.subarray(start, start + 512));
	const block = tar.subarray(start, start + 512);
	const wasHeader = Buffer.compare(withChecksum(block), block) === 0;
	const isChecksum = at - start >= 148 && at - start < 156;
	if (wasHeader && !isChecksum) flipped.set(header, start);
	return flipped;
}

describe('directories', () => {
	test('are compared with or without the slash and the dot in front', async (t) => {
		const compared = await compareEntries([directory('./a/')], [directory('a')]);
		t.assert.deepEqual(counted(compared), { 'header-format': 1 });
	});
});
