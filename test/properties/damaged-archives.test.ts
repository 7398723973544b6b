import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FathomError } from '../../source/errors.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { directory, file, hardLink, whiteout } from '../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	layerTar,
	ociArchive,
	podmanArchive,
} from '../support/archives/write-archive.ts';
import { essenceOf } from '../support/essence.ts';
import { fromFile, fromStream } from '../support/load-layers.ts';
import { runs } from '../support/runs.ts';

const image = {
	names: ['app:1'],
	layers: [
		[directory('a/'), file('a/b', 'x'.repeat(600)), file('a/c', 'y'), hardLink('a/d', 'a/b')],
		[whiteout('a/c'), file('a/b', 'z'.repeat(600)), file('e'.repeat(150), 'e')],
	],
};

const archives: Readonly<Record<string, Uint8Array>> = {
	'docker archive': dockerArchive([image]),
	'docker archive with gzip layers': dockerArchive([image], 'gzip'),
	'docker 25 archive': docker25Archive([image]),
	'podman archive': podmanArchive([image]),
	'OCI archive with zstd layers': ociArchive([image], 'zstd'),
	'container snapshot': layerTar([directory('etc/'), file('etc/passwd', 'root'), directory('usr/')]),
	'compressed docker archive': gzipSync(dockerArchive([image])),
};

const ways = { 'from disk': fromFile, 'as a stream': fromStream } as const;

/** What loading gives, or null for an error that the program expects. Any other error is a fault of the program. */
async function attempt(load: Promise<ImageSession>): Promise<ImageSession | null> {
	try {
		return await load;
	} catch (error) {
		if (error instanceof FathomError && !error.message.includes('\n')) return null;
		throw error;
	}
}

/** A snapshot that lost a part of its end mark is smaller, and nothing else. */
function contentOf(loaded: ImageSession) {
	const essence = essenceOf(loaded);
	const layers = essence.layers.map((layer) => ({ ...layer, unpackedBytes: null }));
	return { ...essence, unpackedBytes: null, layers };
}

for (const [name, archive] of Object.entries(archives)) {
	for (const [way, load] of Object.entries(ways)) {
		test(`${name}, cut anywhere, ${way}: an error, a warning or all of the image`, async () => {
			const whole = contentOf(await load(archive));
			const step = Math.max(1, Math.floor(archive.length / runs(60)));
			for (let length = 0; length < archive.length; length += step) {
				const loaded = await attempt(load(archive.slice(0, length)));
				if (loaded === null || loaded.image.warnings.some(({ code }) => code === 'no-end-mark')) continue;
				assert.deepEqual(contentOf(loaded), whole, `${length} of ${archive.length} bytes`);
			}
		});

		test(`${name}, damaged anywhere, ${way}: an error in one line or an image`, async () => {
			const damage = fc.record({ at: fc.nat(archive.length - 1), to: fc.nat(255) });
			await fc.assert(
				fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 5 }), async (damages) => {
					const damaged = Uint8Array.from(archive);
					for (const { at, to } of damages) damaged[at] = to;
					const loaded = await attempt(load(damaged));
					if (loaded) essenceOf(loaded);
				}),
				{ numRuns: runs(60) },
			);
		});
	}
}
