import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fetchedDocument, fetchedNumbers } from '../../source/cache/fetched.ts';
import { documents } from '../../source/cache/kinds/documents.ts';
import { blobKey, diffIdKey } from '../../source/cache/layer-cache.ts';
import { file } from '../support/archives/tar-entry.ts';
import { json, layerTar, ociArchive, sha256 } from '../support/archives/write-archive.ts';
import { programPath } from '../support/built-program.ts';
import { cacheIn, filesIn, storeLayer } from '../support/disk-cache.ts';
import { parseReport } from '../support/report.ts';
import { scanByPosition } from '../support/scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Outcome, runProgram, samplePath } from './run-program.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const document = json({ schemaVersion: 2 });

/** What a tree looks like does not matter here. */
const trees = { kind: { ...documents, name: 'tree' as const, check: () => true }, cost: Infinity };

/** Runs the program with a cache in the folder. */
function runIn(folder: string, args: readonly string[]): Promise<Outcome> {
	return runProgram(args, { environment: { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: folder } });
}

/** A cache with something of every kind, each used on a day of its own. */
async function filledFolder(t: TestContext): Promise<string> {
	const folder = await temporaryFolder(t);
	const cache = cacheIn(folder);
	const fileKey = (start: number) => `file ${JSON.stringify(['/srv/my images/a\u001b[31m.tar', '1', start])}`;
	const layer = scanByPosition(layerTar([file('etc/motd', 'hello')]));
	const steps = [
		() => storeLayer(cache, [fileKey(0)], layer),
		() => storeLayer(cache, [fileKey(512)], layer),
		() => storeLayer(cache, [blobKey(digest), diffIdKey(digest)], layer),
		() => storeLayer(cache, [blobKey(digest.replace('0', 'f'))], layer),
		() => cache.store(fetchedDocument(sha256(document)), document),
		() =>
			cache.store(fetchedNumbers(`same contents 00\n${fileKey(0)}\n${fileKey(512)}`), new Uint32Array(2000)),
		() => cache.store({ ...trees, keys: [`${fileKey(0)}\n${fileKey(512)}`] }, new Uint8Array(30_000)),
	];
	const known = new Set<string>();
	for (const [day, store] of steps.entries()) {
		store();
		for (const path of await filesIn(folder)) {
			if (known.has(path)) continue;
			known.add(path);
			const usedAt = Date.UTC(2026, 0, 1 + day, 12) / 1000;
			utimesSync(join(folder, path), usedAt, usedAt);
		}
	}
	return folder;
}

describe('fathom cache', () => {
	test('lists what is cached, how large it is and when it was last used', async (t) => {
		const folder = await filledFolder(t);
		const { status, stdout, stderr } = await runIn(folder, ['cache']);
		t.assert.deepEqual([status, stderr], [0, '']);
		const path = fileURLToPath(new URL('../../snapshots/cli/cache.txt', import.meta.url));
		t.assert.fileSnapshot(stdout.replaceAll(folder, 'FOLDER'), path, { serializers: [String] });
	});

	test('has nothing to list where there is no folder, and makes none', async (t) => {
		const folder = join(await temporaryFolder(t), 'cache');
		const outcome = await runIn(folder, ['cache']);
		t.assert.deepEqual(outcome, { status: 0, stdout: `${folder}\n\nThe cache is empty.\n`, stderr: '' });
		t.assert.deepEqual(await filesIn(join(folder, '..')), []);
	});

	test('says when there is something else in its place', async (t) => {
		const folder = join(await temporaryFolder(t), 'cache');
		writeFileSync(folder, 'a file');
		const { status, stderr } = await runIn(folder, ['cache']);
		const words = [
			`fathom: ${folder}: something else is in its place.`,
			'try: Set FATHOM_CACHE_DIR to use another folder.',
		];
		t.assert.deepEqual([status, stderr], [2, `${words.join('\n')}\n`]);
	});
});

describe('fathom cache prune', () => {
	const prunings: readonly (readonly [readonly string[], RegExp, number])[] = [
		[[], /^Removed 7 files \([\d.]+ kB\); no files left in FOLDER\.\n$/, 0],
		[['--older-than', 'off'], /^Removed no files; 7 files \([\d.]+ kB\) left in FOLDER\.\n$/, 7],
		[['--older-than', 'off', '--max-size', '20kB'], /^Removed 1 file \([\d.]+ kB\); 6 files \(/, 6],
		[['--all'], /^Removed 7 files \([\d.]+ kB\); no files left in FOLDER\.\n$/, 0],
	];
	for (const [flags, words, left] of prunings) {
		test(['says what it removed', ...flags].join(' '), async (t) => {
			const folder = await filledFolder(t);
			const { status, stdout, stderr } = await runIn(folder, ['cache', 'prune', ...flags]);
			t.assert.deepEqual([status, stderr], [0, '']);
			t.assert.match(stdout.replaceAll(folder, 'FOLDER'), words);
			const cached = (await filesIn(folder)).filter((path) => path.includes('/'));
			// One of the layers has two names.
			t.assert.equal(cached.length, left === 0 ? 0 : left + 1);
		});
	}

	const refused: readonly (readonly [readonly string[], string])[] = [
		[
			['prune', '--older-than', 'soon'],
			'--older-than: expected an age such as 12h, 30d or 8w, or off, got "soon".',
		],
		[
			['prune', '--max-size', 'much'],
			'--max-size: expected bytes such as 20MB, 20MiB or 20000000, or off, got "much".',
		],
		[['prun'], 'fathom cache takes no image, got "prun".\ntry: fathom cache prune'],
		[['--all'], '--all cannot be used with fathom cache.\ntry: fathom cache prune'],
	];
	for (const [args, words] of refused) {
		test(`refuses fathom cache ${args.join(' ')}`, async (t) => {
			const { status, stderr } = await runIn(await temporaryFolder(t), ['cache', ...args]);
			t.assert.deepEqual([status, stderr], [2, `fathom: ${words}\n`]);
		});
	}
});

describe('a run', () => {
	test('of a small image makes no folder', async (t) => {
		const folder = join(await temporaryFolder(t), 'cache');
		await runIn(folder, ['ci', samplePath]);
		t.assert.deepEqual(await filesIn(join(folder, '..')), []);
	});

	test('with --no-cache stores nothing', async (t) => {
		const { image, folder } = await largeImage(t);
		t.assert.equal((await runIn(folder, ['report', image, '--no-cache'])).status, 0);
		t.assert.deepEqual(await filesIn(join(folder, '..')), ['image.tar']);
	});

	test('stores what only its user may read, and gives the same report a second time', async (t) => {
		const { image, folder } = await largeImage(t);
		const [first, second] = [await runIn(folder, ['report', image]), await runIn(folder, ['report', image])];
		t.assert.deepEqual(second, first);
		const modes = readdirSync(folder, { recursive: true, withFileTypes: true }).map((each) => {
			const mode = statSync(join(each.parentPath, each.name)).mode & 0o777;
			return [each.isDirectory(), mode.toString(8)].join(' ');
		});
		t.assert.deepEqual([...new Set(modes)].sort(), ['false 600', 'true 700']);
		t.assert.equal(statSync(folder).mode & 0o777, 0o700);
	});

	test('goes on without a cache when the disk is full in the middle of a file', async (t) => {
		const { image, folder } = await largeImage(t);
		const fresh = parseReport((await runIn(folder, ['report', image, '--no-cache'])).stdout);
		const { status, stdout, stderr } = await runWithSmallFiles(folder, ['report', image]);
		t.assert.deepEqual([status, stderr], [0, '']);
		const { warnings, ...report } = parseReport(stdout);
		t.assert.deepEqual({ ...report, warnings: [] }, fresh);
		t.assert.deepEqual(
			warnings.map(({ code, layerIndex }) => [code, layerIndex]),
			[['cache-unavailable', null]],
		);
		const files = await filesIn(folder);
		t.assert.deepEqual(
			files.filter((path) => path.includes('unfinished')),
			[],
		);
	});
});

/** An archive whose layers are worth caching, with more than 100 kB of columns. */
async function largeImage(t: TestContext) {
	const folder = await temporaryFolder(t);
	const many = Array.from({ length: 2000 }, (_, index) => file(`usr/share/${index}`, `${index}`));
	const image = join(folder, 'image.tar');
	writeFileSync(image, ociArchive([{ layers: [[...many, file('noise', randomBytes(1_200_000))]] }], 'gzip'));
	// Until then its next change could not be told from this one.
	await delay(100);
	return { image, folder: join(folder, 'cache') };
}

/** Runs the program where no file can grow beyond 32 KiB, as a disk that fills up. */
async function runWithSmallFiles(folder: string, args: readonly string[]): Promise<Outcome> {
	const command = ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, programPath, ...args];
	const environment = { PATH: process.env.PATH, NODE_DISABLE_COMPILE_CACHE: '1' };
	const child = spawn('sh', command, { env: { ...environment, FATHOM_CACHE_DIR: folder } });
	const [stdout, stderr, [status]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'close'),
	]);
	return { status, stdout, stderr };
}
