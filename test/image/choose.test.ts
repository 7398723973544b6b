import { test } from 'node:test';
import { hostPlatform, parsePlatform } from '../../source/image/platform.ts';
import { file } from '../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	ociArchive,
	type TestImage,
} from '../support/archives/write-archive.ts';
import type { LoadOptions } from '../support/load-image.ts';
import { fromFile, fromStream } from '../support/load-layers.ts';

const host = hostPlatform().architecture;
const other = host === 's390x' ? 'riscv64' : 's390x';

const images: readonly TestImage[] = [
	{ names: ['app:1'], architecture: other, layers: [[file('foreign', 'x')]] },
	{ names: ['app:1'], architecture: host, layers: [[file('own', 'xx')]] },
	{ names: ['registry.example.com/team/base:2'], architecture: host, layers: [[file('base', 'xxx')]] },
];

const archives = { 'docker save': dockerArchive, 'docker 25': docker25Archive, OCI: ociArchive } as const;

/** The one file of the image that is opened, told by its bytes. */
async function opened(load: typeof fromFile, archive: Uint8Array, options: LoadOptions = {}) {
	const { figures, image } = await load(archive, options);
	return {
		bytes: figures.totalBytes,
		notices: image.notices.map(({ code }) => code),
		others: image.others.length,
	};
}

for (const [name, write] of Object.entries(archives)) {
	for (const [way, load] of Object.entries({ 'from disk': fromFile, 'as a stream': fromStream })) {
		const archive = write(images);

		test(`${name}, ${way}: of several images that for this machine is opened, with a notice`, async (t) => {
			t.assert.deepEqual(await opened(load, archive), { bytes: 2, notices: ['image-chosen'], others: 2 });
		});

		test(`${name}, ${way}: --platform and --image pick another`, async (t) => {
			const platform = parsePlatform(`linux/${other}`);
			t.assert.deepEqual(await opened(load, archive, { platform }), { bytes: 1, notices: [], others: 2 });
			t.assert.deepEqual(await opened(load, archive, { imageName: 'team/base' }), {
				bytes: 3,
				notices: [],
				others: 2,
			});
		});

		test(`${name}, ${way}: a name that is not there is an error that says what is`, async (t) => {
			await t.assert.rejects(load(archive, { imageName: 'nothing' }), (error: Error) =>
				error.message.includes(`app:1 (linux/${host})`),
			);
		});
	}
}
