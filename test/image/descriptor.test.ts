import { test } from 'node:test';
import { isAttestation, namesOf, parseDescriptor } from '../../source/image/descriptor.ts';

const digest = `sha256:${'1'.repeat(64)}`;

test('a descriptor is read with all its fields', (t) => {
	const written = {
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		digest,
		size: 345,
		platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.version': '1' },
		annotations: { a: 'b', odd: 7 },
		urls: ['https://example.com/x'],
	};
	t.assert.deepEqual(parseDescriptor(written, 'x'), {
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		digest,
		size: 345,
		platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
		annotations: { a: 'b' },
		urls: ['https://example.com/x'],
	});
});

test('all but the digest may be missing or odd', (t) => {
	const bare = { digest, mediaType: null, size: null, platform: null, annotations: {}, urls: [] };
	t.assert.deepEqual(parseDescriptor({ digest }, 'x'), bare);
	const odd = { digest, mediaType: 7, size: -1, platform: 'linux', annotations: [], urls: {} };
	t.assert.deepEqual(parseDescriptor(odd, 'x'), bare);
	t.assert.deepEqual(parseDescriptor({ digest, size: 1e300, platform: { os: 'linux' } }, 'x'), bare);
});

test('without a proper digest it is an error that shows what is there', (t) => {
	const messageOf = (value: unknown) => {
		try {
			parseDescriptor(value, 'index.json, "manifests" 1');
		} catch (error) {
			return (error as Error).message;
		}
		return null;
	};
	t.assert.equal(
		messageOf({ digest: 'sha256:../x' }),
		'index.json, "manifests" 1 has the digest "sha256:../x", expected sha256:HEX or sha512:HEX.',
	);
	t.assert.equal(
		messageOf({}),
		'index.json, "manifests" 1 has no digest, expected sha256:HEX or sha512:HEX.',
	);
	t.assert.equal(messageOf(null), 'index.json, "manifests" 1 is not a descriptor.');
	t.assert.equal(messageOf({ digest: 'x'.repeat(1000) })?.length, 162);
});

test('containerd names an image in full, a layout by its reference name', (t) => {
	const containerd = {
		'io.containerd.image.name': 'docker.io/library/busybox:latest',
		'org.opencontainers.image.ref.name': 'latest',
	};
	t.assert.deepEqual(namesOf(containerd), ['docker.io/library/busybox:latest']);
	t.assert.deepEqual(namesOf({ 'org.opencontainers.image.ref.name': '0.0.1' }), ['0.0.1']);
	t.assert.deepEqual(namesOf({}), []);
});

test('an attestation is told by its annotation or its platform', (t) => {
	const read = (fields: object) => parseDescriptor({ digest, ...fields }, 'x');
	t.assert.equal(isAttestation(read({ platform: { os: 'unknown', architecture: 'unknown' } })), true);
	t.assert.equal(
		isAttestation(read({ annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } })),
		true,
	);
	t.assert.equal(isAttestation(read({ platform: { os: 'linux', architecture: 'amd64' } })), false);
	t.assert.equal(isAttestation(read({})), false);
});
