import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ImageSession } from '../../source/session/image-session.ts';
import { rawEntry, rawTar } from '../support/archives/raw-tar.ts';
import { file } from '../support/archives/tar-entry.ts';
import { dockerArchive } from '../support/archives/write-archive.ts';
import { cacheIn } from '../support/disk-cache.ts';
import { type LoadOptions, loadImage } from '../support/load-image.ts';
import { runs } from '../support/runs.ts';
import { arbitrarySparseFile } from '../support/sparse/arbitrary-sparse-file.ts';
import { contentOf, type SparseFile, sparseEntry, sparseForms } from '../support/sparse/sparse-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { changesOfLayer } from '../support/tree-view.ts';

/** The file in all forms, then as a plain file, a layer each. */
const layersOf = (sparse: SparseFile) => [
	...sparseForms.map((form) => rawTar([sparseEntry(form, sparse), rawEntry(file('other', 'other'))])),
	rawTar([rawEntry(file(sparse.name, contentOf(sparse)))]),
];

/** Loads an archive in each way: by position, unpacked, as a stream, and from what the cache has then. */
async function* loadedEachWay(folder: string, layers: readonly Uint8Array[]): AsyncGenerator<ImageSession> {
	for (const compression of ['plain', 'gzip'] as const) {
		const archive = dockerArchive([{ layers }], compression);
		const path = join(folder, `${compression}.tar`);
		await writeFile(path, archive);
		for (const reference of [path, path, '-']) {
			const options: LoadOptions = { cache: cacheIn(join(folder, 'cache')), digests: true };
			yield await loadImage(reference, {
				...options,
				stdin: Readable.from([archive], { objectMode: false }),
			});
		}
	}
}

const asked = (session: ImageSession) =>
	session.tree.changesets.map((_, layerIndex) => ({ layerIndex, entries: Uint32Array.of(0) }));

/** Pieces do not outlive the next step, so that each is copied. */
async function contentFrom(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const copies: Buffer[] = [];
	for await (const piece of pieces) copies.push(Buffer.from(piece));
	return Buffer.concat(copies);
}

test('a sparse file is in every way what a plain one with the same bytes is', async (t) => {
	const folder = await temporaryFolder(t);
	await fc.assert(
		fc.asyncProperty(arbitrarySparseFile, async (sparse) => {
			const content = Buffer.from(contentOf(sparse));
			const digest = createHash('sha256').update(content).digest();
			const path = sparse.name;
			for await (const session of loadedEachWay(folder, layersOf(sparse))) {
				const { tree, image, files, contents } = session;
				for (let layer = 0; layer < tree.layerCount; layer++)
					assert.equal(tree.changesets[layer].sizes[0], content.length);
				for (let layer = 1; layer < tree.layerCount; layer++) {
					const kinds = new Map(changesOfLayer(tree, layer));
					assert.equal(kinds.get(path), 'identical');
				}
				for (const digests of await contents.digests(asked(session)))
					assert.deepEqual(Buffer.from(digests), digest);
				for (let layerIndex = 0; image.reference !== '-' && layerIndex < tree.layerCount; layerIndex++) {
					const read = await contentFrom(files.open({ layerIndex, path }));
					assert.equal(Buffer.compare(read, content), 0);
				}
				await session.close();
			}
		}),
		{ numRuns: runs(60) },
	);
});

test('one byte that differs in a hole or in data is a change of content', async (t) => {
	const folder = await temporaryFolder(t);
	const extents = [{ start: 70_000, data: Buffer.alloc(600, 'x') }];
	const sparse: SparseFile = { name: 'disk.img', fileBytes: 200_000, extents };
	for (const position of [0, 70_000, 199_999]) {
		const content = Buffer.from(contentOf(sparse));
		content[position] ^= 1;
		const plain = rawTar([rawEntry(file('disk.img', content))]);
		const one = rawTar([sparseEntry('pax-1.0', sparse)]);
		for await (const session of loadedEachWay(folder, [one, plain, one])) {
			for (const layer of [1, 2])
				assert.deepEqual([...changesOfLayer(session.tree, layer)], [['disk.img', 'content']]);
			await session.close();
		}
	}
});

test('reading a hole of terabytes begins at once, and ends when it is interrupted', async (t) => {
	const folder = await temporaryFolder(t);
	const layer = rawTar([sparseEntry('pax-1.0', { name: 'disk.img', fileBytes: 2 ** 44, extents: [] })]);
	for await (const session of loadedEachWay(folder, [layer])) {
		if (session.image.reference !== '-') {
			const stop = new AbortController();
			setTimeout(() => stop.abort(), 50);
			let bytes = 0;
			const read = async () => {
				const wanted = { layerIndex: 0, path: 'disk.img', signal: stop.signal };
				for await (const piece of session.files.open(wanted)) bytes += piece.length;
			};
			await assert.rejects(read(), { code: 'interrupted' });
			assert.ok(bytes > 0);
		}
		const [digest] = await session.contents.digests(asked(session));
		assert.deepEqual([...digest], Array(32).fill(0));
		await session.close();
	}
});
