import { describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { fromCutStream, resultOf } from '../../support/cut-stream.ts';
import { archiveOfFiles, smallArchive, smallImage } from '../../support/images/small-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';

const bottom = smallImage['1/layer.tar'];
const manifest = smallImage['manifest.json'];
const blanks = (count: number) => Buffer.alloc(count, ' ');

/** The bottom layer is the larger one of the packed ones, and the top layer of the plain ones. */
const twiceDamaged = {
	plain: { '1/layer.tar': bottom.slice(0, 700), '2/layer.tar': damagedAt(smallImage['2/layer.tar'], 0) },
	gzip: {
		'1/layer.tar': gzipSync(bottom).subarray(0, 60),
		'2/layer.tar': damagedAt(gzipSync(layerTar([file('a', 'xyz'.repeat(900))])), 30),
	},
} as const;

/** Each odd archive, with the code of its error or null for an image. */
const archives: Readonly<Record<string, readonly [archive: Uint8Array, code: string | null]>> = {
	'a manifest behind 1,500 blanks': [
		smallArchive({ 'manifest.json': Buffer.concat([blanks(1500), manifest]) }),
		null,
	],
	'a manifest behind a byte order mark': [
		smallArchive({ 'manifest.json': Buffer.concat([Buffer.from('\ufeff'), manifest]) }),
		null,
	],
	'a manifest that is null, cut by the first block': [
		smallArchive({ 'manifest.json': Buffer.concat([blanks(510), Buffer.from('null')]) }),
		'not-an-image',
	],
	'a manifest of blanks alone': [smallArchive({ 'manifest.json': blanks(2000) }), 'corrupt'],
	'a manifest that is a tar': [smallArchive({ 'manifest.json': bottom }), 'corrupt'],
	'a layer of no bytes': [smallArchive({ '1/layer.tar': new Uint8Array() }), null],
	'a layer of fewer zeros than a block has': [smallArchive({ '1/layer.tar': new Uint8Array(300) }), null],
	'a packed layer of fewer zeros than a block has': [
		smallArchive({ '1/layer.tar': gzipSync(new Uint8Array(300)) }),
		null,
	],
	'a layer that ends in zeros, fewer than a block has': [
		smallArchive({ '1/layer.tar': bottom.slice(0, bottom.length - 700) }),
		null,
	],
	'a layer that is a document': [smallArchive({ '1/layer.tar': Buffer.from('{"a":1}') }), 'truncated'],
	'a layer that is a long document': [smallArchive({ '1/layer.tar': Buffer.alloc(900, '[') }), 'corrupt'],
	'a layer that is cut': [smallArchive({ '1/layer.tar': bottom.slice(0, 700) }), 'truncated'],
	'a packed layer that is cut': [
		smallArchive({ '1/layer.tar': zstdCompressSync(bottom).subarray(0, 60) }),
		'truncated',
	],
	'two damaged layers': [smallArchive(twiceDamaged.plain), 'truncated'],
	'two damaged layers in gzip': [smallArchive(twiceDamaged.gzip), 'truncated'],
	'an empty file of the name of a layer behind it, with a slash': [
		archiveOfFiles({ ...smallImage, '1/layer.tar/': new Uint8Array() }),
		null,
	],
};

describe('an odd archive is the same by position and as a stream', () => {
	for (const [name, [archive, code]] of Object.entries(archives)) {
		test(name, async (t) => {
			const byPosition = await resultOf(fromFile(archive));
			t.assert.equal(await resultOf(fromStream(archive)), byPosition);
			t.assert.equal(await resultOf(fromCutStream(archive, everyThreeHundred(archive))), byPosition);
			t.assert.equal(byPosition.startsWith('{') ? null : byPosition, code);
		});
	}
});

function everyThreeHundred({ length }: Uint8Array): readonly number[] {
	return Array.from({ length: Math.ceil(length / 300) }, (_, index) => (index + 1) * 300);
}

function damagedAt(bytes: Uint8Array, at: number): Uint8Array {
	const copy = Uint8Array.from(bytes);
	copy.fill(copy[at] ^ 0xff, at, at + 1);
	return copy;
}
