import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cacheIn, filesIn, findLayer } from '../support/disk-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { KEY_COUNT, layerOf } from './cache-layers.ts';

const program = fileURLToPath(new URL('./cache-layers.ts', import.meta.url));

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

function start(folder: string): ChildProcess {
	return spawn(process.execPath, [program, folder], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
}
