import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { baselineOf } from '../../../source/commands/related/image-baseline.ts';
import type { Baseline, BaselineContents } from '../../../source/gate/baseline/baseline.ts';
import { findGrownPaths } from '../../../source/gate/baseline/grown-paths.ts';
import { leftOutOfBaseline } from '../../../source/gate/baseline/left-out.ts';
import { JsonRows } from '../../../source/report/saved/json-rows.ts';
import { PathRows } from '../../../source/report/saved/path-rows.ts';
import { looksLikeReport, readReport } from '../../../source/report/saved/read-report.ts';
import type { SavedReport } from '../../../source/report/saved/saved-report.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { globMatcher } from '../../../source/text/path-globs.ts';
import { arbitraryLayers } from '../../support/arbitrary-layers.ts';
import { loadLayers } from '../../support/load-layers.ts';
import { jsonTextOf } from '../../support/report.ts';
import { file } from '../../support/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const never = new AbortController().signal;

async function saved(t: TestContext, text: string): Promise<SavedReport> {
	const path = join(await temporaryFolder(t), 'report.json');
	await writeFile(path, text);
	return readReport(path, never);
}

function contentsOf({ paths, baseLayerCount }: SavedReport): BaselineContents {
	if (paths === null) throw new TypeError('The report has no paths.');
	return { kind: 'list', ...paths, baseLayerCount };
}

describe('a saved report', () => {
	test('tells of the image what rules ask for', async (t) => {
		const session = await loadLayers([[file('a', '12345')], [file('a', '1')]]);
		const report = await saved(t, await jsonTextOf(session));
		const { figures, layers, names, platform }: Baseline = baselineOf('image', session);
		t.assert.deepEqual(
			{ figures: report.figures, layers: report.layers, names: report.names, platform: report.platform },
			{ figures, layers, names, platform },
		);
		t.assert.deepEqual([report.baseLayerCount, report.withoutLayers], [1, []]);
	});

	test('is told by its first character that is no white space', async (t) => {
		const folder = await temporaryFolder(t);
		const cases: readonly (readonly [string, boolean])[] = [
			['{}', true],
			['\uFEFF \r\n\t{', true],
			['[{}]', false],
			['', false],
		];
		for (const [text, expected] of cases) {
			await writeFile(join(folder, 'file'), text);
			t.assert.equal(await looksLikeReport(join(folder, 'file')), expected, JSON.stringify(text));
		}
		t.assert.equal(await looksLikeReport(folder), false);
		t.assert.equal(await looksLikeReport('/dev/zero'), false);
	});

	test('that lacks something is read without it', async (t) => {
		const report = await saved(
			t,
			'\uFEFF{"schemaVersion":1,"generator":{"name":"fathom"},"layers":[{"changes":[]}]}',
		);
		t.assert.deepEqual(report, {
			reference: null,
			names: [],
			platform: null,
			figures: {
				storedBytes: null,
				unpackedBytes: null,
				liveBytes: null,
				wastedBytes: null,
				addedWastedBytes: null,
			},
			layers: null,
			withoutLayers: [],
			baseLayerCount: null,
			paths: { visible: new Map(), wasted: [] },
		});
	});

	for (const row of ['{"path":"a","kind":"added"}', '{"kind":"added","sizeBytes":1}', '{"path":1}'])
		test(`with the row ${row} is taken without its paths`, async (t) => {
			const text = `{"schemaVersion":1,"generator":{"name":"fathom"},"layers":[{"changes":[${row}]}]}`;
			t.assert.equal((await saved(t, text)).paths, null);
		});

	test('gives the same paths that grew, and the same left out, as the image itself', async (t) => {
		const loadBoth = (layers: Parameters<typeof loadLayers>[0]) => loadLayers(layers);
		const globs = [['**/a'], ['b'], ['*', 'c/**']];
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, arbitraryLayers, async (older, newer) => {
				const [before, after] = await Promise.all([loadBoth(older), loadBoth(newer)]);
				const list = contentsOf(await saved(t, await jsonTextOf(before)));
				const tree = treeOf(before);
				const grown = (contents: BaselineContents) => finish(findGrownPaths(contents, after.tree));
				t.assert.deepEqual(grown(list), grown(tree));
				for (const each of globs) {
					const leftOut = (contents: BaselineContents) =>
						finish(leftOutOfBaseline(contents, globMatcher(each)));
					const [fromList, fromTree] = [leftOut(list), leftOut(tree)];
					t.assert.deepEqual(
						[fromList?.liveBytes, fromList?.wastedBytes],
						[fromTree?.liveBytes, fromTree?.wastedBytes],
					);
				}
			}),
			{ numRuns: 60 },
		);
	});
});

function treeOf({ tree, figures }: ImageSession): BaselineContents {
	return { kind: 'tree', tree, baseLayerCount: figures.base.layerCount };
}

describe('the rows of a report', () => {
	/** Each row with its place, and the document without rows. */
	function read(text: string, pieceBytes: number) {
		const rows: unknown[] = [];
		const { isList } = new PathRows();
		const json = new JsonRows({ isList, onRow: (place, row) => rows.push([place.join('.'), row]) });
		const bytes = Buffer.from(text);
		// A file is read into one buffer again and again.
		const buffer = Buffer.alloc(pieceBytes);
		for (let start = 0; start < bytes.length; start += pieceBytes)
			json.push(buffer.subarray(0, bytes.copy(buffer, 0, start, start + pieceBytes)));
		return { rows, document: json.finish() };
	}

	const text = JSON.stringify(
		{
			a: { wastedPaths: [{ path: 'not a row' }], 'odd "}]{[ key\\': [[{}]] },
			wastedPaths: [{ path: 'x"]}\\', culprits: [1, 2] }, { path: '\u00e9' }],
			layers: [
				{ diffId: 'a', changes: [{ path: 'p' }, { path: 'q', deep: { changes: [{}] } }], more: 1 },
				{ changes: [] },
			],
			end: true,
		},
		null,
		1,
	);

	for (const pieceBytes of [1, 2, 7, 64, 10_000])
		test(`come one by one from pieces of ${pieceBytes} bytes`, (t) => {
			t.assert.deepEqual(read(text, pieceBytes), {
				rows: [
					['.wastedPaths', { path: 'x"]}\\', culprits: [1, 2] }],
					['.wastedPaths', { path: '\u00e9' }],
					['.layers..changes', { path: 'p' }],
					['.layers..changes', { path: 'q', deep: { changes: [{}] } }],
				],
				document: {
					a: { wastedPaths: [{ path: 'not a row' }], 'odd "}]{[ key\\': [[{}]] },
					wastedPaths: [],
					layers: [{ diffId: 'a', changes: [], more: 1 }, { changes: [] }],
					end: true,
				},
			});
		});

	for (const [what, broken, message] of [
		['ends early', '{"layers":[{"changes":[{"path":"a"}', 'it ends before its JSON does.'],
		['ends in a string', '{"a', 'it ends before its JSON does.'],
		['has a row that is no JSON', '{"wastedPaths":[{path}]}', 'its JSON is invalid.'],
		['has something behind it', '{} {}', 'its JSON is invalid.'],
		['closes what is not open', '{"a":1}}', 'its JSON is invalid.'],
		['is nested deeply', '{"a":'.repeat(100), 'its JSON is nested too deeply.'],
		['has a row of a megabyte', `{"wastedPaths":[{"path":"${'a'.repeat(2 ** 20)}"}]}`, 'it is too large.'],
	] as const)
		test(`of a document that ${what}: an error`, (t) => {
			t.assert.throws(() => read(broken, 1000), { name: 'FathomError', message });
		});
});
