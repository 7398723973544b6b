import { describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { essenceOf } from '../../support/essence.ts';
import { packedSmallImage } from '../../support/images/packed-image.ts';
import { smallArchive, smallImage } from '../../support/images/small-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';

const plain = smallArchive();
const bottom = smallImage['1/layer.tar'];

/** A zstd frame that holds nothing for a reader: four bytes of its own (RFC 8878, "Skippable Frames"). */
const skippableFrame = Buffer.from('502a4d180400000001020304', 'hex');

/** gzip in members of a few bytes each, one after the other, as eStargz has one for every file. */
function inMembers(bytes: Uint8Array, memberBytes: number): Uint8Array {
	const members: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; start += memberBytes)
		members.push(gzipSync(bytes.subarray(start, start + memberBytes)));
	return Buffer.concat(members);
}

describe('the whole archive packed', () => {
	for (const [format, packed] of Object.entries({
		gzip: gzipSync(plain),
		'gzip in several members': inMembers(plain, 5000),
		zstd: zstdCompressSync(plain),
		'zstd in several frames': Buffer.concat([
			zstdCompressSync(plain.subarray(0, 5000)),
			zstdCompressSync(plain.subarray(5000)),
		]),
		'zstd after a frame that is to be skipped': Buffer.concat([skippableFrame, zstdCompressSync(plain)]),
		xz: packedSmallImage.xz,
		bzip2: packedSmallImage.bzip2,
	})) {
		for (const [way, load] of Object.entries({ 'from disk': fromFile, 'as a stream': fromStream })) {
			test(`with ${format}, ${way}: the same image`, async (t) => {
				t.assert.deepEqual(essenceOf(await load(packed)), essenceOf(await fromFile(plain)));
			});
		}
	}
});

describe('a layer packed', () => {
	for (const [format, layer] of Object.entries({
		'not at all': bottom,
		'with gzip': gzipSync(bottom),
		'with gzip in many members': inMembers(bottom, 512),
		'with zstd': zstdCompressSync(bottom),
		'with zstd after a frame that is to be skipped': Buffer.concat([
			skippableFrame,
			zstdCompressSync(bottom),
		]),
	})) {
		for (const [way, load] of Object.entries({ 'from disk': fromFile, 'as a stream': fromStream })) {
			test(`${format}, ${way}: the same layer, told by its first bytes, whatever it is called`, async (t) => {
				const loaded = await load(smallArchive({ '1/layer.tar': layer }));
				t.assert.deepEqual(essenceOf(loaded), essenceOf(await fromFile(plain)));
				t.assert.equal(loaded.figures.layers[0].storedBytes, layer.length);
				t.assert.equal(loaded.figures.layers[0].unpackedBytes, bottom.length);
				t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
			});
		}
	}

	// An archive is no layer of course, but it is a tar that is packed with xz and bzip2.
	for (const format of ['xz', 'bzip2'] as const) {
		const archive = smallArchive({ '1/layer.tar': packedSmallImage[format] });

		test(`with ${format}, from disk: is read as well`, async (t) => {
			const { figures, image } = await fromFile(archive);
			t.assert.equal(figures.layers[0].unpackedBytes, plain.length);
			t.assert.deepEqual(
				image.warnings.map(({ code }) => code),
				['diff-id-mismatch'],
			);
		});

		test(`with ${format}, as a stream: cannot be read, with a way out`, async (t) => {
			await t.assert.rejects(fromStream(archive), {
				code: 'unsupported',
				message: `standard input: layer 1: it is packed with ${format}, and such a layer cannot be read from a stream.`,
				hint: 'Open the archive as an uncompressed file, or unpack it and open the folder.',
			});
		});

		test(`with ${format}, as a stream: does no harm where it is not needed`, async (t) => {
			const beside = smallArchive({ 'notes.bin': packedSmallImage[format] });
			t.assert.deepEqual(essenceOf(await fromStream(beside)), essenceOf(await fromFile(plain)));
		});
	}
});
