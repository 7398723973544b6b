import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FathomError } from '../../../source/errors.ts';
import { json, sha256 } from '../../support/archives/write-archive.ts';
import { archiveWithoutForeignLayer, foreignUrl } from '../../support/images/foreign-image.ts';
import { archiveOfFiles, configOf, smallImage } from '../../support/images/small-image.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ways = { 'by position': fromFile, 'as a stream': fromStream } as const;

type Descriptor = Readonly<Record<string, unknown>>;

/** The files of a layout, and the descriptors of its index. */
class Layout {
	readonly #files = new Map<string, Uint8Array>();
	readonly #manifests: Descriptor[] = [];

	blob(bytes: Uint8Array, fields: Descriptor = {}): Descriptor {
		const digest = sha256(bytes);
		this.#files.set(`blobs/sha256/${digest.slice('sha256:'.length)}`, bytes);
		return { digest, size: bytes.length, ...fields };
	}

	add(manifest: Descriptor, name: string, mediaType?: string): void {
		const annotations = { 'org.opencontainers.image.ref.name': name };
		this.#manifests.push(this.blob(json(manifest), { annotations, ...(mediaType && { mediaType }) }));
	}

	/** An image of one layer, which has this media type. */
	image(name: string, layer: Uint8Array, fields: Descriptor = {}): this {
		const config = this.blob(configOf([layer]), { mediaType: 'application/vnd.oci.image.config.v1+json' });
		this.add({ schemaVersion: 2, config, layers: [this.blob(layer, fields)] }, name);
		return this;
	}

	artifact(name: string, configType: string, layerType = 'text/plain'): this {
		const config = this.blob(Buffer.from('{}'), { mediaType: configType });
		const layers = [this.blob(Buffer.from('some content'), { mediaType: layerType })];
		this.add({ schemaVersion: 2, config, layers }, name);
		return this;
	}

	archive(without: readonly Descriptor[] = []): Uint8Array {
		const absent = without.map(({ digest }) => `blobs/${String(digest).replace(':', '/')}`);
		const files = [...this.#files].filter(([path]) => !absent.includes(path));
		return archiveOfFiles({
			'oci-layout': '{}',
			...Object.fromEntries(files),
			'index.json': json({ schemaVersion: 2, manifests: this.#manifests }),
		});
	}
}

async function refusal(opening: Promise<unknown>): Promise<FathomError> {
	const thrown = await opening.then(
		() => null,
		(error: unknown) => error,
	);
	if (thrown instanceof FathomError) return thrown;
	throw new Error('It was not refused.', { cause: thrown });
}

const helm = 'application/vnd.cncf.helm.config.v1+json';
const [bottom, top] = [smallImage['1/layer.tar'], smallImage['2/layer.tar']];

for (const [way, load] of Object.entries(ways)) {
	describe(`a layout, ${way}`, () => {
		test('of one artifact is named as that', async (t) => {
			const { code, message, hint } = await refusal(
				load(
					new Layout()
						.artifact('chart:1', helm, 'application/vnd.cncf.helm.chart.content.v1.tar+gzip')
						.archive(),
				),
			);
			t.assert.equal(code, 'not-an-image');
			t.assert.match(
				message,
				/it holds a Helm chart \(chart:1, application\/vnd\.cncf\.helm\.config\.v1\+json\)\.$/,
			);
			t.assert.match(hint ?? '', /helm pull/);
		});

		test('of several artifacts names each', async (t) => {
			const layout = new Layout()
				.artifact('chart:1', helm)
				.artifact('sbom', 'application/vnd.x', 'text/spdx');
			const { message } = await refusal(load(layout.archive()));
			t.assert.match(
				message,
				/it holds only artifacts, a Helm chart \(chart:1, .*\), an SBOM \(sbom, text\/spdx\)\.$/,
			);
		});

		test('of an image and an artifact opens as the image', async (t) => {
			const layout = new Layout().artifact('chart:1', helm).image('app:1', bottom);
			const { image } = await load(layout.archive());
			t.assert.deepEqual([image.description.names, image.warnings, image.notices], [['app:1'], [], []]);
			const { message } = await refusal(load(layout.archive(), { imageName: 'chart:1' }));
			t.assert.match(message, /it holds a Helm chart \(chart:1, /);
		});

		test('of a build cache is one, by its index', async (t) => {
			const layout = new Layout();
			layout.add(
				{
					schemaVersion: 2,
					manifests: [
						layout.blob(bottom, { mediaType: 'application/vnd.oci.image.layer.v1.tar' }),
						layout.blob(Buffer.from('{}'), { mediaType: 'application/vnd.buildkit.cacheconfig.v0' }),
					],
				},
				'latest',
			);
			const { message } = await refusal(load(layout.archive()));
			t.assert.match(message, /it holds a build cache of BuildKit \(latest, /);
		});

		test('that lists other blobs beside images is read without them', async (t) => {
			const layout = new Layout();
			const blob = layout.blob(Buffer.from('no JSON'), { mediaType: 'application/xml' });
			layout.add({ schemaVersion: 2, manifests: [blob] }, 'other');
			const { image } = await load(layout.image('app:1', bottom).archive());
			t.assert.deepEqual(image.description.names, ['app:1']);
		});

		test('whose image has a config of an unknown type opens', async (t) => {
			const layout = new Layout();
			const config = layout.blob(configOf([bottom]), { mediaType: 'application/octet-stream' });
			const layer = layout.blob(bottom, { mediaType: 'application/vnd.oci.image.layer.v1.tar' });
			layout.add({ schemaVersion: 2, config, layers: [layer] }, 'app:1');
			t.assert.deepEqual((await load(layout.archive())).image.warnings, []);
		});

		const noTars: readonly (readonly [string, RegExp])[] = [
			['application/vnd.oci.image.layer.v1.tar+gzip+encrypted', /layer 1 is encrypted \(.*\+encrypted\)\.$/],
			['application/vnd.oci.image.layer.squashfs', /layer 1 is a squashfs file system, not a tar/],
			['application/vnd.stacker.image.layer.squashfs+zstd+verity', /a squashfs file system/],
			['application/wasm', /layer 1 is a WebAssembly module, not a tar \(application\/wasm\)\.$/],
			['application/vnd.oci.image.layer.v1.tar+lz4', /has a compression that fathom cannot unpack/],
			['application/vnd.oci.image.layer.nydus.blob.v1', /a Nydus blob/],
			[
				'application/vnd.example.model',
				/layer 1 is no tar; its media type is application\/vnd\.example\.model\.$/,
			],
		];
		for (const [mediaType, expected] of noTars) {
			test(`whose layer is ${mediaType} is refused by that`, async (t) => {
				const layout = new Layout().image('app:1', Buffer.alloc(700, 'no tar'), { mediaType });
				const { code, message } = await refusal(load(layout.archive()));
				t.assert.equal(code, 'unsupported');
				t.assert.match(message, expected);
			});
		}

		test('whose layer has an unknown media type and is a tar opens', async (t) => {
			for (const layer of [bottom, gzipSync(bottom)]) {
				const layout = new Layout().image('app:1', layer, { mediaType: 'application/vnd.example.layer' });
				t.assert.deepEqual((await load(layout.archive())).figures.totalBytes, 1200);
			}
		});
	});

	describe(`a layer that is kept elsewhere, ${way}`, () => {
		const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
		const urls = ['https://layers.example/base'];

		/** An image of two layers, the lower one foreign. */
		function withForeign(fields: Descriptor) {
			const layout = new Layout();
			const config = layout.blob(configOf([bottom, top]));
			const layers = [layout.blob(bottom, fields), layout.blob(top)];
			layout.add({ schemaVersion: 2, config, layers }, 'app:1');
			return { layout, layers };
		}

		test('and is not there counts as empty, with one warning', async (t) => {
			for (const fields of [
				{ mediaType: foreign, urls },
				{ mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', urls },
				{ urls },
			]) {
				const { layout, layers } = withForeign(fields);
				const { image, figures } = await load(layout.archive(layers.slice(0, 1)));
				t.assert.deepEqual(
					image.description.layers.map(({ absent, storedBytes }) => [absent, storedBytes]),
					[
						[{ sizeBytes: bottom.length, urls }, 0],
						[null, top.length],
					],
				);
				t.assert.deepEqual(
					figures.layers.map((layer) => layer.layerBytes),
					[0, 3000],
				);
				t.assert.deepEqual(image.warnings, [
					{
						code: 'layer-absent',
						layerIndex: 0,
						count: 1,
						example: 'https://layers.example/base',
						message: 'The layer is kept elsewhere by design and is not here; every figure is without it.',
					},
				]);
			}
		});

		test('and is there is read', async (t) => {
			const { image, figures } = await load(withForeign({ mediaType: foreign, urls }).layout.archive());
			t.assert.equal(figures.totalBytes, 4200);
			t.assert.deepEqual([image.description.layers[0].absent, image.warnings], [null, []]);
		});

		test('of an image that docker save wrote is told by the sources of its layers', async (t) => {
			const { description } = (await load(archiveWithoutForeignLayer())).image;
			t.assert.deepEqual(
				description.layers.map(({ absent }) => absent),
				[{ sizeBytes: 123, urls: [foreignUrl] }, null],
			);
		});

		test('and has no other place is missing', async (t) => {
			const { layout, layers } = withForeign({});
			const { code, message, hint } = await refusal(load(layout.archive(layers)));
			t.assert.equal(code, 'missing');
			t.assert.match(
				message,
				/layer 1 is listed but missing \(blobs\/sha256\/[0-9a-f]{64}\), and so is 1 other file\.$/,
			);
			t.assert.match(hint ?? '', /sparse/);
		});
	});
}

test('a file above a layer that is not there can be read', async (t) => {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archiveWithoutForeignLayer());
	const session = await loadImage(path);
	t.after(() => session.close());
	const pieces: Buffer[] = [];
	for await (const piece of session.files.open({ layerIndex: 1, path: 'app' }))
		pieces.push(Buffer.from(piece));
	t.assert.equal(Buffer.concat(pieces).toString(), 'x'.repeat(3000));
	t.assert.deepEqual(session.image.diffIdMatches, [null, true]);
});
