import { describe, test } from 'node:test';
import { file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { cacheIn } from '../../support/disk-cache.ts';
import { essenceOf } from '../../support/essence.ts';
import { fromFile } from '../../support/load-layers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bytesAt, contentOf, startRegistry } from './fake-registry.ts';
import { blobRequests, failureOf, loadFrom } from './load-from-registry.ts';
import { contentOfLayers } from './toc-content.ts';
import { chunkedLayer } from './write-toc-layer.ts';

const lower: readonly TarEntry[] = [file('a', 'x'.repeat(50_000)), file('b', 'one')];
const upper: readonly TarEntry[] = [file('a', 'y'.repeat(50_000)), whiteout('b')];
const image = { layers: [lower, upper] };

describe('an image of a registry whose layers are in the cache', () => {
	test('opens without a blob, the very same', async (t) => {
		const folder = await temporaryFolder(t);
		const server = await startRegistry(t, { content: contentOf(image) });
		const first = await loadFrom(server, { cache: cacheIn(folder) });
		const before = server.requests.length;
		const second = await loadFrom(server, { cache: cacheIn(folder) });
		const later = server.requests.slice(before).map(({ line }) => line);
		t.assert.deepEqual(later, ['GET /v2/app/manifests/1']);
		t.assert.deepEqual(essenceOf(second), essenceOf(first));
	});

	test('opens by its digest without the registry', async (t) => {
		const folder = await temporaryFolder(t);
		const server = await startRegistry(t, { content: contentOf(image) });
		const { image: loaded } = await loadFrom(server, { cache: cacheIn(folder) });
		const name = `app@${loaded.description.manifestDigest}`;
		const again = await loadFrom(server, { cache: cacheIn(folder) }, name);
		t.assert.equal(again.tree.changesets.length, 2);
		const requests = server.requests.length;
		await loadFrom(server, { cache: cacheIn(folder) }, name);
		t.assert.equal(server.requests.length, requests);
	});

	test('fetches those layers alone that are new', async (t) => {
		const folder = await temporaryFolder(t);
		const one = await startRegistry(t, { content: contentOf({ layers: [lower] }) });
		await loadFrom(one, { cache: cacheIn(folder) });
		const content = contentOf(image);
		const both = await startRegistry(t, { content });
		const { config } = JSON.parse(bytesAt(content, 'manifests/1').toString());
		const loaded = await loadFrom(both, { cache: cacheIn(folder) });
		t.assert.deepEqual(blobRequests(both, [config.digest]), ['whole']);
		t.assert.deepEqual(essenceOf(loaded), essenceOf(await fromFile(dockerArchive([image]))));
	});

	test('knows a layer again that is packed in another way', async (t) => {
		const folder = await temporaryFolder(t);
		const gzip = await startRegistry(t, { content: contentOf(image, 'gzip') });
		await loadFrom(gzip, { cache: cacheIn(folder) });
		const zstd = await startRegistry(t, { content: contentOf(image, 'zstd') });
		await loadFrom(zstd, { cache: cacheIn(folder) });
		t.assert.deepEqual(blobRequests(zstd).length, 0);
	});

	test('is read whole all the same with --verify', async (t) => {
		const folder = await temporaryFolder(t);
		const server = await startRegistry(t, {
			content: contentOfLayers([chunkedLayer(lower), chunkedLayer(upper)]),
		});
		await loadFrom(server, { cache: cacheIn(folder) });
		const loaded = await loadFrom(server, { cache: cacheIn(folder), verify: true });
		t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
		t.assert.deepEqual(blobRequests(server).filter((range) => range === 'whole').length, 3);
	});

	test('keeps nothing of a layer whose digest is wrong', async (t) => {
		const folder = await temporaryFolder(t);
		const content = contentOf(image, 'plain');
		const { layers } = JSON.parse(bytesAt(content, 'manifests/1').toString());
		const flipped = bytesAt(content, `blobs/${layers[0].digest}`);
		flipped[600] ^= 1;
		const bad = await startRegistry(t, {
			content: new Map([...content, [`blobs/${layers[0].digest}`, { bytes: flipped }]]),
		});
		t.assert.match(await failureOf(bad, { cache: cacheIn(folder) }), /^corrupt: /);
		const good = await startRegistry(t, { content: contentOf(image, 'plain') });
		const loaded = await loadFrom(good, { cache: cacheIn(folder) });
		t.assert.equal(
			good.requests.some(({ line }) => line.endsWith(layers[0].digest)),
			true,
		);
		t.assert.deepEqual(essenceOf(loaded), essenceOf(await fromFile(dockerArchive([image]))));
	});
});

describe('tables of contents in the cache', () => {
	const layers = [chunkedLayer(lower), chunkedLayer(upper)];

	test('are not fetched again', async (t) => {
		const folder = await temporaryFolder(t);
		const server = await startRegistry(t, { content: contentOfLayers(layers) });
		const first = await loadFrom(server, { cache: cacheIn(folder) });
		const before = server.requests.length;
		const second = await loadFrom(server, { cache: cacheIn(folder) });
		t.assert.equal(server.requests.length - before, 1);
		t.assert.deepEqual(essenceOf(second), essenceOf(first));
	});

	test('do not stand for layers that were read whole', async (t) => {
		const folder = await temporaryFolder(t);
		const byTable = await startRegistry(t, { content: contentOfLayers(layers) });
		await loadFrom(byTable, { cache: cacheIn(folder) });
		const plain = await startRegistry(t, { content: contentOfLayers(layers, { withTables: false }) });
		const loaded = await loadFrom(plain, { cache: cacheIn(folder) });
		t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
	});

	test('are not needed for layers that were read whole before', async (t) => {
		const folder = await temporaryFolder(t);
		const plain = await startRegistry(t, { content: contentOfLayers(layers, { withTables: false }) });
		await loadFrom(plain, { cache: cacheIn(folder) });
		const byTable = await startRegistry(t, { content: contentOfLayers(layers) });
		const loaded = await loadFrom(byTable, { cache: cacheIn(folder) });
		t.assert.deepEqual(loaded.image.notices, []);
		t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
	});
});
