import { deepEqual, equal, match } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { docker25Archive, dockerArchive } from '../../../support/archives/write-archive.ts';
import { cacheIn } from '../../../support/disk-cache.ts';
import { essenceOf } from '../../../support/essence.ts';
import { jsonReportOf } from '../../../support/report.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { classicImage, containerdImage, engineImage } from '../support/engine-content.ts';
import { fakeEngine, fakeTcpEngine } from '../support/fake-engine.ts';
import { failureOf, loadFrom } from '../support/load-from-engine.ts';

suite('an image of Docker Engine', () => {
	test('is inspected, exported, and read in one pass', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		const { image } = await loadFrom(engine);
		deepEqual(engine.paths, ['/_ping', '/v1.41/images/app%3A1/json', '/v1.41/images/app%3A1/get']);
		equal(image.sourceKind, 'docker-engine');
		equal(image.foundIn, `Docker Engine 20.10.24 at ${engine.address}`);
		deepEqual(image.description.names, ['app:1', 'app:latest']);
		deepEqual(image.diffIdMatches, [true, true]);
		equal(image.description.configDigest, classicImage().inspect.Id);
		equal(image.description.manifestDigest, null);
	});

	test('is the same whichever version of the engine exports it', async (t) => {
		const older = await loadFrom(await fakeEngine(t, classicImage(dockerArchive([engineImage]))));
		const newer = await loadFrom(await fakeEngine(t, classicImage(docker25Archive([engineImage]))));
		deepEqual(essenceOf(newer), essenceOf(older));
		deepEqual(newer.image.description, older.image.description);
	});

	test('in the image store of containerd has a manifest, and compressed layers', async (t) => {
		const engine = await fakeEngine(t, { ...containerdImage(), apiVersion: '1.48' });
		const { image } = await loadFrom(engine);
		equal(image.description.manifestDigest, containerdImage().inspect.Id);
		deepEqual(
			image.description.layers.map(({ mediaType }) => mediaType),
			new Array(2).fill('application/vnd.oci.image.layer.v1.tar+gzip'),
		);
		deepEqual(image.diffIdMatches, [true, true]);
	});

	for (const [store, content] of [
		["Docker's own store", classicImage()],
		['the image store of containerd', containerdImage()],
	] as const) {
		test(`is not exported again when it is in the cache: ${store}`, async (t) => {
			const folder = await temporaryFolder(t);
			const engine = await fakeEngine(t, content);
			const fresh = await loadFrom(engine, { cache: cacheIn(folder) });
			const silent = await fakeEngine(t, { ...content, archive: new Uint8Array() });
			const cached = await loadFrom(silent, { cache: cacheIn(folder) });
			const where = { foundIn: null };
			const [one, other] = [await jsonReportOf(cached), await jsonReportOf(fresh)];
			deepEqual(
				{ ...one, image: { ...one.image, ...where } },
				{ ...other, image: { ...other.image, ...where } },
			);
			equal(
				silent.paths.some((path) => path.includes('/get')),
				false,
			);
		});
	}

	test('is read over TCP as well', async (t) => {
		const { image } = await loadFrom(await fakeTcpEngine(t, classicImage()));
		match(image.foundIn ?? '', /^Docker Engine 20\.10\.24 at tcp:\/\/127\.0\.0\.1:\d+$/);
	});

	test('may have a name with a registry, a tag and a digest', async (t) => {
		const name = `localhost:5000/team/app:1@sha256:${'a'.repeat(64)}`;
		const engine = await fakeEngine(t, { ...classicImage(), name });
		await loadFrom(engine, {}, `docker:${name}`);
		equal(engine.paths[1], `/v1.41/images/localhost%3A5000/team/app%3A1%40sha256%3A${'a'.repeat(64)}/json`);
	});
});

suite('the version of the API', () => {
	const pathOf = async (t: Parameters<typeof fakeEngine>[0], apiVersion: string) => {
		const engine = await fakeEngine(t, { ...classicImage(), apiVersion });
		await loadFrom(engine);
		return engine.paths[1].split('/')[1];
	};
	test("is the engine's own where it is older", async (t) => equal(await pathOf(t, '1.24'), 'v1.24'));
	test('is the newest that fathom supports where the engine is newer', async (t) =>
		equal(await pathOf(t, '1.99'), 'v1.52'));
	test('must not be older than 1.24', async (t) => {
		const engine = await fakeEngine(t, { ...classicImage(), apiVersion: '1.18' });
		equal(
			await failureOf(engine),
			'unsupported: Docker Engine 20.10.24 at ADDRESS supports the API up to version 1.18 only; fathom needs 1.24 or newer. [Save the image and open the archive: docker save NAME -o image.tar]',
		);
	});
	test('that the engine rejects is an error with its message', async (t) => {
		const engine = await fakeEngine(t, {
			...classicImage(),
			answer: (request, response) => {
				if (request.url === '/_ping') return false;
				response.statusCode = 400;
				response.end('{"message":"client version 1.41 is too old. Minimum supported API version is 1.60"}');
				return true;
			},
		});
		equal(
			await failureOf(engine),
			"unavailable: Docker Engine at ADDRESS answered 400: client version 1.41 is too old. Minimum supported API version is 1.60. [The engine's log may say more.]",
		);
	});
});

suite('a platform', () => {
	const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' };
	test('is passed on where the API supports it', async (t) => {
		const inspect = { ...containerdImage().inspect, Architecture: 'arm64', Variant: 'v8' };
		const engine = await fakeEngine(t, { ...containerdImage(), inspect, apiVersion: '1.49' });
		await loadFrom(engine, { platform });
		const query = `?platform=${encodeURIComponent('{"os":"linux","architecture":"arm64","variant":"v8"}')}`;
		deepEqual(engine.paths.slice(1), [
			`/v1.49/images/app%3A1/json${query}`,
			`/v1.49/images/app%3A1/get${query}`,
		]);
	});
	test('that the engine does not have is an error', async (t) => {
		const engine = await fakeEngine(t, {
			...containerdImage(),
			apiVersion: '1.49',
			answer: (request, response) => {
				if (!request.url?.includes('/json')) return false;
				response.statusCode = 404;
				response.end(
					'{"message":"image was found but does not provide the specified platform (linux/arm64/v8)"}',
				);
				return true;
			},
		});
		equal(
			await failureOf(engine, { platform }),
			'no-such-image: Docker Engine 20.10.24 at ADDRESS does not have app:1 for linux/arm64/v8. [Get it with: docker pull --platform linux/arm64/v8 app:1]',
		);
	});
	test('other than that of the image is an error where the API has no platforms', async (t) => {
		equal(
			await failureOf(await fakeEngine(t, classicImage()), { platform }),
			'no-such-image: Docker Engine 20.10.24 at ADDRESS does not have app:1 for linux/arm64/v8, only for linux/amd64. [Get it with: docker pull --platform linux/arm64/v8 app:1]',
		);
	});
});
