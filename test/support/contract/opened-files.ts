import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import type { WantedFile } from '../../../source/session/session-files.ts';
import { sniffCompression } from '../../../source/sources/sniff-compression.ts';
import { throwIfInterrupted } from '../../../source/sources/time-slice.ts';
import { DIGEST_BYTES, FILE } from '../../../source/tar/changeset.ts';
import { unpackedChunks } from '../../../source/tar/compression/unpack-in-steps.ts';
import { layerTar, sha256 } from '../archives/write-archive.ts';
import type { KnownImage } from './known-image.ts';
import { type ContractSubject, opened } from './subject.ts';

/** What single files hold. */
export function givesTheFiles(subject: ContractSubject): void {
	const { known } = subject;

	test('has the SHA-256 of every file of every layer, each time it is asked', async (t) => {
		const session = await opened(t, subject, { digests: true });
		const expected = expectedDigests(known);
		assert.deepEqual(await digestsOf(session), expected);
		assert.deepEqual(await digestsOf(session), expected);
	});

	test('has no file at a path that is not there', async (t) => {
		const session = await opened(t, subject);
		await assert.rejects(contentOf(session, { layerIndex: 0, path: 'etc/none' }), {
			code: 'not-found',
			message: '/etc/none: there is no such file after layer 1.',
		});
	});

	if (subject.isReadOnce) {
		test('opens no file, as it is gone', async (t) => {
			const session = await opened(t, subject);
			const [{ layerIndex, path }] = Object.values(known.files);
			await assert.rejects(contentOf(session, { layerIndex, path }), { code: 'unsupported' });
			await assert.rejects(digestsOf(session), { code: 'unsupported' });
			assert.throws(() => session.files.storedLayer(0), { code: 'unsupported' });
		});
		return;
	}

	test('opens a file of any layer, in any order', async (t) => {
		const session = await opened(t, subject);
		for (const [what, { content, ...wanted }] of Object.entries(known.files))
			assert.equal(Buffer.compare(await contentOf(session, wanted), content), 0, `a file ${what}`);
	});

	test('gives the bytes of every layer from their start, each time it is asked', async (t) => {
		const session = await opened(t, subject);
		for (const layerIndex of [...known.layerBytes.keys(), 0])
			assert.equal(
				await diffIdOf(session, layerIndex),
				sha256(tarOf(known, layerIndex)),
				`layer ${layerIndex}`,
			);
	});

	test('gives no bytes of a layer once that is interrupted', async (t) => {
		const session = await opened(t, subject);
		const stop = new AbortController();
		await assert.rejects(
			async () => {
				const stored = session.files.storedLayer(0, stop.signal) ?? [];
				stop.abort();
				for await (const _ of stored) throwIfInterrupted(stop.signal);
			},
			{ code: 'interrupted' },
		);
	});

	test('opens no file once that is interrupted', async (t) => {
		const session = await opened(t, subject);
		const [{ layerIndex, path }] = Object.values(known.files);
		const wanted = { layerIndex, path, signal: AbortSignal.abort() };
		await assert.rejects(contentOf(session, wanted), { code: 'interrupted' });
	});
}

async function contentOf({ files }: ImageSession, wanted: WantedFile): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of files.open(wanted)) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}

/** The SHA-256 of the uncompressed tar of a layer, as its stored bytes unpack. */
async function diffIdOf({ files }: ImageSession, layerIndex: number): Promise<string> {
	const stored = files.storedLayer(layerIndex);
	assert.notEqual(stored, null);
	const { compression, chunks } = await sniffCompression(stored ?? Readable.from([]));
	const pieces: Uint8Array[] = [];
	for await (const piece of unpackedChunks(chunks, compression)) pieces.push(piece);
	return sha256(Buffer.concat(pieces));
}

function tarOf({ image }: KnownImage, layerIndex: number): Uint8Array {
	const layer = image.layers[layerIndex];
	return layer instanceof Uint8Array ? layer : layerTar(layer);
}

/** The digest of each regular file, by `LAYER PATH`, sorted. */
export async function digestsOf({ tree, contents }: ImageSession): Promise<readonly string[]> {
	const asked = tree.changesets.map(({ kinds }, layerIndex) => ({
		layerIndex,
		entries: Uint32Array.from(kinds.keys()).filter((entry) => kinds[entry] === FILE),
	}));
	const digests = await contents.digests(asked);
	const lines: string[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
			const layer = tree.changeLayers[change];
			const index = asked[layer].entries.indexOf(tree.changeEntries[change]);
			if (index === -1) continue;
			const digest = digests[layer].subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
			lines.push(`${layer} ${pathOf(tree, node)} ${Buffer.from(digest).toString('hex')}`);
		}
	}
	return lines.sort();
}

function expectedDigests({ image }: KnownImage): readonly string[] {
	return image.layers
		.flatMap((entries, layer) =>
			(entries instanceof Uint8Array ? [] : entries)
				.filter(({ name, type }) => type === 'file' && !String(name).includes('.wh.'))
				.map(({ name, content }) => `${layer} ${name} ${createHash('sha256').update(content).digest('hex')}`),
		)
		.sort();
}
