import { test } from 'node:test';
import { describeArtifact, isImageByConfig, manifestKind } from '../../source/image/artifact.ts';
import { parseConfig } from '../../source/image/config.ts';
import { type OciManifest, parseOciDocument } from '../../source/image/manifest.ts';

const ociConfig = 'application/vnd.oci.image.config.v1+json';
const emptyType = 'application/vnd.oci.empty.v1+json';
const tar = 'application/vnd.oci.image.layer.v1.tar';

function manifestOf(
	configType: string | null,
	layerTypes: readonly (string | null)[],
	artifactType: string | null = null,
): OciManifest {
	const digest = `sha256:${'1'.repeat(64)}`;
	const document = {
		artifactType,
		config: { digest, mediaType: configType },
		layers: layerTypes.map((mediaType) => ({ digest, mediaType })),
	};
	const parsed = parseOciDocument(Buffer.from(JSON.stringify(document)), 'manifest');
	if (parsed.kind !== 'manifest') throw new Error('not a manifest');
	return parsed;
}

test('a manifest with an image config is an image, also without layers', (t) => {
	t.assert.equal(manifestKind(manifestOf(ociConfig, [])), 'image');
	t.assert.equal(manifestKind(manifestOf(ociConfig, [tar, `${tar}+zstd`])), 'image');
	t.assert.equal(manifestKind(manifestOf(ociConfig, ['application/vnd.example.layer'])), 'image');
	t.assert.equal(manifestKind(manifestOf(null, [null])), 'image');
});

test('of an unknown type of config with tar layers the config decides', (t) => {
	for (const type of [tar, 'application/tar+gzip', 'application/x-tar', 'application/x-gtar'])
		t.assert.equal(manifestKind(manifestOf('application/octet-stream', [type])), 'undecided', type);
});

test('a config that describes layers or a platform is that of an image', (t) => {
	const manifest = manifestOf('application/octet-stream', [tar]);
	const isImage = (config: object, of = manifest) => {
		const bytes = Buffer.from(JSON.stringify(config));
		return isImageByConfig(of, parseConfig(bytes, 'config'), bytes);
	};
	t.assert.equal(isImage({ rootfs: { diff_ids: [`sha256:${'1'.repeat(64)}`] } }), true);
	t.assert.equal(isImage({ os: 'linux', architecture: 'arm64' }), true);
	t.assert.equal(isImage({ name: 'chart', version: '0.1' }), false);
	t.assert.equal(isImage({}), false);
	t.assert.equal(isImage({}, manifestOf('application/vnd.x', ['application/tar+gzip'])), true);
	t.assert.equal(isImage({ name: 'x' }, manifestOf('application/vnd.x', ['application/tar+gzip'])), false);
});

/** Types of the config, of the layers and of the artifact, and what it is. */
const artifacts: readonly (readonly [string | null, readonly string[], string | null, string])[] = [
	[
		'application/vnd.cncf.helm.config.v1+json',
		['application/vnd.cncf.helm.chart.content.v1.tar+gzip'],
		null,
		'a Helm chart',
	],
	[ociConfig, ['application/vnd.dev.cosign.simplesigning.v1+json'], null, 'a signature'],
	[emptyType, ['application/vnd.dev.sigstore.bundle.v0.3+json'], null, 'a Sigstore bundle'],
	[emptyType, ['application/octet-stream'], 'application/vnd.cncf.notary.signature', 'a signature'],
	[ociConfig, ['application/vnd.in-toto+json'], null, 'an attestation'],
	[emptyType, ['application/spdx+json'], 'application/spdx+json', 'an SBOM'],
	[emptyType, ['application/vnd.cyclonedx+xml'], null, 'an SBOM'],
	['application/vnd.wasm.config.v0+json', ['application/wasm'], null, 'a WebAssembly module'],
	[
		'application/vnd.docker.plugin.v1+json',
		['application/vnd.docker.image.rootfs.diff.tar.gzip'],
		null,
		'a Docker plugin',
	],
	['application/vnd.buildkit.cacheconfig.v0', [`${tar}+gzip`], null, 'a build cache of BuildKit'],
	[
		'application/vnd.cncf.flux.config.v1+json',
		['application/vnd.cncf.flux.content.v1.tar+gzip'],
		null,
		'a Flux artifact',
	],
	[
		'application/vnd.sylabs.sif.config.v1+json',
		['application/vnd.sylabs.sif.layer.v1.sif'],
		null,
		'a Singularity image (SIF)',
	],
	[
		'application/vnd.devcontainers',
		['application/vnd.devcontainers.layer.v1+tar'],
		null,
		'a dev container feature or template',
	],
	[emptyType, [tar], 'application/vnd.example.thing', 'an artifact'],
	['application/vnd.example.thing.v1+json', ['application/vnd.example.part'], null, 'an artifact'],
];

for (const [configType, layerTypes, artifactType, what] of artifacts) {
	test(`${artifactType ?? configType} with ${layerTypes[0]} is ${what}, and no image`, (t) => {
		const manifest = manifestOf(configType, layerTypes, artifactType);
		t.assert.equal(manifestKind(manifest), 'artifact');
		t.assert.equal(describeArtifact(manifest).what, what);
	});
}

test('an artifact has the type that tells most', (t) => {
	const typeOf = (...of: Parameters<typeof manifestOf>) => describeArtifact(manifestOf(...of)).type;
	t.assert.equal(typeOf(emptyType, ['text/plain'], 'application/vnd.x'), 'application/vnd.x');
	t.assert.equal(typeOf('application/vnd.x.config', ['application/spdx+json']), 'application/spdx+json');
	t.assert.equal(typeOf(emptyType, ['text/plain']), 'text/plain');
	t.assert.equal(typeOf(emptyType, []), null);
});
