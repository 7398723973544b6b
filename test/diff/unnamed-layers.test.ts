import { test } from 'node:test';
import type { AlignedLayer } from '../../source/diff/align-layers.ts';
import { file, type TarEntry } from '../support/archives/tar-entry.ts';
import { compareArchived } from '../support/pair/compare-archived.ts';

type Layers = readonly (readonly TarEntry[])[];

const base = [file('a', '1')];

/** What became of each layer, where the last one of each image has no diff ID. */
async function kindsOf(older: Layers, newer: Layers): Promise<readonly AlignedLayer['kind'][]> {
	const unnamed = (layers: Layers) => ({
		layers,
		config: { rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] } },
	});
	const { difference } = await compareArchived(unnamed(older), unnamed(newer));
	return difference.layers.map(({ kind }) => kind);
}

test('a layer without a diff ID is shared where the images have the same files', async (t) => {
	const wrote = [file('b', '2')];
	t.assert.deepEqual(await kindsOf([base, wrote], [base, wrote]), ['shared', 'shared']);
	t.assert.deepEqual(await kindsOf([base, wrote], [base, [file('b', '3')]]), ['shared', 'changed']);
});

test('an empty layer without a diff ID is no layer', async (t) => {
	t.assert.deepEqual(await kindsOf([base], [base, []]), ['shared']);
	t.assert.deepEqual(await kindsOf([base, []], [base]), ['shared']);
	t.assert.deepEqual(await kindsOf([base], [base, [file('b', '2')]]), ['shared', 'inserted']);
});
