import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FileReader } from '../../../source/sources/file-source.ts';
import { DiskFileReader } from '../../../source/sources/files/file-reader.ts';
import { layersOnDisk } from '../../../source/sources/files/tar-access.ts';
import { blobChunks } from '../../../source/sources/store/blob-location.ts';
import { TarError } from '../../../source/tar/tar-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MEBIBYTE = 1024 * 1024;
/** More than is kept, in pieces that fit to no block. */
const PIECE_BYTES = 300_007;
const PIECES = 500;

describe('a layer that can be read from its start only', () => {
	test('is unpacked no further than the file', async (t) => {
		const { files, log } = await counted(t);
		t.assert.equal(await byteAt(files, 10 * PIECE_BYTES), 10);
		t.assert.equal(log.opened, 1);
		t.assert.equal(log.pieces <= 12, true, `${log.pieces} pieces`);
	});

	test('goes on from there for a file further on', async (t) => {
		const { files, log } = await counted(t);
		t.assert.equal(await byteAt(files, 10 * PIECE_BYTES), 10);
		t.assert.equal(await byteAt(files, 90 * PIECE_BYTES), 90);
		t.assert.equal(await byteAt(files, 400 * PIECE_BYTES), 400 % 256);
		t.assert.equal(log.opened, 1);
	});

	test('is not unpacked again for a file not far behind', async (t) => {
		const { files, log } = await counted(t);
		t.assert.equal(await byteAt(files, 499 * PIECE_BYTES), 499 % 256);
		const { pieces } = log;
		for (let piece = 498; (499 - piece) * PIECE_BYTES < 60 * MEBIBYTE; piece -= 50) {
			t.assert.equal(await byteAt(files, piece * PIECE_BYTES), piece % 256);
		}
		t.assert.deepEqual(log, { opened: 1, closed: 0, pieces });
	});

	test('is unpacked again for a file far behind, as not all of it is kept', async (t) => {
		const { files, log } = await counted(t);
		t.assert.equal(await byteAt(files, 499 * PIECE_BYTES), 499 % 256);
		t.assert.equal(await byteAt(files, 0), 0);
		t.assert.deepEqual([log.opened, log.closed], [2, 1]);
	});

	test('gives a file that spans many blocks whole', async (t) => {
		const { files } = await counted(t);
		const content = await contentOf(files, { position: 7 * PIECE_BYTES - 1, bytes: 9 * PIECE_BYTES + 2 });
		const expected = Buffer.concat([
			Buffer.from([6]),
			...Array.from({ length: 9 }, (_, index) => Buffer.alloc(PIECE_BYTES, index + 7)),
			Buffer.from([16]),
		]);
		t.assert.equal(Buffer.compare(content, expected), 0);
	});

	test('can be read by two at once', async (t) => {
		const { files } = await counted(t);
		const positions = [300, 20, 300, 100].map((piece) => piece * PIECE_BYTES);
		const bytes = await Promise.all(positions.map((position) => byteAt(files, position)));
		t.assert.deepEqual(bytes, [300 % 256, 20, 300 % 256, 100]);
	});

	test('is closed when it is left, and when the session ends', async (t) => {
		const { files, log } = await counted(t);
		for await (const _ of files.open({ layerIndex: 0, position: 0, bytes: 100 * PIECE_BYTES })) break;
		t.assert.deepEqual([log.opened, log.closed], [1, 0]);
		await files.close();
		t.assert.deepEqual([log.opened, log.closed], [1, 1]);
	});

	test('is left at once when the user interrupts', async (t) => {
		const { files, log } = await counted(t);
		const stop = new AbortController();
		stop.abort();
		const place = { layerIndex: 0, position: 400 * PIECE_BYTES, bytes: 1 };
		await t.assert.rejects(Array.fromAsync(files.open(place, stop.signal)), { code: 'interrupted' });
		t.assert.equal(log.pieces, 0);
	});

	test('that ends before the file does is said to be cut', async (t) => {
		const { files } = await counted(t);
		await t.assert.rejects(byteAt(files, PIECES * PIECE_BYTES), {
			code: 'truncated',
			message: /^image: layer 1: the tar ends at byte /,
		});
	});

	test('that is damaged says so, each time', async (t) => {
		const path = join(await temporaryFolder(t), 'layer');
		const packed = gzipSync(Buffer.alloc(MEBIBYTE, 'text'));
		await writeFile(path, packed.subarray(0, packed.length / 2));
		const location = { path, start: 0, bytes: packed.length / 2 };
		const files = new DiskFileReader({ label: 'image', layers: layersOnDisk([location], [null]) });
		t.after(() => files.close());
		for (const _ of [1, 2]) {
			await t.assert.rejects(byteAt(files, MEBIBYTE - 1), {
				code: 'truncated',
				message: /^image: layer 1: the gzip data ends too early, at byte \d+\.$/,
			});
		}
	});

	test('that fails in another way fails with what it says', async (t) => {
		const path = join(await temporaryFolder(t), 'layer');
		await writeFile(path, '');
		const files = new DiskFileReader({
			label: 'image',
			layers: [
				{
					kind: 'in-packed-archive',
					location: { path, start: 0, bytes: 0 },
					stored: () => blobChunks({ path, start: 0, bytes: 0 }),
					// biome-ignore lint/correctness/useYield: It fails before it has anything to give.
					open: async function* () {
						throw new TarError('corrupt', 1, 'it is damaged');
					},
				},
			],
		});
		await t.assert.rejects(byteAt(files, 0), { code: 'corrupt', message: 'image: layer 1: it is damaged.' });
	});
});

describe('a layer that lies there uncompressed', () => {
	test('is said to be cut when it ends before the file', async (t) => {
		const path = join(await temporaryFolder(t), 'layer');
		await writeFile(path, 'short');
		const location = { path, start: 0, bytes: 100 };
		const files = new DiskFileReader({ label: 'image', layers: layersOnDisk([location], [location]) });
		await t.assert.rejects(contentOf(files, { position: 2, bytes: 50 }), { code: 'truncated' });
	});
});

interface Log {
	opened: number;
	closed: number;
	pieces: number;
}

/** A tar of pieces that hold the low byte of their number, and how often it was read. */
async function counted(t: TestContext): Promise<{ readonly files: FileReader; readonly log: Log }> {
	const path = join(await temporaryFolder(t), 'layer');
	await writeFile(path, '');
	const log: Log = { opened: 0, closed: 0, pieces: 0 };
	const piece = new Uint8Array(PIECE_BYTES);
	const open = async function* (sink: (piece: Uint8Array) => void): AsyncGenerator<void> {
		log.opened += 1;
		try {
			for (let index = 0; index < PIECES; index++) {
				log.pieces += 1;
				yield sink(piece.fill(index % 256));
			}
		} finally {
			log.closed += 1;
		}
	};
	const location = { path, start: 0, bytes: 0 };
	const files = new DiskFileReader({
		label: 'image',
		layers: [{ kind: 'in-packed-archive', location, open, stored: () => blobChunks(location) }],
	});
	t.after(() => files.close());
	return { files, log };
}

async function byteAt(files: FileReader, position: number): Promise<number | undefined> {
	const content = await contentOf(files, { position, bytes: 1 });
	return content[0];
}

async function contentOf(
	files: FileReader,
	place: { readonly position: number; readonly bytes: number },
): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of files.open({ layerIndex: 0, ...place })) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}
