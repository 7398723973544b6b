import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { cacheIn, filesIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { KEY_COUNT, layerOf } from './cache-layers.ts';
import { type InStep, keysOf } from './in-step.ts';

const program = fileURLToPath(new URL('./cache-layers.ts', import.meta.url));
const inStep = new URL('./in-step.ts', import.meta.url);
const THREADS = 4;
const PAIRS_OF_KEYS = 500;

test('several processes that fill a new folder at once leave one whole cache', async (t) => {
	const folder = join(await temporaryFolder(t), 'cache');
	const children = [1, 2, 3].map(() => start(folder));
	await Promise.all(children.map((child) => once(child, 'message')));
	const ended = Promise.all(children.map((child) => once(child, 'exit')));
	for (const child of children) child.send('go');
	const exits = (await ended).map(([code]) => code);
	t.assert.deepEqual(exits, [0, 0, 0]);
	const files = await filesIn(folder);
	t.assert.deepEqual(
		files.filter((path) => !path.startsWith('layers/')),
		['identity-key', 'upkeep.json'],
	);
	t.assert.deepEqual(
		files.filter((path) => path.includes('unfinished')),
		[],
	);
	const cache = cacheIn(folder);
	t.assert.deepEqual(cache.identityKey, new Uint8Array(readFileSync(join(folder, 'identity-key'))));
	for (let key = 0; key < KEY_COUNT; key++) {
		t.assert.deepEqual(findLayer(cache, `${key}`), layerOf(key));
		t.assert.deepEqual(findLayer(cache, `also ${key}`), layerOf(key));
	}
});

test('threads that store a value at the same moment leave it under each of its keys', async (t) => {
	const folder = join(await temporaryFolder(t), 'cache');
	const layer = layerOf(0);
	// With the key of the folder all of them store.
	storeLayer(cacheIn(folder), ['first'], layer);
	const arrived = new Int32Array(new SharedArrayBuffer(PAIRS_OF_KEYS * Int32Array.BYTES_PER_ELEMENT));
	const workerData: InStep = { folder, layer, threads: THREADS, arrived };
	const workers = Array.from({ length: THREADS }, () => new Worker(inStep, { workerData }));
	await Promise.all(workers.map((worker) => once(worker, 'exit')));
	const cache = cacheIn(folder);
	const keys = Array.from(arrived, (_, number) => keysOf(number)).flat();
	t.assert.deepEqual(
		keys.filter((key) => findLayer(cache, key) === null),
		[],
	);
});

function start(folder: string): ChildProcess {
	return spawn(process.execPath, [program, folder], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
}
