import { randomBytes } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { FathomError } from '../../../source/errors.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { bytesAt, contentOf, startRegistry } from './fake-registry.ts';
import { blobRequests, loadFrom } from './load-from-registry.ts';
import { contentOfLayers } from './toc-content.ts';
import { chunkedLayer, estargzLayer } from './write-toc-layer.ts';

const noise = randomBytes(300_000);
const entries: readonly TarEntry[] = [file('first', 'one'), file('noise', noise), file('last', 'two')];

async function read({ files }: ImageSession, path: string, signal?: AbortSignal): Promise<Buffer> {
	const wanted = { layerIndex: 0, path, ...(signal && { signal }) };
	const pieces: Uint8Array[] = [];
	for await (const piece of files.open(wanted)) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}

/** Opens an image, and closes its files after the test. */
async function load(
	t: TestContext,
	content: Parameters<typeof startRegistry>[1]['content'],
	intercept = () => false,
) {
	const server = await startRegistry(t, { content, intercept });
	const loaded = await loadFrom(server);
	t.after(() => loaded.close());
	return { server, loaded };
}

describe('files of an image in a registry', () => {
	for (const compression of ['plain', 'gzip', 'zstd'] as const) {
		test(`are read out of ${compression} layers, forwards and backwards`, async (t) => {
			const { loaded } = await load(t, contentOf({ layers: [entries] }, compression));
			t.assert.equal((await read(loaded, 'last')).toString(), 'two');
			t.assert.equal((await read(loaded, 'noise')).equals(noise), true);
			t.assert.equal((await read(loaded, 'first')).toString(), 'one');
		});
	}

	test('are read without fetching a layer twice for the next file', async (t) => {
		const content = contentOf({ layers: [entries] });
		const { config } = JSON.parse(bytesAt(content, 'manifests/1').toString());
		const { server, loaded } = await load(t, content);
		await read(loaded, 'first');
		await read(loaded, 'noise');
		await read(loaded, 'last');
		t.assert.deepEqual(blobRequests(server, [config.digest]), ['whole', 'whole']);
	});

	const formats = {
		eStargz: estargzLayer(entries, { isLossless: true }),
		'zstd:chunked': chunkedLayer(entries),
	};
	for (const [format, layer] of Object.entries(formats)) {
		test(`are fetched each by itself out of ${format} layers`, async (t) => {
			const { server, loaded } = await load(t, contentOfLayers([layer]));
			const before = server.requests.length;
			t.assert.equal((await read(loaded, 'noise')).equals(noise), true);
			t.assert.equal((await read(loaded, 'first')).toString(), 'one');
			t.assert.equal((await read(loaded, 'last')).toString(), 'two');
			const later = server.requests.slice(before).filter(({ line }) => line.includes('/blobs/'));
			t.assert.equal(
				later.some(({ headers }) => headers.range === undefined),
				false,
			);
		});

		test(`are checked against the table of ${format} layers`, async (t) => {
			const content = contentOfLayers([layer]);
			const { loaded } = await load(t, content);
			const digest = loaded.image.description.layers[0].digest ?? '';
			const other = format === 'eStargz' ? estargzLayer : chunkedLayer;
			const changed = other(
				[file('first', 'one'), file('noise', randomBytes(300_000)), file('last', 'two')],
				{ isLossless: true },
			);
			const start = layer.blob.subarray(0, Math.floor(layer.blob.length / 2));
			const { blob } = layer;
			const mixed = Buffer.concat([changed.blob.subarray(0, start.length), blob.subarray(start.length)]);
			(content as Map<string, { bytes: Uint8Array }>).set(`blobs/${digest}`, { bytes: mixed });
			await t.assert.rejects(
				read(loaded, 'noise'),
				(error) => error instanceof FathomError && error.code === 'corrupt',
			);
		});
	}

	test('end when the user interrupts, even while nothing comes', async (t) => {
		const content = contentOf({ layers: [entries] });
		let isSilent = false;
		const { loaded } = await load(t, content, () => isSilent);
		isSilent = true;
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 50);
		await t.assert.rejects(
			read(loaded, 'noise', controller.signal),
			(error) => error instanceof FathomError && error.code === 'interrupted',
		);
	});
});
