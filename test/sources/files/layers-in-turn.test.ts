import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { lineContent, packedLayers } from '../../support/images/packed-layers.ts';
import { archiveOfFiles, configOf, manifestOf } from '../../support/images/small-image.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FILES = 3;

const plain = [0, 1].map((layer) =>
	layerTar(Array.from({ length: FILES }, (_, number) => file(`file${number}`, lineContent(layer, number)))),
);

/** A decoder that is not given back makes a test wait forever. */
const timeout = 120_000;

const formats = {
	plain,
	gzip: plain.map((tar) => gzipSync(tar)),
	zstd: plain.map((tar) => zstdCompressSync(tar)),
	...packedLayers,
} as const;

for (const [format, layers] of Object.entries(formats)) {
	describe(`files in two layers, ${format}`, () => {
		test('are read one after the other, first in one layer, then in the other', { timeout }, async (t) => {
			const session = await imageOf(t, layers);
			for (const number of [0, 1, 2, 0]) {
				for (const layer of [0, 1]) await assertContent(t, session, layer, number);
			}
		});

		test('are read side by side', { timeout }, async (t) => {
			const session = await imageOf(t, layers);
			const files = [0, 1, 2].flatMap((number) => [0, 1].map((layer) => ({ layer, number })));
			await Promise.all(files.map(({ layer, number }) => assertContent(t, session, layer, number)));
		});

		test('are read while others are left half read', { timeout }, async (t) => {
			const session = await imageOf(t, layers);
			const left = [0, 1].map((layerIndex) => session.files.open({ layerIndex, path: 'file1' }));
			for (const pieces of left) await pieces.next();
			await assertContent(t, session, 0, 2);
			await assertContent(t, session, 1, 2);
			await Promise.all(left.map((pieces) => pieces.return(undefined)));
			await assertContent(t, session, 1, 0);
		});

		test('are read after some whose reading was interrupted', { timeout }, async (t) => {
			const session = await imageOf(t, layers);
			for (const layerIndex of [0, 1]) {
				const stop = new AbortController();
				const pieces = session.files.open({ layerIndex, path: 'file2', signal: stop.signal });
				await pieces.next();
				stop.abort();
				await t.assert.rejects(Array.fromAsync(pieces), { code: 'interrupted' });
			}
			for (const layer of [0, 1]) await assertContent(t, session, layer, 1);
		});

		test('are read in any order, as far as one likes', { timeout }, async (t) => {
			const session = await imageOf(t, layers);
			const step = fc.record({
				layer: fc.nat(1),
				number: fc.nat(FILES - 1),
				pieces: fc.constantFrom(0, 1, 2, Number.POSITIVE_INFINITY),
			});
			await fc.assert(
				fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
					for (const { layer, number, pieces } of steps) {
						const expected = lineContent(layer, number);
						const read = await contentOf(session, { layer, number, pieces });
						t.assert.equal(read.equals(expected.subarray(0, read.length)), true);
						if (pieces === Number.POSITIVE_INFINITY) t.assert.equal(read.length, expected.length);
					}
				}),
				{ numRuns: 8 },
			);
		});
	});
}

describe('a layer that is damaged', () => {
	for (const [format, [layer, other]] of Object.entries(packedLayers)) {
		test(`with ${format} does not keep another from being read`, { timeout }, async (t) => {
			const folder = await temporaryFolder(t);
			const whole = await imageOf(t, [layer, other]);
			const damaged = Buffer.from(layer).fill(0xff, Math.floor(layer.length / 2));
			const path = join(folder, 'damaged.tar');
			await writeFile(path, archiveOf([damaged, other]));
			for (const _ of [1, 2]) await t.assert.rejects(loadImage(path), { code: 'corrupt' });
			await assertContent(t, whole, 1, 1);
		});
	}
});

async function imageOf(t: TestContext, layers: readonly Uint8Array[]): Promise<ImageSession> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archiveOf(layers));
	const session = await loadImage(path);
	t.after(() => session.close());
	return session;
}

function archiveOf(layers: readonly Uint8Array[]): Uint8Array {
	const paths = layers.map((_, index) => `${index}/layer.tar`);
	return archiveOfFiles({
		...Object.fromEntries(paths.map((path, index) => [path, layers[index]])),
		'config.json': configOf(plain),
		'manifest.json': manifestOf(paths),
	});
}

async function assertContent(
	t: TestContext,
	session: ImageSession,
	layer: number,
	number: number,
): Promise<void> {
	const content = await contentOf(session, { layer, number, pieces: Number.POSITIVE_INFINITY });
	t.assert.equal(content.equals(lineContent(layer, number)), true, `file${number} of layer ${layer}`);
}

async function contentOf(
	session: ImageSession,
	{ layer, number, pieces }: { readonly layer: number; readonly number: number; readonly pieces: number },
): Promise<Buffer> {
	const read: Buffer[] = [];
	if (pieces === 0) return Buffer.alloc(0);
	for await (const piece of session.files.open({ layerIndex: layer, path: `file${number}` })) {
		read.push(Buffer.from(piece));
		if (read.length === pieces) break;
	}
	return Buffer.concat(read);
}
