import { test } from 'node:test';
import { parseDockerManifest, parseOciDocument } from '../../source/image/manifest.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const docker = (value: unknown) => parseDockerManifest(bytes(value), 'manifest.json');
const oci = (value: unknown) => parseOciDocument(bytes(value), 'index.json');

test('docker save: images in archive order', (t) => {
	const first = { Config: 'a.json', RepoTags: ['app:1', 'app:2'], Layers: ['1/layer.tar', '2/layer.tar'] };
	const second = { Config: 'b.json', RepoTags: ['base:1'], Layers: ['1/layer.tar'], Parent: digest('a') };
	t.assert.deepEqual(docker([first, second]), [
		{
			configPath: 'a.json',
			repoTags: ['app:1', 'app:2'],
			layerPaths: ['1/layer.tar', '2/layer.tar'],
			layerSources: new Map(),
		},
		{ configPath: 'b.json', repoTags: ['base:1'], layerPaths: ['1/layer.tar'], layerSources: new Map() },
	]);
});

test('docker save: jib writes the keys in lower case', (t) => {
	t.assert.deepEqual(docker([{ config: 'config.json', repoTags: ['app:1'], layers: ['x.tar.gz'] }]), [
		{ configPath: 'config.json', repoTags: ['app:1'], layerPaths: ['x.tar.gz'], layerSources: new Map() },
	]);
});

test('docker save: tags, layers, entries and the whole list may be null', (t) => {
	t.assert.deepEqual(docker(null), []);
	t.assert.deepEqual(docker([null]), []);
	t.assert.deepEqual(docker([{ Config: 'c', RepoTags: null, Layers: null }, null]), [
		{ configPath: 'c', repoTags: [], layerPaths: [], layerSources: new Map() },
	]);
	t.assert.deepEqual(docker([{}]), [
		{ configPath: null, repoTags: [], layerPaths: [], layerSources: new Map() },
	]);
});

test('docker save: what would lose a layer is an error', (t) => {
	t.assert.throws(() => docker({}), { code: 'corrupt', message: 'manifest.json is not a list.' });
	t.assert.throws(() => docker(['x']), { message: 'manifest.json, image 1 is not an object.' });
	t.assert.throws(() => docker([{ Layers: 'x' }]), {
		message: 'manifest.json, image 1, "Layers" is not a list.',
	});
	t.assert.throws(() => docker([{ Layers: ['x', 7] }]), {
		message: 'manifest.json, image 1, layer 2 is not a path.',
	});
	t.assert.throws(() => docker([{ Layers: ['x'.repeat(5000)] }]), {
		message: 'manifest.json, image 1, layer 1 has a path longer than 4096.',
	});
	t.assert.throws(() => docker([{ Layers: new Array(10_001).fill('x') }]), {
		message: 'manifest.json, image 1, "Layers" has 10001 items; at most 10000 are read.',
	});
});

test('a list of manifests makes an index, whatever the media type says', (t) => {
	const document = oci({
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		manifests: [{ digest: digest('1') }, { digest: digest('2') }],
		annotations: { a: 'b' },
	});
	t.assert.equal(document.kind, 'index');
	t.assert.deepEqual(document.kind === 'index' && document.manifests.map((each) => each.digest), [
		digest('1'),
		digest('2'),
	]);
	t.assert.deepEqual(document.kind === 'index' && document.annotations, { a: 'b' });
});

test('an index may have no list of manifests', (t) => {
	const empty = { kind: 'index', manifests: [], annotations: {} };
	const mediaType = 'application/vnd.oci.image.index.v1+json';
	t.assert.deepEqual(oci({ manifests: null }), { ...empty, mediaType: null });
	t.assert.deepEqual(oci({ mediaType }), { ...empty, mediaType });
});

test('a config descriptor makes a manifest, with layers or without', (t) => {
	const config = { digest: digest('c'), mediaType: 'application/vnd.docker.container.image.v1+json' };
	const withLayers = oci({ config, layers: [{ digest: digest('1') }, { digest: digest('2') }] });
	t.assert.deepEqual(withLayers.kind === 'manifest' && withLayers.layers.map((each) => each.digest), [
		digest('1'),
		digest('2'),
	]);
	for (const layers of [null, undefined, []]) {
		const document = oci({ mediaType: 'text/odd', config, layers });
		t.assert.equal(document.kind, 'manifest');
		t.assert.deepEqual(document.kind === 'manifest' && document.layers, []);
	}
});

test('an image config is no manifest, though it has a config', (t) => {
	const config = { os: 'linux', architecture: 'amd64', config: { Env: [] }, rootfs: { type: 'layers' } };
	t.assert.deepEqual(oci(config), { kind: 'other', mediaType: null });
	t.assert.deepEqual(oci({}), { kind: 'other', mediaType: null });
});

test('a blob without a digest is an error that says which', (t) => {
	const good = { digest: digest('1') };
	t.assert.throws(() => oci({ manifests: [good, { digest: 'sha256:..' }] }), {
		code: 'corrupt',
		message: 'index.json, "manifests" 2 has the digest "sha256:..", expected sha256:HEX or sha512:HEX.',
	});
	t.assert.throws(() => oci({ config: { digest: 7 } }), {
		message: 'index.json, config has a digest that is not a string, expected sha256:HEX or sha512:HEX.',
	});
	t.assert.throws(() => oci({ config: good, layers: [null] }), {
		message: 'index.json, "layers" 1 is not a descriptor.',
	});
});
