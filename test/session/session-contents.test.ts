import { createHash, randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pathOf } from '../../source/filetree/paths.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { DIGEST_BYTES, FILE } from '../../source/tar/changeset.ts';
import { directory, file, hardLink, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression, layoutFiles } from '../support/archives/write-archive.ts';
import { type LoadOptions, loadImage } from '../support/load-image.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** More than a worker reads in one task, in pieces that are no multiple of any block. */
const large = randomBytes(70_000_003);
const contents: Readonly<Record<string, string | Uint8Array>> = {
	'etc/motd': 'hello',
	'etc/empty': '',
	'bin/large': large,
	'bin/after': 'after the large one',
	'srv/app': randomBytes(300_001),
};
const layers: readonly (readonly TarEntry[])[] = [
	[directory('etc'), ...Object.entries(contents).map(([path, content]) => file(path, content))],
	[hardLink('etc/link', 'bin/after'), whiteout('etc/motd'), file('etc/other', 'other')],
];
const expected = new Map(
	[...Object.entries(contents), ['etc/other', 'other'] as const].map(([path, content]) => [
		path,
		sha256(content),
	]),
);

function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}

/** The digest of every regular file of the image, by its path. */
async function digestsOf({ tree, contents: session }: ImageSession): Promise<Map<string, string>> {
	const asked = tree.changesets.map(({ kinds }, layerIndex) => ({
		layerIndex,
		entries: Uint32Array.from(kinds.keys()).filter((entry) => kinds[entry] === FILE),
	}));
	const digests = await session.digests(asked);
	const named = new Map<string, string>();
	for (let node = 1; node < tree.nodeCount; node++) {
		for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
			const layer = tree.changeLayers[change];
			const index = asked[layer].entries.indexOf(tree.changeEntries[change]);
			if (index === -1) continue;
			const digest = digests[layer].subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
			named.set(pathOf(tree, node), Buffer.from(digest).toString('hex'));
		}
	}
	return named;
}

async function open(t: TestContext, path: string, options: LoadOptions = {}): Promise<ImageSession> {
	const session = await loadImage(path, options);
	t.after(() => session.close());
	return session;
}

async function written(t: TestContext, archive: Uint8Array): Promise<string> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archive);
	return path;
}

describe('the SHA-256 of files', () => {
	for (const compression of ['plain', 'gzip', 'zstd'] as const satisfies readonly LayerCompression[]) {
		test(`in an archive with ${compression} layers`, async (t) => {
			const path = await written(t, dockerArchive([{ layers }], compression));
			t.assert.deepEqual(await digestsOf(await open(t, path)), expected);
		});

		test(`in a layout with ${compression} layers`, async (t) => {
			const folder = await temporaryFolder(t);
			await writeFiles(folder, layoutFiles([{ layers }], compression));
			t.assert.deepEqual(await digestsOf(await open(t, folder)), expected);
		});

		test(`in an archive with ${compression} layers from standard input, which is hashed as it streams`, async (t) => {
			const stdin = Readable.from([dockerArchive([{ layers }], compression)]);
			t.assert.deepEqual(await digestsOf(await open(t, '-', { stdin, digests: true })), expected);
		});
	}

	test('in an archive that is packed as a whole', async (t) => {
		const path = await written(t, gzipSync(dockerArchive([{ layers }])));
		t.assert.deepEqual(await digestsOf(await open(t, path)), expected);
	});

	test('can be asked for twice', async (t) => {
		const session = await open(t, await written(t, dockerArchive([{ layers }])));
		await digestsOf(session);
		t.assert.deepEqual(await digestsOf(session), expected);
	});

	test('are those of the files that were asked for, in their order', async (t) => {
		const session = await open(t, await written(t, dockerArchive([{ layers }], 'gzip')));
		const entries = Uint32Array.from([4, 1]);
		const [digests] = await session.contents.digests([{ layerIndex: 0, entries }]);
		t.assert.deepEqual(Buffer.from(digests).toString('hex'), [4, 1].map(digestOfEntry).join(''));
	});

	test('cannot be had of standard input that was not hashed as it streamed', async (t) => {
		const session = await open(t, '-', { stdin: Readable.from([dockerArchive([{ layers }])]) });
		await t.assert.rejects(digestsOf(session), { code: 'unsupported' });
	});

	test('of an archive that is gone is an error that names it', async (t) => {
		const path = await written(t, dockerArchive([{ layers }]));
		const session = await open(t, path);
		await rm(path);
		await t.assert.rejects(digestsOf(session), { code: 'not-found', message: /image\.tar/ });
	});
});

/** Entry 0 is the folder. */
function digestOfEntry(entry: number): string {
	return sha256(Object.values(contents)[entry - 1]);
}
