import { before, describe, test } from 'node:test';
import type { JsonDifference } from '../../../source/report/diff/json/schema.ts';
import { device, directory, file, hardLink, symlink } from '../../support/archives/tar-entry.ts';
import { compareArchived } from '../../support/pair/compare-archived.ts';
import { jsonDifferenceOf } from '../../support/pair/difference-reports.ts';
import { newBuild, oldBuild } from '../../support/pair/two-builds.ts';

type Files = NonNullable<JsonDifference['files']>;

describe('the JSON of a difference', () => {
	let report: JsonDifference;
	before(async () => {
		report = await jsonDifferenceOf(await compareArchived(oldBuild, newBuild));
	});

	const rowOf = (path: string) => report.files?.find((file) => file.path === path);

	test('has one row a path, in the byte order of the paths', (t) => {
		t.assert.deepEqual(
			report.files?.map(({ path, kind }) => `${kind} ${path}`),
			[
				'content app/README.md',
				'removed app/VERSION',
				'added app/`|<b>@everyone #1\n::error::\u202e[x](http:/evil.example)',
				'type app/changes',
				'content app/current',
				'removed app/debug',
				'moved app/img/logo.png',
				'metadata app/key',
				'added app/pipe',
				'added app/second',
				'content app/server.js',
				'moved app/src',
				'moved app/src/two.js',
				'removed app/\\xFF\\xFE',
				'added opt',
				'added opt/agent',
			],
		);
	});

	test('has exact bytes of each image, and what differs in the metadata with both values', (t) => {
		t.assert.deepEqual(rowOf('app/key'), {
			path: 'app/key',
			kind: 'metadata',
			isDirectory: false,
			oldBytes: 1,
			newBytes: 1,
			fields: ['mode', 'uid'],
			from: null,
			old: { type: 'file', mode: '0644', uid: 0, gid: 0 },
			new: { type: 'file', mode: '0600', uid: 1000, gid: 0 },
		});
	});

	test('has null where a path is not there', (t) => {
		const { oldBytes, newBytes, old } = rowOf('opt/agent') ?? {};
		t.assert.deepEqual([oldBytes, newBytes, old], [null, 12_345, null]);
		t.assert.deepEqual(rowOf('app/debug')?.new, null);
	});

	test('has one row for a folder that moved, and one more for what differs in it', (t) => {
		const { kind, isDirectory, from, oldBytes, newBytes } = rowOf('app/src') ?? {};
		t.assert.deepEqual([kind, isDirectory, from, oldBytes, newBytes], ['moved', true, 'app/lib', 1500, 1500]);
		const two = rowOf('app/src/two.js');
		t.assert.deepEqual([two?.from, two?.fields], ['app/lib/two.js', ['mode']]);
		t.assert.equal(rowOf('app/src/one.js'), undefined);
	});

	test('counts what moved as added and removed', (t) => {
		t.assert.deepEqual(report.counts, {
			added: { files: 7, directories: 2 },
			removed: { files: 6, directories: 1 },
			content: { files: 3, directories: 0 },
			metadata: { files: 1, directories: 0 },
			type: { files: 1, directories: 0 },
		});
	});

	test('has each layer with its place in both images, its digests and its instruction', (t) => {
		t.assert.deepEqual(
			report.layers?.map(({ kind, oldIndex, newIndex, reason }) => [kind, oldIndex, newIndex, reason]),
			[
				['shared', 0, 0, null],
				['changed', 1, 1, 'files'],
				['shared', 2, 2, null],
				['inserted', null, 3, null],
				['changed', 3, 4, 'below'],
				['removed', 4, null, null],
			],
		);
		const { old, new: newer } = report.layers?.[1] ?? {};
		t.assert.deepEqual([old?.instruction, newer?.instruction], ['RUN fetch index', 'RUN fetch index']);
		t.assert.match(`${old?.diffId} ${newer?.diffId}`, /^sha256:[0-9a-f]{64} sha256:[0-9a-f]{64}$/);
		t.assert.notEqual(old?.diffId, newer?.diffId);
	});

	test('has every total with both values and the difference', (t) => {
		t.assert.deepEqual(report.totals?.wastedBytes, { old: 30_000, new: 31_000, delta: 1000 });
		t.assert.deepEqual(report.waste?.byCause.removed, { old: 30_000, new: 31_000, delta: 1000 });
		t.assert.deepEqual(report.pull?.layers, [1, 3, 4]);
	});

	test('has each change of the config', (t) => {
		t.assert.deepEqual(
			report.config?.find(({ name }) => name === 'PATH'),
			{ field: 'env', name: 'PATH', oldValue: '/bin', newValue: '/bin:/opt' },
		);
	});

	test('identifies both images and has the warnings of each', async (t) => {
		const two = await jsonDifferenceOf(
			await compareArchived({ names: ['a:1'], layers: [[]] }, { layers: [[file('a/../b')]], os: 'plan9' }),
		);
		t.assert.deepEqual([two.old.names, two.old.source, two.old.warnings], [['a:1'], 'docker-archive', []]);
		t.assert.equal(two.new.platform?.os, 'plan9');
		t.assert.deepEqual(
			two.new.warnings.map(({ code, layerIndex }) => [code, layerIndex]),
			[['path-escapes-root', 0]],
		);
	});

	test('says of each type what it is and where it leads', async (t) => {
		const older = [symlink('a', 'x'), device('b', 'block-device', [1, 3]), file('c', 'c'), file('d', 'd')];
		const newer = [symlink('a', 'y'), device('b', 'block-device', [1, 5]), file('c', 'c'), directory('d/')];
		const { files = [] } = await jsonDifferenceOf(
			await compareArchived({ layers: [older] }, { layers: [[...newer, hardLink('e', 'c')]] }),
		);
		t.assert.deepEqual(files.map(shortly), [
			'content a symlink x -> symlink y',
			'content b block-device 1:3 -> block-device 1:5',
			'type d file -> directory/',
			'added e - -> hard-link c',
		]);
	});

	test('leaves out the parts that are not asked for', async (t) => {
		const compared = await compareArchived(oldBuild, newBuild);
		const keys = async (...parts: readonly ('files' | 'layers' | 'config' | 'figures')[]) =>
			Object.keys(await jsonDifferenceOf(compared, { parts: new Set(parts) })).slice(4);
		t.assert.deepEqual(await keys('files'), [
			'differs',
			'selection',
			'unknown',
			'counts',
			'unknownContents',
			'files',
		]);
		t.assert.deepEqual(await keys('layers', 'config'), [
			'differs',
			'selection',
			'unknown',
			'pull',
			'layers',
			'config',
		]);
		t.assert.deepEqual(await keys('figures'), [
			'differs',
			'selection',
			'unknown',
			'totals',
			'efficiency',
			'waste',
			'pull',
		]);
	});
});

function shortly({ kind, path, isDirectory, old, new: newer }: Files[number]): string {
	const stateOf = (state: Files[number]['old']) =>
		state === null ? '-' : [state.type, state.linkTarget ?? state.device ?? ''].join(' ').trim();
	return `${kind} ${path} ${stateOf(old)} -> ${stateOf(newer)}${isDirectory ? '/' : ''}`;
}
