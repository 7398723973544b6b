import { describe, type TestContext, test } from 'node:test';
import { hostPlatform } from '../../../source/image/platform.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive, ociArchive, sha256 } from '../../support/archives/write-archive.ts';
import { fromFile } from '../../support/load-layers.ts';
import { bytesAt, contentOf, type FakeServer, putManifest, startRegistry } from './fake-registry.ts';
import { failureOf, loadFrom } from './load-from-registry.ts';

const ociIndex = 'application/vnd.oci.image.index.v1+json';
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const host = hostPlatform().architecture;
const foreign = host === 'arm64' ? 'amd64' : 'arm64';
const platform = { os: 'linux', architecture: foreign, variant: null };

interface Listed {
	readonly architecture: string;
	/** Whether the index says so. */
	readonly isStated?: boolean;
}

/** A registry with an index of images, each with a file that tells its place in the index. */
function startWithIndex(t: TestContext, listed: readonly Listed[]): Promise<FakeServer> {
	const content = new Map<string, { bytes: Uint8Array; type?: string }>();
	const manifests = listed.map(({ architecture, isStated = true }, index) => {
		const one = contentOf({ architecture, layers: [[file(`image-${index}`, 'x')]] });
		for (const [path, found] of one) content.set(path, found);
		const digest = sha256(bytesAt(one, 'manifests/1'));
		const stated = isStated ? { platform: { os: 'linux', architecture } } : {};
		return { mediaType: ociManifest, digest, size: 1, ...stated };
	});
	putManifest(content, '1', { schemaVersion: 2, mediaType: ociIndex, manifests });
	return startRegistry(t, { content });
}

const noticesOf = ({ image }: ImageSession): readonly string[] =>
	image.notices.map(
		({ code, message }) => `${code}: ${message.replace(/[\d.]+:\d+\/|sha256:[0-9a-f]{12}/g, '')}`,
	);

describe('an index without an image for this machine', () => {
	test('opens with its only image, and a notice', async (t) => {
		const session = await loadFrom(await startWithIndex(t, [{ architecture: foreign }]));
		t.assert.equal(session.image.description.platform?.architecture, foreign);
		t.assert.deepEqual(noticesOf(session), [
			`image-chosen: Opened app:1 (linux/${foreign}); there is none for this machine's platform, linux/${host}.`,
		]);
	});

	test('opens with the first of its images, and a notice that lists the others', async (t) => {
		const server = await startWithIndex(t, [{ architecture: 's390x' }, { architecture: foreign }]);
		const session = await loadFrom(server);
		t.assert.equal(session.image.description.platform?.architecture, 's390x');
		t.assert.deepEqual(noticesOf(session), [
			`image-chosen: Opened app:1 (linux/s390x), the first of 2 images; there is none for this machine's platform, linux/${host}; --platform or NAME@DIGEST picks another: app:1 (linux/${foreign}).`,
		]);
	});

	test('opens without a notice when --platform picks the image', async (t) => {
		const session = await loadFrom(await startWithIndex(t, [{ architecture: foreign }]), { platform });
		t.assert.deepEqual(noticesOf(session), []);
	});

	test('says which there are when --platform picks another', async (t) => {
		const server = await startWithIndex(t, [{ architecture: 's390x' }, { architecture: 'riscv64' }]);
		t.assert.equal(
			await failureOf(server, { platform }),
			`no-such-image: REGISTRY/app:1 has no image for linux/${foreign}; it has linux/s390x, linux/riscv64. [Set --platform to one of these.]`,
		);
	});
});

describe('an index that does not state platforms', () => {
	test('gives the image whose config says that it is for this machine', async (t) => {
		const server = await startWithIndex(t, [
			{ architecture: 's390x' },
			{ architecture: foreign, isStated: false },
			{ architecture: host, isStated: false },
		]);
		const session = await loadFrom(server);
		t.assert.equal(session.image.description.platform?.architecture, host);
		t.assert.deepEqual(noticesOf(session), []);
	});

	test('gives the first image where none is for this machine', async (t) => {
		const server = await startWithIndex(t, [
			{ architecture: 's390x', isStated: false },
			{ architecture: foreign, isStated: false },
		]);
		const session = await loadFrom(server);
		t.assert.equal(session.image.description.platform?.architecture, 's390x');
		t.assert.equal(noticesOf(session).length, 1);
	});
});

test('an index with two images for this machine says which was opened', async (t) => {
	const server = await startWithIndex(t, [
		{ architecture: foreign },
		{ architecture: host },
		{ architecture: host },
	]);
	t.assert.deepEqual(noticesOf(await loadFrom(server)), [
		`image-chosen: Opened app:1 (linux/${host}) , the first of 2 images that fits this machine's platform; --platform or NAME@DIGEST picks another: app:1 (linux/${host}) .`,
	]);
});

test('an archive opens by the same rule', async (t) => {
	for (const archive of [dockerArchive, ociArchive]) {
		const alone = archive([{ architecture: foreign, layers: [[file('a', 'x')]], names: ['app:1'] }]);
		t.assert.deepEqual(noticesOf(await fromFile(alone)), [
			`image-chosen: Opened app:1 (linux/${foreign}); there is none for this machine's platform, linux/${host}.`,
		]);
	}
});
