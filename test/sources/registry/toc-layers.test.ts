import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { extract } from 'tar-stream';
import type { ImageSession } from '../../../source/session/image-session.ts';
import {
	device,
	directory,
	fifo,
	file,
	hardLink,
	opaque,
	symlink,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { sha256 } from '../../support/archives/write-archive.ts';
import { essenceOf } from '../../support/essence.ts';
import { fixturesFolder } from '../../support/fixtures.ts';
import { loadImage } from '../../support/load-image.ts';
import { comparisonRows } from '../../support/tree-view.ts';
import { bytesAt, type Content, type Intercept, serve, startRegistry } from './fake-registry.ts';
import { blobRequests, loadFrom } from './load-from-registry.ts';
import { contentOfLayers } from './toc-content.ts';
import { chunkedLayer, estargzLayer, type TocLayer } from './write-toc-layer.ts';

const noise = randomBytes(200_000);
const lower: readonly TarEntry[] = [
	directory('./', { mtime: 1_600_000_000 }),
	directory('usr/', { uid: 7, gid: 8 }),
	file('usr/noise', noise),
	file('usr/same-size', randomBytes(40_000)),
	file('usr/empty'),
	file('usr/set-id', 'run me', { mode: 0o4755, uid: 1000 }),
	symlink('usr/link', 'noise'),
	hardLink('usr/again', 'usr/noise'),
	device('usr/null', 'character-device', [1, 3]),
	fifo('usr/pipe'),
	directory('opt/'),
	file('opt/gone', 'gone soon'),
	file(`opt/${'long-'.repeat(40)}name`, 'long'),
];
const upper: readonly TarEntry[] = [
	file('usr/noise', noise),
	file('usr/same-size', randomBytes(40_000)),
	whiteout('opt/gone'),
	opaque('usr'),
	symlink('../escapes', 'x'),
	file('usr/last', 'small'),
];

type Write = (entries: readonly TarEntry[]) => TocLayer;

const formats: Readonly<Record<string, Write>> = {
	eStargz: (entries) => estargzLayer(entries, { isLossless: false }),
	'eStargz with the end mark kept': (entries) => estargzLayer(entries, { isLossless: true }),
	'zstd:chunked': (entries) => chunkedLayer(entries),
	'zstd:chunked with headers': (entries) => chunkedLayer(entries, { withHeaders: true }),
};

/** What has to be the same either way: all but what only a whole layer can tell. */
function figuresOf(loaded: ImageSession) {
	const { notices: _, diffIdMatches: __, ...essence } = essenceOf(loaded);
	return essence;
}

function codesOf({ image }: ImageSession): readonly string[] {
	return image.notices.map(({ code }) => code);
}

for (const [format, write] of Object.entries(formats)) {
	describe(`an image of ${format} layers`, () => {
		const layers = [write(lower), write(upper)];

		test('has the figures that reading the layers whole gives', async (t) => {
			const server = await startRegistry(t, { content: contentOfLayers(layers) });
			const plain = await startRegistry(t, { content: contentOfLayers(layers, { withTables: false }) });
			const byTable = await loadFrom(server);
			const whole = await loadFrom(plain);
			t.assert.deepEqual(codesOf(byTable), ['contents-by-toc']);
			t.assert.deepEqual(whole.image.diffIdMatches, [true, true]);
			const expected = figuresOf(whole);
			t.assert.deepEqual(figuresOf(byTable), expected);
		});

		test('opens without the contents of its files', async (t) => {
			const content = contentOfLayers(layers);
			let sent = 0;
			const server = await startRegistry(t, {
				content,
				intercept: countingBytes(content, (bytes) => (sent += bytes)),
			});
			await loadFrom(server);
			t.assert.equal(sent < 10_000, true);
			t.assert.equal(blobRequests(server).includes('bytes=0-'), false);
		});

		test('is read whole where the registry gives no parts', async (t) => {
			const content = contentOfLayers(layers);
			const server = await startRegistry(t, {
				content,
				intercept: (request, response) => {
					const found = content.get((request.url ?? '').replace(/^.*\/blobs\//, 'blobs/'));
					if (!found) return false;
					response.end(found.bytes);
					return true;
				},
			});
			const loaded = await loadFrom(server);
			t.assert.deepEqual(codesOf(loaded), []);
			t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
		});

		test('is read whole where the table is another than the manifest means', async (t) => {
			const wrong = layers.map((layer) => ({
				...layer,
				annotations: Object.fromEntries(
					Object.entries(layer.annotations).map(([key, value]) => [
						key,
						/digest$|checksum$/.test(key) ? `sha256:${'0'.repeat(64)}` : value,
					]),
				),
			}));
			const server = await startRegistry(t, { content: contentOfLayers(wrong) });
			const loaded = await loadFrom(server);
			t.assert.deepEqual(codesOf(loaded), []);
			t.assert.deepEqual(loaded.image.diffIdMatches, [true, true]);
		});
	});
}

describe('extended attributes in a table', () => {
	const withAttributes = (value: string) => [
		file('program', noise, { xattrs: { 'security.capability': value, 'trusted.overlay.origin': 'x' } }),
		directory('folder/', { xattrs: { 'user.ä': '' } }),
	];

	for (const [format, write] of Object.entries(formats)) {
		test(`${format}: are those of the tar`, async (t) => {
			const table = write(withAttributes('\x01\0'));
			const more = [...withAttributes('\x01\0'), file('more')];
			const whole = { ...chunkedLayer(more), annotations: {} };
			const other = { ...chunkedLayer(withAttributes('\x01\x02')), annotations: {} };
			const server = await startRegistry(t, { content: contentOfLayers([table, whole, other]) });
			const { tree, image } = await loadFrom(server);
			t.assert.deepEqual(image.diffIdMatches, [null, true, true]);
			const kindsIn = (layer: number) =>
				comparisonRows(tree, layer, layer + 1)
					.filter(({ path }) => path === 'folder' || path === 'program')
					.map(({ path, kind }) => `${path} ${kind}`);
			t.assert.deepEqual(kindsIn(1), ['folder unchanged', 'program identical']);
			t.assert.deepEqual(kindsIn(2), ['folder unchanged', 'program metadata']);
		});
	}

	test('in another form mean that the table is not used', async (t) => {
		for (const xattrs of [[], { 'user.a': 1 }, { 'user.a': '?' }, { 'user.\ufffd': 'eA==' }]) {
			const entries = [{ type: 'dir', name: 'a', xattrs }];
			const packed = zstdCompressSync(JSON.stringify({ version: 1, entries }));
			const layer = chunkedLayer([file('a', 'x')]);
			const annotations = {
				'io.containers.zstd-chunked.manifest-checksum': sha256(packed),
				'io.containers.zstd-chunked.manifest-position': `${layer.blob.length}:${packed.length}:1:1`,
			};
			const blob = Buffer.concat([layer.blob, packed]);
			const server = await startRegistry(t, { content: contentOfLayers([{ ...layer, annotations, blob }]) });
			t.assert.deepEqual(codesOf(await loadFrom(server)), []);
		}
	});
});

describe('an image of layers with and without tables', () => {
	test('compares contents of both', async (t) => {
		const below = estargzLayer(lower, { isLossless: false });
		const above = { ...chunkedLayer(upper), annotations: {} };
		const server = await startRegistry(t, { content: contentOfLayers([below, above]) });
		const whole = await startRegistry(t, { content: contentOfLayers([below, above], { withTables: false }) });
		const loaded = await loadFrom(server);
		t.assert.deepEqual(codesOf(loaded), ['contents-by-toc']);
		t.assert.deepEqual(loaded.image.diffIdMatches, [null, true]);
		t.assert.deepEqual(figuresOf(loaded), figuresOf(await loadFrom(whole)));
	});

	test('says of which layer the contents are known in that way', async (t) => {
		const below = chunkedLayer(lower);
		const above = { ...chunkedLayer(upper), annotations: {} };
		const server = await startRegistry(t, { content: contentOfLayers([below, above]) });
		const { image } = await loadFrom(server);
		t.assert.deepEqual(
			image.notices.map(({ message }) => message),
			[
				'Only the tables of contents of layer 1 were fetched; contents are compared by the digests in them. Unpacked sizes computed from them leave out some headers.',
			],
		);
	});

	test('knows the unpacked size by the headers that are kept', async (t) => {
		const padded = chunkedLayer([...lower, file(`deep/${'x'.repeat(300)}`, 'y')], { withHeaders: true });
		const server = await startRegistry(t, { content: contentOfLayers([padded]) });
		const { image, tree } = await loadFrom(server);
		t.assert.equal(tree.changesets[0].unpackedBytes, padded.tar.length);
		t.assert.doesNotMatch(image.notices[0].message, /Unpacked sizes/);
	});

	test('a table that says something else to others is not used', async (t) => {
		const layer = chunkedLayer([file('a', 'x')]);
		const toc = JSON.stringify({ version: 1, entries: [{ type: 'dir', name: 'a', NAME: 'b' }] });
		const packed = zstdCompressSync(toc);
		const blob = Buffer.concat([layer.blob, packed]);
		const annotations = {
			'io.containers.zstd-chunked.manifest-checksum': sha256(packed),
			'io.containers.zstd-chunked.manifest-position': `${layer.blob.length}:${packed.length}:1:1`,
		};
		const server = await startRegistry(t, { content: contentOfLayers([{ ...layer, annotations, blob }]) });
		t.assert.deepEqual(codesOf(await loadFrom(server)), []);
	});

	test('a table with a name that JSON cannot hold is not used', async (t) => {
		const layer = chunkedLayer([file(Buffer.from([0x66, 0xff]), 'x')]);
		const server = await startRegistry(t, { content: contentOfLayers([layer]) });
		t.assert.deepEqual(codesOf(await loadFrom(server)), []);
	});
});

/** Counts what is sent of blobs. */
function countingBytes(content: Content, count: (bytes: number) => void): Intercept {
	return (request, response) => {
		const found = content.get((request.url ?? '').replace(/^.*\/blobs\//, 'blobs/'));
		if (!found) return false;
		count(serve(request, response, found));
		return true;
	};
}

if (fixturesFolder !== null) {
	const archive = join(fixturesFolder, 'images', 'dive', 'test-oci-estargz-image.tar');

	describe('an eStargz image that BuildKit wrote', () => {
		test('has the figures that reading its archive gives', async (t) => {
			const files = new Map<string, Uint8Array>();
			const extractor = extract();
			for await (const entry of Readable.from([readFileSync(archive)]).pipe(extractor)) {
				files.set(entry.header.name, Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Buffer>)));
			}
			const content = new Map<string, { bytes: Uint8Array; type?: string }>();
			for (const [path, bytes] of files) {
				if (path.startsWith('blobs/')) content.set(path.replace('blobs/sha256/', 'blobs/sha256:'), { bytes });
			}
			const { manifests } = JSON.parse(Buffer.from(files.get('index.json') ?? []).toString());
			content.set('manifests/1', { bytes: bytesAt(content, `blobs/${manifests[0].digest}`) });
			const loaded = await loadFrom(await startRegistry(t, { content }), {});
			// It may be for another platform than this machine's, which is a notice of its own.
			t.assert.equal(codesOf(loaded).includes('contents-by-toc'), true);
			t.assert.deepEqual(figuresOf(loaded), figuresOf(await loadImage(archive, {})));
		});
	});
}
