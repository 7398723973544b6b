import { deepEqual, equal, rejects } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FILE } from '../../../../source/tar/changeset.ts';
import { dockerArchive } from '../../../support/archives/write-archive.ts';
import { cacheIn } from '../../../support/disk-cache.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { contentOf } from '../support/content-of.ts';
import { classicImage, containerdImage, engineImage } from '../support/engine-content.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { loadFrom } from '../support/load-from-engine.ts';

const exportsOf = ({ paths }: { readonly paths: readonly string[] }): number =>
	paths.filter((path) => path.includes('/get')).length;

suite('a single file of an image in an engine', () => {
	for (const [store, content] of [
		["Docker's own store", classicImage()],
		['the image store of containerd', containerdImage()],
	] as const) {
		test(`is read from another export: ${store}`, async (t) => {
			const image = await loadFrom(await fakeEngine(t, content));
			t.after(() => image.close());
			equal(await contentOf(image, 1, 'etc/motd'), 'hello');
			equal(await contentOf(image, 2, 'etc/motd'), 'hullo');
			equal((await contentOf(image, 1, 'large')).length, 100_000);
			equal(await contentOf(image, 1, 'old'), 'x'.repeat(5000));
		});
	}

	test('is found although the layers came from the cache', async (t) => {
		const cache = cacheIn(await temporaryFolder(t));
		await loadFrom(await fakeEngine(t, classicImage()), { cache });
		const engine = await fakeEngine(t, classicImage());
		const image = await loadFrom(engine, { cache });
		t.after(() => image.close());
		equal(exportsOf(engine), 0);
		equal(await contentOf(image, 2, 'etc/motd'), 'hullo');
		equal(exportsOf(engine), 1);
	});

	test('is found although its layer has another name by now', async (t) => {
		const cache = cacheIn(await temporaryFolder(t));
		await loadFrom(await fakeEngine(t, classicImage()), { cache });
		const engine = await fakeEngine(t, classicImage(withOtherFolders(classicImage().archive)));
		const image = await loadFrom(engine, { cache });
		t.after(() => image.close());
		equal(await contentOf(image, 2, 'etc/motd'), 'hullo');
	});

	test('has its SHA-256 from the cache where the layers were hashed as they were exported', async (t) => {
		const cache = cacheIn(await temporaryFolder(t));
		const digestsIn = async (engine: FakeEngine, digests: boolean) => {
			const image = await loadFrom(engine, { cache, digests });
			t.after(() => image.close());
			const { kinds } = image.tree.changesets[0];
			const entries = Uint32Array.from(kinds.keys()).filter((entry) => kinds[entry] === FILE);
			return image.contents.digests([{ layerIndex: 0, entries }]);
		};
		const first = await digestsIn(await fakeEngine(t, classicImage()), true);
		const engine = await fakeEngine(t, classicImage());
		deepEqual(await digestsIn(engine, false), first);
		equal(exportsOf(engine), 0);
	});

	test('stops the engine when reading is interrupted', async (t) => {
		const content = classicImage();
		let stallAfter: number | undefined;
		const engine = await fakeEngine(t, {
			...content,
			answer: (request, response) => {
				if (!request.url?.endsWith('/get') || stallAfter === undefined) return false;
				response.on('close', closed.resolve);
				response.write(content.archive.subarray(0, stallAfter));
				return true;
			},
		});
		const closed = Promise.withResolvers<void>();
		const image = await loadFrom(engine);
		stallAfter = 3000;
		const interruption = new AbortController();
		const reading = (async () => {
			for await (const _ of image.files.open({ layerIndex: 0, path: 'large', signal: interruption.signal }));
		})();
		setTimeout(() => interruption.abort(), 50);
		await rejects(reading, { code: 'interrupted' });
		await closed.promise;
	});

	test('is an error where the name belongs to another image by now', async (t) => {
		const content = classicImage();
		let { archive } = content;
		const engine = await fakeEngine(t, {
			...content,
			answer: (request, response) => {
				if (!request.url?.endsWith('/get')) return false;
				response.end(archive);
				return true;
			},
		});
		const image = await loadFrom(engine);
		archive = dockerArchive([{ ...engineImage, layers: [[]] }]);
		await rejects(contentOf(image, 1, 'old'), { code: 'corrupt' });
	});
});

/** The same archive with other numbers for its layers' folders. A name backwards has the same sum, so that headers stay valid. */
function withOtherFolders(archive: Uint8Array): Uint8Array {
	const text = Buffer.from(archive).toString('latin1');
	const folders = [...new Set(text.match(/[0-9a-f]{64}(?=\/layer\.tar)/g))];
	const renamed = folders.reduce(
		(all, folder) => all.replaceAll(`${folder}/`, `${[...folder].reverse().join('')}/`),
		text,
	);
	return Buffer.from(renamed, 'latin1');
}
