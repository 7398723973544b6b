import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { file } from '../support/archives/tar-entry.ts';
import { ociArchive } from '../support/archives/write-archive.ts';
import { programPath } from '../support/built-program.ts';
import { filesIn } from '../support/disk-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/* The built program on an image that is large enough to be cached, in conditions that no cache likes. */

/** FATHOM_TEST_PROCESSES sets how many processes share the cache at once, and how many are killed. */
const PROCESSES = Number(process.env.FATHOM_TEST_PROCESSES ?? 24);
const DAMAGED_FILES = 500;
const run = promisify(execFile);

let image: string;
let expected: string;

before(async () => {
	const layers = [0, 1, 2].map((layer) =>
		Array.from({ length: 3000 }, (_, index) => file(`srv/${layer % 2}/${index}`, randomBytes(200))),
	);
	image = join(mkdtempSync(join(tmpdir(), 'fathom-test-')), 'image.tar');
	writeFileSync(image, ociArchive([{ layers }], 'gzip'));
	expected = (await run(process.execPath, [programPath, 'report', '--no-cache', image], options())).stdout;
});

after(() => rmSync(join(image, '..'), { recursive: true }));

/** What a report costs in memory is far less. */
function options(folder?: string) {
	const environment = folder === undefined ? {} : { FATHOM_CACHE_DIR: folder };
	return { env: { ...process.env, ...environment }, maxBuffer: 2 ** 26 };
}

async function report(folder: string): Promise<string> {
	const { stdout, stderr } = await run(process.execPath, [programPath, 'report', image], options(folder));
	return stdout + stderr;
}

async function cacheFolder(t: TestContext): Promise<string> {
	return join(await temporaryFolder(t), 'cache');
}

/** The names of files that are neither the cache's own nor values, and those that were never finished. */
async function strayFiles(folder: string): Promise<readonly string[]> {
	const files = await filesIn(folder);
	return files.filter((path) => !/^(?:identity-key|upkeep\.json|[a-z]+\/[0-9a-f]{64})$/.test(path));
}

describe('the cache is right', () => {
	test(`for ${PROCESSES} processes that fill a new folder at once`, async (t) => {
		const folder = await cacheFolder(t);
		const reports = await Promise.all(Array.from({ length: PROCESSES }, () => report(folder)));
		t.assert.deepEqual(
			reports.filter((each) => each !== expected),
			[],
		);
		t.assert.deepEqual(await strayFiles(folder), []);
		t.assert.equal(readdirSync(join(folder, 'layers')).length > 0, true);
		t.assert.equal(await report(folder), expected);
	});

	test(`after ${PROCESSES} processes that were killed at any moment`, async (t) => {
		const folder = await cacheFolder(t);
		const start = performance.now();
		t.assert.equal(await report(folder), expected);
		const longest = performance.now() - start;
		for (let killed = 0; killed < PROCESSES; killed++) {
			const target = killed % 3 === 0 ? await cacheFolder(t) : folder;
			const child = spawn(process.execPath, [programPath, 'report', image], {
				...options(target),
				stdio: 'ignore',
			});
			const ended = once(child, 'exit');
			await delay(Math.random() * longest);
			child.kill('SIGKILL');
			await ended;
			t.assert.equal(await report(target), expected);
		}
		// A minute later, the next process that stores something removes what was never finished.
		for (const name of await strayFiles(folder)) utimesSync(join(folder, name), 0, 0);
		for (const name of readdirSync(join(folder, 'layers'))) rmSync(join(folder, 'layers', name));
		t.assert.equal(await report(folder), expected);
		t.assert.deepEqual(await strayFiles(folder), []);
	});

	test(`with ${DAMAGED_FILES} damaged files, one after the other`, async (t) => {
		const folder = await cacheFolder(t);
		t.assert.equal(await report(folder), expected);
		const values = (await filesIn(folder)).filter((path) => path !== 'upkeep.json');
		for (let round = 0; round < DAMAGED_FILES / values.length; round++) {
			for (const value of values)
				damage(join(folder, value), round, join(folder, values[round % values.length]));
			t.assert.equal(await report(folder), expected);
			t.assert.deepEqual(await strayFiles(folder), []);
		}
	});
});

/** Changes a byte, cuts, lengthens, empties or exchanges a file. */
function damage(path: string, round: number, other: string): void {
	const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
	if (size === 0) return;
	const bytes = readFileSync(path);
	const position = Math.floor(Math.random() * size);
	const ways = [
		() => Buffer.from(bytes.map((byte, index) => (index === position ? byte ^ (1 << (round % 8)) : byte))),
		() => bytes.subarray(0, position),
		() => Buffer.concat([bytes, randomBytes(1 + (round % 600))]),
		() => Buffer.alloc(0),
		() =>
			statSync(other, { throwIfNoEntry: false }) === undefined ? Buffer.alloc(size) : readFileSync(other),
		() => randomBytes(size),
	];
	writeFileSync(path, ways[round % ways.length]());
}
