import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { type ImageOpening, openImage } from '../../../../source/session/open-image.ts';
import type { SessionOptions } from '../../../../source/session/session-options.ts';
import type { Stage } from '../../../../source/session/stages.ts';
import { cacheIn } from '../../../support/disk-cache.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { classicImage, diffIds } from '../support/engine-content.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { hostWith, loadFrom } from '../support/load-from-engine.ts';
import { toldByEngine } from '../support/told-by-engine.ts';

type Complete = Extract<Stage, { readonly kind: 'complete' }>;

function watch(t: TestContext, { address }: FakeEngine, options: Partial<SessionOptions> = {}): ImageOpening {
	const opening = openImage(
		{ reference: 'docker:app:1' },
		{
			host: hostWith({ DOCKER_HOST: address }),
			watched: { firstLayer: 0, isForgiving: true },
			...options,
		},
	);
	opening.complete.catch(() => {});
	t.after(() => opening.close());
	return opening;
}

async function* completeStages({ stages }: ImageOpening): AsyncGenerator<Complete> {
	for await (const stage of stages) if (stage.kind === 'complete') yield stage;
}

async function complete(opening: ImageOpening): Promise<Complete> {
	for await (const stage of completeStages(opening)) return stage;
	throw new Error('There was no complete image.');
}

/** The archive with a header that is damaged in its lowest layer. */
function damaged(): Uint8Array {
	const archive = Buffer.from(classicImage().archive);
	archive[archive.indexOf('etc/motd')] ^= 1;
	return archive;
}

suite('an image of Docker Engine that somebody watches', () => {
	test('is asked for its history before it is exported', async (t) => {
		const engine = await fakeEngine(t, classicImage());
		await watch(t, engine).complete;
		deepEqual(
			engine.paths.map((path) => path.replace(/^.*app%3A1/, '')),
			['/_ping', '/json', '/history', '/get'],
		);
	});

	test('is described by what the engine tells while nothing of it has come', async (t) => {
		const { inspect, ...content } = classicImage();
		const engine = await fakeEngine(t, {
			...content,
			inspect: { ...inspect, Config: { Env: ['A=b'] }, Author: 'somebody' },
			stallAfter: 0,
			answer: (request, response) => {
				if (!request.url?.endsWith('/history')) return false;
				const steps = ['CMD ["a"]', 'RUN b', 'COPY c'];
				response.end(JSON.stringify(steps.map((CreatedBy) => ({ CreatedBy, Size: 0, Created: 0 }))));
				return true;
			},
		});
		const told = await toldByEngine('docker:app:1', hostWith({ DOCKER_HOST: engine.address }));
		deepEqual(told.config.env, ['A=b']);
		equal(told.author, 'somebody');
		deepEqual(
			told.layers.map(({ diffId, createdBy }) => [diffId, createdBy]),
			[
				[diffIds[0], 'COPY c'],
				[diffIds[1], 'RUN b'],
			],
		);
		equal(told.history.length, 3);
	});

	test('is in the end what the export says, whatever the engine told', async (t) => {
		const { inspect, ...content } = classicImage();
		const engine = await fakeEngine(t, {
			...content,
			inspect: { ...inspect, Config: { Env: ['A=b'] }, Created: '2026-01-01T00:00:00Z' },
			answer: (request, response) => {
				if (!request.url?.endsWith('/history')) return false;
				response.end(JSON.stringify([{ CreatedBy: 'RUN something else', Size: 1 }]));
				return true;
			},
		});
		const { description } = (await watch(t, engine).complete).image;
		deepEqual(description, (await loadFrom(await fakeEngine(t, classicImage()))).image.description);
	});

	test('is shown without a layer that is damaged', async (t) => {
		const engine = await fakeEngine(t, classicImage(damaged()));
		const { session, layers } = await complete(watch(t, engine));
		deepEqual(
			layers.map(({ kind }) => kind),
			['failed', 'read'],
		);
		equal(session.image.description.layers[0].diffId, diffIds[0]);
	});

	test('fails with such a layer where all are wanted', async (t) => {
		const engine = await fakeEngine(t, classicImage(damaged()));
		const watched = { firstLayer: 0, isForgiving: false };
		await rejects(watch(t, engine, { watched }).complete, /app:1: layer 1: no valid tar header/);
	});

	test('says of an export that broke off where config and history are from', async (t) => {
		const engine = await fakeEngine(t, { ...classicImage(), cutAfter: 115_000 });
		const { session, layers } = await complete(watch(t, engine));
		deepEqual(
			layers.map(({ kind }) => kind),
			['read', 'failed'],
		);
		const [{ code, message }] = session.image.notices;
		equal(code, 'export-incomplete');
		match(message, /ended early .* Config and history are those that the engine told before\.$/);
	});

	test('has all its layers at another attempt, where they are in the cache by then', async (t) => {
		const folder = await temporaryFolder(t);
		let isDamaged = true;
		const engine = await fakeEngine(t, {
			...classicImage(),
			answer: (request, response) => {
				if (!request.url?.endsWith('/get')) return false;
				response.end(isDamaged ? damaged().fill(1, 110_000, 111_000) : classicImage().archive);
				return true;
			},
		});
		const opening = watch(t, engine, { cache: cacheIn(folder) });
		const seen: string[] = [];
		for await (const { layers } of completeStages(opening)) {
			seen.push(layers.map(({ kind }) => kind).join(' '));
			if (seen.length > 1) continue;
			isDamaged = false;
			await loadFrom(engine, { cache: cacheIn(folder) });
			opening.readAgain(0);
		}
		equal(seen[0], 'failed read');
		equal(seen.at(-1), 'read read');
	});
});
