import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { directory, file, hardLink, whiteout } from '../support/archives/tar-entry.ts';
import { dockerArchive, layerTar, ociArchive, podmanArchive } from '../support/archives/write-archive.ts';
import { fromCutStream, resultOf } from '../support/cut-stream.ts';
import { smallArchive, smallImage } from '../support/images/small-image.ts';
import { fromFile } from '../support/load-layers.ts';
import { runs } from '../support/runs.ts';

const image = {
	names: ['app:1'],
	layers: [
		[directory('a/'), file('a/b', 'x'.repeat(600)), file('a/c', 'y'), hardLink('a/d', 'a/b')],
		[whiteout('a/c'), file('a/b', 'z'.repeat(5000)), file('e'.repeat(150), 'e')],
	],
};

const blanks = Buffer.from(' \t\r\n'.repeat(400));
const mark = Buffer.from('\ufeff');
const whole = dockerArchive([image]);

const archives: Readonly<Record<string, Uint8Array>> = {
	'a docker archive': whole,
	'a docker archive with gzip layers': dockerArchive([image], 'gzip'),
	'a podman archive': podmanArchive([image]),
	'an OCI archive with zstd layers': ociArchive([image], 'zstd'),
	'a container snapshot': layerTar([directory('etc/'), file('etc/passwd', 'root'), directory('usr/')]),
	'a compressed archive': gzipSync(whole),
	'documents behind blanks': smallArchive({
		'manifest.json': Buffer.concat([blanks, smallImage['manifest.json']]),
		'config.json': Buffer.concat([blanks, smallImage['config.json']]),
	}),
	'documents behind a byte order mark': smallArchive({
		'manifest.json': Buffer.concat([mark, smallImage['manifest.json']]),
		'config.json': Buffer.concat([mark, blanks, smallImage['config.json']]),
	}),
	'an archive that was cut': whole.slice(0, whole.length - 3000),
	'an archive without its end mark': whole.slice(0, whole.length - 1024),
};

for (const [name, archive] of Object.entries(archives)) {
	test(`${name} is the same however a pipe cuts it as by position`, async () => {
		const expected = await resultOf(fromFile(archive));
		const places = fc.oneof(
			fc.array(fc.nat(archive.length), { maxLength: 40 }),
			fc.integer({ min: 1, max: 600 }).map((step) => everyNth(step, archive.length)),
		);
		await fc.assert(
			fc.asyncProperty(places, async (each) => {
				assert.equal(await resultOf(fromCutStream(archive, each)), expected);
			}),
			{ numRuns: runs(80) },
		);
	});
}

function everyNth(step: number, length: number): readonly number[] {
	return Array.from({ length: Math.ceil(length / step) }, (_, index) => (index + 1) * step);
}
