import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type EntryLimits, noLimits } from '../../source/tar/entry-budget.ts';
import { directory, file, symlink, type TarEntry } from '../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression } from '../support/archives/write-archive.ts';
import { loadImage } from '../support/load-image.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const files = (count: number, folder: string): readonly TarEntry[] =>
	Array.from({ length: count }, (_, index) => file(`${folder}${index}`));

const nodesOf = ({ tree }: Awaited<ReturnType<typeof loadImage>>): number => tree.nodeCount;

/** Each way in which an archive is read. */
const ways: Readonly<
	Record<string, (t: TestContext, archive: Uint8Array, limits: EntryLimits) => Promise<number>>
> = {
	'by position': async (t, archive, limits) => {
		const path = join(await temporaryFolder(t), 'image.tar');
		await writeFile(path, archive);
		return nodesOf(await loadImage(path, { limits }));
	},
	'as a stream': async (_, archive, limits) =>
		nodesOf(await loadImage('-', { stdin: Readable.from([archive]), limits })),
	'packed as a whole': async (t, archive, limits) => {
		const path = join(await temporaryFolder(t), 'image.tar.gz');
		await writeFile(path, gzipSync(archive));
		return nodesOf(await loadImage(path, { limits }));
	},
};

const pathsHint = /^--max-paths .* --max-paths off /;
const bytesHint = /^--max-path-bytes .* --max-path-bytes off /;

for (const [way, read] of Object.entries(ways)) {
	describe(`an image that is read ${way}`, () => {
		const layers = [files(3000, 'a/'), files(3000, 'b/')];

		for (const compression of ['plain', 'gzip', 'zstd'] as const satisfies readonly LayerCompression[]) {
			test(`is refused for the entries of its ${compression} layers together`, async (t) => {
				const archive = dockerArchive([{ layers }], compression);
				await t.assert.rejects(read(t, archive, { ...noLimits, paths: 4000 }), {
					code: 'too-large',
					message: /more than 4000 paths, the limit that max-paths sets\.$/,
					hint: pathsHint,
				});
				t.assert.equal(await read(t, archive, { ...noLimits, paths: 7000 }), 6003);
			});
		}

		test('is refused for a few paths of many folders that no layer lists', async (t) => {
			const deep = Array.from({ length: 200 }, (_, index) => file(`${index}/${'d/'.repeat(400)}f`));
			const archive = dockerArchive([{ layers: [deep] }]);
			await t.assert.rejects(read(t, archive, { ...noLimits, paths: 50_000 }), {
				code: 'too-large',
				message: 'The image has more than 50000 paths, the limit that max-paths sets.',
				hint: pathsHint,
			});
			await t.assert.rejects(read(t, archive, { ...noLimits, pathBytes: 1_000_000 }), {
				code: 'too-large',
				message:
					'The image has paths of more than 1000000 bytes in total, the limit that max-path-bytes sets.',
				hint: bytesHint,
			});
			t.assert.equal(await read(t, archive, noLimits), 1 + 200 * 402);
		});

		test('is refused for long link targets', async (t) => {
			const links = Array.from({ length: 40 }, (_, index) => symlink(`${index}`, 'x'.repeat(100_000)));
			const archive = dockerArchive([{ layers: [links] }]);
			await t.assert.rejects(read(t, archive, { ...noLimits, pathBytes: 2_000_000 }), {
				code: 'too-large',
				message: /paths of more than 2000000 bytes in total, the limit that max-path-bytes sets\.$/,
				hint: bytesHint,
			});
		});

		test('counts a folder that a layer lists once', async (t) => {
			const listed = [directory('a'), directory('a/b'), ...files(10, 'a/b/')];
			const archive = dockerArchive([{ layers: [listed] }]);
			t.assert.equal(await read(t, archive, { ...noLimits, paths: 12 }), 13);
		});
	});
}
