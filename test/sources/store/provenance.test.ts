import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { filesOfArchive } from '../../support/archives/files-of-archive.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';
import { writeFiles } from '../../support/temporary-folder.ts';
import { type Content, startRegistry } from '../registry/fake-registry.ts';
import { loadFrom } from '../registry/load-from-registry.ts';

type Files = ReadonlyMap<string, Buffer>;

const archive = readFileSync(new URL('../../image/data/buildkit/provenance-v1.tar', import.meta.url));
const whole = filesOfArchive(archive);

/** Each way to come by the same files of a layout. */
const ways: Readonly<Record<string, (files: Files, t: TestContext) => Promise<ImageSession>>> = {
	'an archive': (files) => fromFile(tarOf(files)),
	'an archive as a stream': (files) => fromStream(tarOf(files)),
	'a layout folder': async (files) => {
		const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
		try {
			await writeFiles(folder, files);
			return await loadImage(folder);
		} finally {
			await rm(folder, { recursive: true });
		}
	},
	'a registry': async (files, t) => {
		const content: Content = registryContent(files);
		return loadFrom(await startRegistry(t, { content }));
	},
};

describe('the provenance of an image', () => {
	for (const [title, load] of Object.entries(ways)) {
		test(`is read from ${title}`, async (t) => {
			const { image } = await load(whole, t);
			assert.equal(image.provenance?.files[0]?.name, 'Dockerfile');
			assert.match(image.provenance.files[0].source, /^COPY --from=build \/out \/srv\/out$/m);
			assert.ok(!image.notices.some(({ code }) => code === 'provenance-not-used'));
		});

		test(`that is not what its digest says is told of and left out in ${title}`, async (t) => {
			const { image } = await load(
				withStatement((bytes) => Buffer.from(bytes.toString().replace('"start"', '"START"'))),
				t,
			);
			assert.equal(image.provenance, null);
			const notice = image.notices.find(({ code }) => code === 'provenance-not-used');
			assert.match(
				notice?.message ?? '',
				/does not match its digest.* The lines of the Dockerfile are not known without it\.$/,
			);
			assert.equal(image.description.layers.length, 11);
		});
	}

	test('that was left out when the image was copied is not missed', async () => {
		const { image } = await fromFile(tarOf(withStatement(() => null)));
		assert.equal(image.provenance, null);
		assert.deepEqual(image.notices, []);
	});
});

/** The files with another statement under the name of the real one; without it for null. */
function withStatement(change: (bytes: Buffer) => Buffer | null): Files {
	return new Map(
		[...whole].flatMap(([name, bytes]) => {
			const changed = bytes.includes('"predicateType"') ? change(bytes) : bytes;
			return changed === null ? [] : [[name, changed] as const];
		}),
	);
}

function tarOf(files: Files): Uint8Array {
	return layerTar([...files].map(([name, bytes]) => file(name, bytes)));
}

function registryContent(files: Files): Content {
	const content = new Map<string, { readonly bytes: Uint8Array; readonly type?: string }>();
	for (const [name, bytes] of files) {
		const digest = name.replace(/^blobs\/sha256\//, 'sha256:');
		content.set(`blobs/${digest}`, { bytes });
		if (!bytes.includes('"schemaVersion"')) continue;
		const type = JSON.parse(bytes.toString()).mediaType;
		content.set(`manifests/${digest}`, { bytes, type });
		const [listed] = JSON.parse(files.get('index.json')?.toString() ?? '').manifests;
		if (digest === listed.digest) content.set('manifests/1', { bytes, type });
	}
	return content;
}
