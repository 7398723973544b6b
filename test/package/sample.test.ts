import { readFile, stat } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packImage } from '../../sample/archive.ts';
import { sampleImage } from '../../sample/image.ts';
import { listedKinds } from '../../source/analysis/figures.ts';
import { wasteCauses } from '../../source/filetree/file-tree.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { loadImage } from '../support/load-image.ts';

const file = new URL('../../sample/image.tar', import.meta.url);

describe('the sample image', () => {
	let sample: ImageSession;
	before(async () => {
		sample = await loadImage(fileURLToPath(file), { verify: true });
	});

	test('is, byte for byte, what its script makes', async (t) => {
		const same = (await packImage(sampleImage)).equals(await readFile(file));
		t.assert.equal(same, true, 'sample/image.tar is not what `npm run sample` makes');
	});

	test('is smaller than 400 KB', async (t) => {
		const { size } = await stat(file);
		t.assert.equal(size < 400_000, true, `${size} bytes`);
	});

	test('has each kind of change in some layer', (t) => {
		const kinds = listedKinds.filter((kind) =>
			sample.figures.layers.some(({ changes }) => changes[kind].files > 0),
		);
		t.assert.deepEqual(kinds, listedKinds);
	});

	test('has each cause of waste', (t) => {
		t.assert.deepEqual(
			wasteCauses.filter((cause) => sample.figures.wasteByCause[cause] > 0),
			wasteCauses,
		);
	});

	test('is sound: its diff IDs match and there is nothing to warn of', (t) => {
		t.assert.deepEqual(
			sample.image.diffIdMatches,
			sample.tree.changesets.map(() => true),
		);
		t.assert.deepEqual(sample.image.warnings, []);
		t.assert.deepEqual(sample.image.notices, []);
	});
});
