import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { compare } from '../../../source/filetree/compare.ts';
import { kindAt } from '../../../source/filetree/comparison.ts';
import { changeKinds } from '../../../source/filetree/file-tree.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { Reportable } from '../../../source/report/reporter.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import {
	bytesOf,
	device,
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { loadImage } from '../../support/load-image.ts';
import { fromFile, fromStream, loadLayers, waysOfReading } from '../../support/load-layers.ts';
import { jsonReportOf, jsonTextOf, parseReport, withFacts } from '../../support/report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const samplePath = fileURLToPath(new URL('../../../sample/image.tar', import.meta.url));

describe('the JSON report', () => {
	test('of the sample image', async (t) => {
		const loaded = await loadImage(samplePath, {});
		const text = await jsonTextOf(renamed(loaded, 'image.tar'));
		parseReport(text);
		const path = fileURLToPath(new URL('../../../snapshots/report/sample.json', import.meta.url));
		t.assert.fileSnapshot(text, path, { serializers: [String] });
	});

	test('of an image without layers', async (t) => {
		const report = await jsonReportOf(await loadLayers([]));
		t.assert.deepEqual([report.layers, report.wastedPaths, report.efficiency], [[], [], 1]);
	});

	test('of a layer without entries', async (t) => {
		const report = await jsonReportOf(await loadLayers([[]]));
		t.assert.deepEqual(report.layers[0].changes, []);
	});

	test('identifies the image, with what its config says', async (t) => {
		const image: TestImage = {
			names: ['app:1', 'app:latest'],
			os: 'linux',
			architecture: 'arm64',
			variant: 'v8',
			layers: [[file('a', 'x')]],
			config: {
				config: { User: '1000', Env: ['A=1'], Entrypoint: ['/a'], Labels: { maintainer: 'me' } },
				history: [
					{ created_by: 'COPY a /', created: '2026-01-02T03:04:05Z' },
					{ created_by: 'USER 1000', empty_layer: true },
				],
			},
		};
		const report = await jsonReportOf(await fromFile(dockerArchive([image])));
		t.assert.deepEqual(report.generator, { name: 'fathom', version: '1.2.3' });
		t.assert.equal(report.image.source, 'docker-archive');
		t.assert.deepEqual(report.image.names, ['app:1', 'app:latest']);
		t.assert.deepEqual(report.image.platform, { os: 'linux', architecture: 'arm64', variant: 'v8' });
		t.assert.deepEqual(report.image.config.env, ['A=1']);
		t.assert.deepEqual(report.image.config.labels, { maintainer: 'me' });
		t.assert.deepEqual(
			report.image.history.map(({ createdBy, layerIndex }) => [createdBy, layerIndex]),
			[
				['COPY a /', 0],
				['USER 1000', null],
			],
		);
	});

	test('lists every wasted path with its causes and layers, and the waste of each culprit', async (t) => {
		const report = await jsonReportOf(
			await loadLayers([
				[file('a', '1234'), file('b', '12')],
				[file('a', '123')],
				[whiteout('a'), whiteout('b')],
			]),
		);
		t.assert.deepEqual(report.wastedPaths, [
			{
				path: 'a',
				wastedBytes: 7,
				copies: 2,
				causes: ['removed', 'content'],
				shippedIn: [0, 1],
				culprits: [1, 2],
			},
			{ path: 'b', wastedBytes: 2, copies: 1, causes: ['removed'], shippedIn: [0], culprits: [2] },
		]);
		t.assert.deepEqual(report.waste.byCulprit, [
			{ layerIndex: 1, wastedBytes: 4 },
			{ layerIndex: 2, wastedBytes: 5 },
		]);
	});

	test('carries warnings with where they first occurred', async (t) => {
		const report = await jsonReportOf(await loadLayers([[file('a/../../b', 'x'), hardLink('c', 'nowhere')]]));
		t.assert.deepEqual(
			report.warnings.map(({ code, layerIndex, count }) => [code, layerIndex, count]),
			[
				['path-escapes-root', 0, 1],
				['link-to-nothing', 0, 1],
			],
		);
	});
});

describe('the change set of a layer', () => {
	test('describes each type of entry as the layer left it', async (t) => {
		const entries = [
			directory('d/', { mode: 0o1777 }),
			file('d/f', 'content', { mode: 0o4755, uid: 1000, gid: 2_000_000 }),
			hardLink('d/h', '/d/f'),
			symlink('d/s', '../etc/passwd', { mtime: 0 }),
			device('d/v', 'character-device', [1, 3]),
			fifo('d/p'),
		];
		t.assert.deepEqual(await changesOf(1, [[], entries]), [
			{
				path: 'd',
				kind: 'added',
				type: 'directory',
				sizeBytes: 0,
				mode: '1777',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
			},
			{
				path: 'd/f',
				kind: 'added',
				type: 'file',
				sizeBytes: 7,
				mode: '4755',
				uid: 1000,
				gid: 2_000_000,
				mtime: 1_700_000_000,
			},
			{
				path: 'd/h',
				kind: 'added',
				type: 'hard-link',
				sizeBytes: 0,
				mode: '0644',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
				linkTarget: 'd/f',
				linked: { layerIndex: 1, path: 'd/f', sizeBytes: 7 },
			},
			{
				path: 'd/p',
				kind: 'added',
				type: 'fifo',
				sizeBytes: 0,
				mode: '0644',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
			},
			{
				path: 'd/s',
				kind: 'added',
				type: 'symlink',
				sizeBytes: 0,
				mode: '0777',
				uid: 0,
				gid: 0,
				mtime: 0,
				linkTarget: '../etc/passwd',
			},
			{
				path: 'd/v',
				kind: 'added',
				type: 'character-device',
				sizeBytes: 0,
				mode: '0644',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
				device: '1:3',
			},
		]);
	});

	test('describes a removed path as it was', async (t) => {
		const below = [directory('d/'), file('d/f', 'old', { mode: 0o600 }), symlink('d/s', 'f')];
		t.assert.deepEqual(await changesOf(1, [below, [whiteout('d')]]), [
			{
				path: 'd',
				kind: 'removed',
				type: 'directory',
				sizeBytes: 0,
				mode: '0755',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
			},
			{
				path: 'd/f',
				kind: 'removed',
				type: 'file',
				sizeBytes: 3,
				mode: '0600',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
			},
			{
				path: 'd/s',
				kind: 'removed',
				type: 'symlink',
				sizeBytes: 0,
				mode: '0777',
				uid: 0,
				gid: 0,
				mtime: 1_700_000_000,
				linkTarget: 'f',
			},
		]);
	});

	test('leaves out what a layer ships and does not change', async (t) => {
		const entries = [directory('./'), directory('d/'), file('d/f', 'x')];
		t.assert.deepEqual(
			await changesOf(1, [entries, [directory('./', { mode: 0o700 }), directory('d/')]]),
			[],
		);
	});

	test('gives a directory that no layer has an entry for the attributes that it has by definition', async (t) => {
		t.assert.deepEqual((await changesOf(1, [[file('a', 'x')], [file('a/b', 'y')]]))[0], {
			path: 'a',
			kind: 'content',
			type: 'directory',
			sizeBytes: 0,
			mode: '0755',
			uid: 0,
			gid: 0,
		});
	});

	test('adds up to the counts of the layer', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const report = await jsonReportOf(await loadLayers(layers));
				for (const { changes, changeCounts } of report.layers) {
					for (const [kind, counts] of Object.entries(changeCounts)) {
						const ofKind = changes.filter((change) => change.kind === kind);
						const directories = ofKind.filter(({ type }) => type === 'directory').length;
						const bytes = ofKind.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
						assert.deepEqual({ files: ofKind.length - directories, directories, bytes }, counts);
					}
				}
			}),
			{ numRuns: 200 },
		);
	});

	test('names every path once, with its folders', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const loaded = await loadLayers(layers);
				const report = await jsonReportOf(loaded);
				for (const { index, changes } of report.layers) {
					const comparison = compare(loaded.tree, index, index + 1);
					const expected = Array.from({ length: loaded.tree.nodeCount }, (_, node) => ({
						kind: changeKinds[kindAt(comparison, node)],
						path: pathOf(loaded.tree, node),
					}));
					assert.deepEqual(
						changes.map(({ kind, path }) => ({ kind, path })),
						expected.filter(({ kind, path }) => path !== '' && kind !== 'absent' && kind !== 'unchanged'),
					);
				}
			}),
			{ numRuns: 200 },
		);
	});
});

describe('what a later comparison needs beside the change sets', () => {
	test('a hard link says which entry has its content, even where no path shows that entry any more', async (t) => {
		const layers = [
			[file('a', 'one'), hardLink('b', 'a'), file('a', 'two!')],
			[whiteout('a'), hardLink('c', 'b'), hardLink('d', 'nowhere')],
		];
		const report = await jsonReportOf(await loadLayers(layers));
		const first = { layerIndex: 0, path: 'a', sizeBytes: 3, superseded: 0 };
		t.assert.deepEqual(
			report.layers.map(({ changes }) => changes.map(({ path, linked }) => [path, linked])),
			[
				[
					['a', undefined],
					['b', first],
				],
				[
					['a', undefined],
					['c', first],
					['d', null],
				],
			],
		);
	});

	test('a layer lists the entries whose place a later entry took, in their order', async (t) => {
		const entries = [
			file('b', 'one'),
			symlink('a', 'x'),
			file('b/c', 'four'),
			directory('a'),
			file('b', '2'),
		];
		const report = await jsonReportOf(await loadLayers([entries]));
		t.assert.deepEqual(report.layers[0].superseded, [
			{ path: 'b', type: 'file', sizeBytes: 3 },
			{ path: 'a', type: 'symlink', sizeBytes: 0 },
			{ path: 'b/c', type: 'file', sizeBytes: 4 },
		]);
	});

	test('a layer lists directories that it has and does not change, and implied ones that it removes', async (t) => {
		const layers = [
			[directory('d', { mtime: 1 }), file('implied/f', 'x'), file('gone/f', 'x'), directory('e/')],
			[directory('d', { mtime: 2 }), directory('implied'), whiteout('gone'), whiteout('e'), file('e/f')],
		];
		const report = await jsonReportOf(await loadLayers(layers));
		const lists = report.layers.map(({ unchangedDirectories }) =>
			unchangedDirectories?.map(({ path, kind, mtime }) => [path, kind, mtime]),
		);
		t.assert.deepEqual(lists, [
			[],
			[
				['d', 'unchanged', 2],
				['e', 'unchanged', undefined],
				['gone', 'removed', undefined],
				['implied', 'unchanged', 1_700_000_000],
			],
		]);
	});

	test('the image has what Docker adds to a config', async (t) => {
		const config = {
			config: { Healthcheck: { Test: ['NONE'] }, Shell: ['/bin/ash', '-c'], OnBuild: ['RUN x'] },
		};
		const { image } = await jsonReportOf(await fromFile(dockerArchive([{ layers: [[]], config }])));
		const { healthcheck, shell, onBuild } = image.config;
		t.assert.deepEqual([healthcheck?.test, shell, onBuild], [['NONE'], ['/bin/ash', '-c'], ['RUN x']]);
	});
});

describe('hostile names in the JSON report', () => {
	const names: readonly (readonly [string, string | Uint8Array, string])[] = [
		['quotes and backslashes', 'a"b\\c', 'a"b\\c'],
		['an escape sequence', 'a\u001b[31mb', 'a\u001b[31mb'],
		['a line feed', 'a\nb', 'a\nb'],
		['a C1 control', 'a\u009b31mb', 'a\u009b31mb'],
		['a text that turns its direction', 'a\u202eb', 'a\u202eb'],
		['letters of other scripts', 'naïve-文件-🐳', 'naïve-文件-🐳'],
		['an invisible tag beyond the basic plane', 'a\u{e0041}b', 'a\u{e0041}b'],
		['a byte that is not UTF-8', Uint8Array.of(0x61, 0xff, 0x62), 'a\\xFFb'],
		['a literal text that looks like such a byte', 'a\\xFFb', 'a\\x5CxFFb'],
		['100,000 bytes', 'n'.repeat(100_000), 'n'.repeat(100_000)],
	];
	for (const [what, name, expected] of names) {
		test(`${what}: the name comes back, and nothing in the text moves a cursor`, async (t) => {
			const inFolder = Uint8Array.of(...bytesOf('f/'), ...bytesOf(name));
			const text = await jsonTextOf(await loadLayers([[file(inFolder, 'x'), symlink('to', name)]]));
			const [{ changes }] = parseReport(text).layers;
			t.assert.deepEqual(
				changes.map(({ path, linkTarget }) => linkTarget ?? path),
				[`f/${expected}`, expected],
			);
			t.assert.doesNotMatch(text, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
		});
	}
});

describe('however the image is read', () => {
	const layers = [
		[directory('d/'), file('d/f', 'content'), file('gone', 'x')],
		[hardLink('h', 'd/f'), whiteout('gone'), file('d/f', 'content')],
	];

	test('the report is the same but for the reference', async (t) => {
		const archive = dockerArchive([{ names: ['app:1'], layers }]);
		const byPosition = await jsonTextOf(renamed(await fromFile(archive), '-'));
		t.assert.equal(await jsonTextOf(await fromStream(archive)), byPosition);
	});

	for (const [name, load] of Object.entries(waysOfReading)) {
		test(`${name}: the report keeps to the schema`, async (t) => {
			t.assert.equal((await jsonReportOf(await load(layers))).layers.length, 2);
		});
	}
});

describe('the SHA-256 of files in the report', () => {
	const twoLayers = [
		[file('a', 'one'), file('empty'), symlink('link', 'a'), directory('d')],
		[file('a', 'two'), hardLink('b', 'a'), whiteout('empty')],
	];

	test('is there when it is asked for, for every regular file that is there after a change', async (t) => {
		const path = join(await temporaryFolder(t), 'image.tar');
		await writeFile(path, dockerArchive([{ layers: twoLayers }]));
		const report = parseReport(await jsonTextOf(await loadImage(path), { digests: true }));
		t.assert.deepEqual(
			report.layers.map(({ changes }) => changes.map(({ path, sha256 }) => [path, sha256])),
			[
				[
					['a', sha256('one')],
					['d', undefined],
					['empty', sha256('')],
					['link', undefined],
				],
				[
					['a', sha256('two')],
					['b', undefined],
					['empty', undefined],
				],
			],
		);
	});

	test('is there for an entry whose place a later entry took', async (t) => {
		const path = join(await temporaryFolder(t), 'image.tar');
		const entries = [file('a', 'one'), hardLink('b', 'a'), symlink('s', 'a'), file('s'), file('a', 'two')];
		await writeFile(path, dockerArchive([{ layers: [entries] }]));
		const report = parseReport(await jsonTextOf(await loadImage(path), { digests: true }));
		t.assert.deepEqual(report.layers[0].superseded, [
			{ path: 'a', type: 'file', sizeBytes: 3, sha256: sha256('one') },
			{ path: 's', type: 'symlink', sizeBytes: 0 },
		]);
	});

	test('is not there otherwise', async (t) => {
		t.assert.doesNotMatch(await jsonTextOf(await loadLayers(twoLayers)), /sha256":/);
	});
});

function sha256(content: string): string {
	return createHash('sha256').update(content).digest('hex');
}

async function changesOf(layerIndex: number, layers: readonly (readonly TarEntry[])[]) {
	return (await jsonReportOf(await loadLayers(layers))).layers[layerIndex].changes;
}

function renamed(loaded: ImageSession, reference: string): Reportable {
	return withFacts(loaded, { reference });
}
