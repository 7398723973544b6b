import { describe, test } from 'node:test';
import { directory, file, hardLink, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { json, sha256, type TestImage } from '../../support/archives/write-archive.ts';
import { bytesAt, contentOf, fail, putManifest, startRegistry } from './fake-registry.ts';
import { failureOf, loadFrom } from './load-from-registry.ts';

const image: TestImage = {
	layers: [
		[directory('etc/'), file('etc/a', 'one'), file('etc/b', 'x'.repeat(70_000)), symlink('etc/c', 'a')],
		[file('etc/a', 'two'), whiteout('etc/b'), hardLink('etc/d', 'etc/a')],
	],
};

const ociIndex = 'application/vnd.oci.image.index.v1+json';
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';

describe('an image in a registry', () => {
	test('says where it is from', async (t) => {
		const server = await startRegistry(t, { content: contentOf(image) });
		const { image: loaded } = await loadFrom(server);
		t.assert.equal(loaded.sourceKind, 'registry');
		t.assert.equal(loaded.foundIn, `the registry ${server.address}`);
		t.assert.deepEqual(loaded.description.names, [`${server.address}/app:1`]);
		t.assert.equal(loaded.description.manifestDigest, sha256(bytesAt(contentOf(image), 'manifests/1')));
	});

	test('opens by its digest', async (t) => {
		const content = contentOf(image);
		const server = await startRegistry(t, { content });
		const digest = sha256(bytesAt(content, 'manifests/1'));
		const { image: loaded } = await loadFrom(server, {}, `app@${digest}`);
		t.assert.equal(loaded.description.manifestDigest, digest);
	});

	test('is not taken for one with another digest', async (t) => {
		const content = contentOf(image);
		const digest = `sha256:${'a'.repeat(64)}`;
		content.set(`manifests/${digest}`, { bytes: bytesAt(content, 'manifests/1') });
		const server = await startRegistry(t, { content });
		t.assert.match(
			await failureOf(server, {}, `app@${digest}`),
			/^corrupt: REGISTRY: the manifest of .* does not match its digest sha256:aaaaaaaaaaaa\./,
		);
	});

	test('has a config that its manifest means', async (t) => {
		const content = contentOf(image);
		const { config } = JSON.parse(bytesAt(content, 'manifests/1').toString());
		content.set(`blobs/${config.digest}`, { bytes: json({ rootfs: {} }) });
		const server = await startRegistry(t, { content });
		t.assert.match(await failureOf(server), /^corrupt: REGISTRY: the config of .* does not match its digest/);
	});

	test('that is not there is said not to be', async (t) => {
		const server = await startRegistry(t, { content: new Map() });
		t.assert.equal(
			await failureOf(server),
			'not-found: REGISTRY: the manifest of REGISTRY/app:1 does not exist (manifest unknown). [Check the name and the tag.]',
		);
	});

	test('whose layer is gone is incomplete', async (t) => {
		const content = contentOf(image);
		const { layers } = JSON.parse(bytesAt(content, 'manifests/1').toString());
		content.delete(`blobs/${layers[1].digest}`);
		const server = await startRegistry(t, { content });
		t.assert.equal(
			await failureOf(server),
			'missing: REGISTRY: layer 2 of REGISTRY/app:1 is listed but missing. [The image is incomplete in the registry: push it again.]',
		);
	});

	test('whose layer is kept at its maker is read without it', async (t) => {
		const content = contentOf(image);
		const manifest = JSON.parse(bytesAt(content, 'manifests/1').toString());
		content.delete(`blobs/${manifest.layers[0].digest}`);
		manifest.layers[0].urls = ['https://layers.example/base'];
		putManifest(content, '1', manifest);
		const server = await startRegistry(t, { content });
		const { image: loaded, figures } = await loadFrom(server);
		t.assert.deepEqual(loaded.description.layers[0].absent, {
			sizeBytes: manifest.layers[0].size,
			urls: ['https://layers.example/base'],
		});
		t.assert.equal(loaded.description.layers[1].absent, null);
		t.assert.deepEqual(
			loaded.warnings.map(({ code, layerIndex }) => [code, layerIndex]),
			[['layer-absent', 0]],
		);
		t.assert.deepEqual(
			figures.layers.map(({ layerBytes }) => layerBytes > 0),
			[false, true],
		);
	});

	test('whose layer names its maker and is there is read whole', async (t) => {
		const content = contentOf(image);
		const manifest = JSON.parse(bytesAt(content, 'manifests/1').toString());
		manifest.layers[0].urls = ['https://layers.example/base'];
		putManifest(content, '1', manifest);
		const server = await startRegistry(t, { content });
		const { image: loaded } = await loadFrom(server);
		t.assert.deepEqual([loaded.description.layers[0].absent, loaded.warnings], [null, []]);
	});

	test('with an encrypted layer is not read', async (t) => {
		const content = contentOf(image);
		const manifest = JSON.parse(bytesAt(content, 'manifests/1').toString());
		manifest.layers[1].mediaType += '+encrypted';
		putManifest(content, '1', manifest);
		const server = await startRegistry(t, { content });
		t.assert.match(await failureOf(server), /^unsupported: REGISTRY\/app:1: layer 2 is encrypted \(/);
	});

	test('with a layer that has another diff ID is read with a warning', async (t) => {
		const wrong = { ...image, config: { rootfs: { diff_ids: [sha256(json(1)), sha256(json(2))] } } };
		const server = await startRegistry(t, { content: contentOf(wrong) });
		const { image: loaded } = await loadFrom(server);
		t.assert.deepEqual(loaded.diffIdMatches, [false, false]);
		t.assert.deepEqual(
			loaded.warnings.map(({ code }) => code),
			['diff-id-mismatch', 'diff-id-mismatch'],
		);
	});
});

describe('an index in a registry', () => {
	const variants = { 'linux/amd64': 'amd', 'linux/arm64/v8': 'arm', 'linux/arm/v6': 'arm6' };

	function indexed(): ReturnType<typeof contentOf> {
		const content = new Map<string, { bytes: Uint8Array; type?: string }>();
		const manifests = Object.entries(variants).map(([platform, text]) => {
			const [os, architecture, variant] = platform.split('/');
			const one = contentOf({ os, architecture, variant, layers: [[file('which', text)]] });
			for (const [path, found] of one) content.set(path, found);
			const digest = sha256(bytesAt(one, 'manifests/1'));
			return { mediaType: ociManifest, digest, size: 1, platform: { os, architecture, variant } };
		});
		const attestation = {
			...manifests[0],
			platform: { os: 'unknown', architecture: 'unknown' },
			annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
		};
		putManifest(content, '1', {
			schemaVersion: 2,
			mediaType: ociIndex,
			manifests: [attestation, ...manifests],
		});
		return content;
	}

	test('gives the image for the platform that is asked for', async (t) => {
		const server = await startRegistry(t, { content: indexed() });
		const platform = { os: 'linux', architecture: 'arm64', variant: null };
		const { image: loaded } = await loadFrom(server, { platform });
		t.assert.deepEqual(loaded.description.platform, { os: 'linux', architecture: 'arm64', variant: 'v8' });
	});

	test('names the platforms that there are when it has not the one', async (t) => {
		const server = await startRegistry(t, { content: indexed() });
		const platform = { os: 'linux', architecture: 's390x', variant: null };
		t.assert.equal(
			await failureOf(server, { platform }),
			'no-such-image: REGISTRY/app:1 has no image for linux/s390x; it has linux/amd64, linux/arm64/v8, linux/arm/v6. [Set --platform to one of these.]',
		);
	});

	test('is followed through an index in it', async (t) => {
		const content = indexed();
		const inner = sha256(bytesAt(content, 'manifests/1'));
		putManifest(content, '1', {
			schemaVersion: 2,
			mediaType: ociIndex,
			manifests: [{ mediaType: ociIndex, digest: inner, size: 1 }],
		});
		const server = await startRegistry(t, { content });
		const platform = { os: 'linux', architecture: 'arm', variant: 'v6' };
		const { image: loaded } = await loadFrom(server, { platform });
		t.assert.equal(loaded.description.platform?.variant, 'v6');
	});

	test('that leads to itself ends', async (t) => {
		const content = contentOf(image);
		const digest = `sha256:${'b'.repeat(64)}`;
		const index = {
			schemaVersion: 2,
			mediaType: ociIndex,
			manifests: [{ mediaType: ociIndex, digest, size: 1 }],
		};
		putManifest(content, '1', index);
		content.set(`manifests/${digest}`, { bytes: json(index) });
		const server = await startRegistry(t, { content });
		t.assert.match(await failureOf(server), /^corrupt: /);
	});

	test('a single image of another platform is refused when one is asked for', async (t) => {
		const server = await startRegistry(t, { content: contentOf(image) });
		const platform = { os: 'linux', architecture: 'riscv64', variant: null };
		t.assert.match(await failureOf(server, { platform }), /^no-such-image: .* it has linux\/amd64\./);
	});
});

describe('what is no image', () => {
	const refused: Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, RegExp]>> = {
		'a manifest of schema 1': [{ schemaVersion: 1, name: 'app' }, /^unsupported: .* schema version 1/],
		'a chart': [
			{
				schemaVersion: 2,
				mediaType: ociManifest,
				config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: sha256(json(1)), size: 1 },
				layers: [
					{ mediaType: 'application/vnd.cncf.helm.chart.content.v1', digest: sha256(json(1)), size: 1 },
				],
			},
			/^not-an-image: .* it is a Helm chart \(application\/vnd\.cncf\.helm\.config\.v1\+json\)\./,
		],
		'an index of statements alone': [
			{
				schemaVersion: 2,
				mediaType: ociIndex,
				manifests: [{ digest: sha256(json(1)), platform: { os: 'unknown', architecture: 'unknown' } }],
			},
			/^not-an-image: .* an index without an image\./,
		],
		'some other document': [{ schemaVersion: 2 }, /^not-an-image: /],
	};
	for (const [what, [document, expected]] of Object.entries(refused)) {
		test(`${what} is refused with words`, async (t) => {
			const content = new Map<string, { bytes: Uint8Array; type?: string }>();
			putManifest(content, '1', document);
			const server = await startRegistry(t, { content });
			t.assert.match(await failureOf(server), expected);
		});
	}

	test('a manifest without end is not read to its end', async (t) => {
		const server = await startRegistry(t, {
			content: new Map(),
			intercept: ({ url }, response) => {
				if (!url?.includes('/manifests/')) return false;
				const write = (): void => {
					while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
				};
				response.on('drain', write);
				write();
				return true;
			},
		});
		t.assert.match(
			await failureOf(server),
			/^corrupt: REGISTRY: the manifest of .* is larger than \d+ bytes\./,
		);
	});
});

describe('a registry that cannot be used', () => {
	test('does not answer where nobody listens', async (t) => {
		t.assert.match(
			await failureOf({ address: '127.0.0.1:1' }),
			/^unavailable: REGISTRY: the connection was refused\. \[Check the name and the port\.\]$/,
		);
	});

	test('has words of its own, which are cut', async (t) => {
		const server = await startRegistry(t, {
			content: new Map(),
			intercept: ({ url }, response) => {
				if (!url?.includes('/manifests/')) return false;
				fail(response, 418, 'TEAPOT', `${'short and stout '.repeat(100)}`);
				return true;
			},
		});
		const failure = await failureOf(server);
		t.assert.match(
			failure,
			/^unavailable: REGISTRY: it answered 418 to a request for the manifest of REGISTRY\/app:1 \(short and stout/,
		);
		t.assert.equal(failure.length < 500, true);
	});
});
