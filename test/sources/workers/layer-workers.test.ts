import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { DigestTask } from '../../../source/sources/workers/layer-task.ts';
import { LayerWorkers } from '../../../source/sources/workers/layer-workers.ts';
import { startWorker } from '../../../source/sources/workers/start-worker.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** SHA-256 of 300,000 bytes of 0, of 1 and so on up to 39. */
async function digestTasks(t: TestContext): Promise<readonly DigestTask[]> {
	const path = join(await temporaryFolder(t), 'blobs');
	const bytes = 300_000;
	writeFileSync(path, Buffer.concat(Array.from({ length: 40 }, (_, index) => Buffer.alloc(bytes, index))));
	return Array.from({ length: 40 }, (_, index) => ({
		type: 'digest',
		location: { path, start: index * bytes, bytes },
	}));
}

function newWorkers(t: TestContext): LayerWorkers {
	const workers = new LayerWorkers();
	t.after(() => workers.close());
	return workers;
}

const enough = { tasks: 2, cost: Number.POSITIVE_INFINITY };

describe('tasks', () => {
	test('are done once each, by whichever thread, with the results in their order', async (t) => {
		const tasks = await digestTasks(t);
		const alone = await newWorkers(t).run(tasks, { signal: undefined });
		const workers = newWorkers(t);
		workers.start(enough);
		const told: number[] = [];
		for (let round = 0; round < 3; round++) {
			told.length = 0;
			const onResult = (index: number): undefined => void told.push(index);
			assert.deepEqual(await workers.run(tasks, { signal: undefined, onResult }), alone);
			assert.deepEqual(
				told.toSorted((left, right) => left - right),
				[...tasks.keys()],
			);
		}
	});

	test('are done by a worker that was started before as well', async (t) => {
		const early = startWorker();
		const workers = new LayerWorkers(early);
		t.after(() => workers.close());
		assert.equal(workers.width, 1);
		workers.start(enough);
		assert.equal(workers.width, 2);
		const tasks = await digestTasks(t);
		assert.equal((await workers.run(tasks, { signal: undefined })).length, tasks.length);
	});

	test('end with the first that fails, in the words for it', async (t) => {
		const tasks = await digestTasks(t);
		const gone = { ...tasks[7], location: { ...tasks[7].location, path: '/gone' } };
		const workers = newWorkers(t);
		workers.start(enough);
		const wordError = (index: number) => new Error(`task ${index} failed`);
		await assert.rejects(workers.run(tasks.with(7, gone), { signal: undefined, wordError }), {
			message: 'task 7 failed',
		});
	});

	test('end with what goes wrong with a result, whichever thread it is from', async (t) => {
		const tasks = await digestTasks(t);
		const workers = newWorkers(t);
		workers.start(enough);
		// Until the worker takes part, as it takes a while to start.
		for (let round = 0; round < 5; round++) await workers.run([...tasks, ...tasks], { signal: undefined });
		const onResult = (): Promise<void> => Promise.reject(new Error('no room for it'));
		await assert.rejects(workers.run(tasks, { signal: undefined, onResult }), { message: 'no room for it' });
		// What the worker had in hand comes now, and is nobody's failure any more.
		await workers.run(tasks, { signal: undefined });
	});

	test('leave no worker behind, be it one that was never wanted', async () => {
		const early = startWorker();
		const ended = new Promise((resolve) => early.once('exit', resolve));
		await new LayerWorkers(early).close();
		await ended;
	});

	test('end when they are interrupted', async (t) => {
		const workers = newWorkers(t);
		workers.start(enough);
		const stop = new AbortController();
		const onResult = (): undefined => void stop.abort();
		await assert.rejects(workers.run(await digestTasks(t), { signal: stop.signal, onResult }), {
			code: 'interrupted',
		});
	});
});
