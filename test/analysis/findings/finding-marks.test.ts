import { describe, test } from 'node:test';
import type { FindingsChoice } from '../../../source/analysis/findings/image-findings.ts';
import { file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';

type Layers = readonly (readonly TarEntry[])[];

const twoFiles = [[file('a/x', 'x'), file('a/b/y', 'y')], [whiteout('a')]];

async function markedBy(
	layers: Layers,
	paths: readonly string[] | null,
): Promise<readonly (string | null)[]> {
	const { details } = await loadLayers(layers);
	const accepted = [{ code: 'removed-later', paths, reason: 'because', line: 1 }] as const;
	const choice: FindingsChoice = { withContents: false, accepted, ignored: paths === null ? [] : [paths] };
	const { findings, unused } = await details.findings(choice);
	const [finding] = findings;
	return [
		finding.acceptedBecause,
		...unused.map(({ reason }) => `unused: ${reason}`),
		...finding.ignoredBy.map(String),
	];
}

describe('a finding is accepted and ignored', () => {
	for (const [paths, name] of [
		[['a'], 'by a folder around all of its files'],
		[['a/x', 'a/b'], 'by several globs together'],
		[['**/[xy]'], 'by a glob for each file'],
	] as const)
		test(name, async (t) => {
			t.assert.deepEqual(await markedBy(twoFiles, paths), ['because', '0']);
		});

	test('not by a glob for some of its files', async (t) => {
		t.assert.deepEqual(await markedBy(twoFiles, ['a/b']), [null, 'unused: because']);
	});

	test('without paths whatever it is about', async (t) => {
		t.assert.deepEqual(await markedBy(twoFiles, null), ['because']);
	});

	test('below twenty thousand folders', async (t) => {
		const deep = [[file(`${'d/'.repeat(20_000)}f`, 'x')], [whiteout('d')]];
		t.assert.deepEqual(await markedBy(deep, ['d/d']), ['because', '0']);
		t.assert.deepEqual(await markedBy(deep, ['e']), [null, 'unused: because']);
	});
});
