import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ComparedImage } from '../../../source/session/pair/compared-image.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import { findFirstDifference } from '../../../source/session/pair/reproducible/find-first-difference.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** An image of one file, which is closed after the test. */
async function imageWith(t: TestContext, content: string) {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, dockerArchive([{ names: ['app:1'], layers: [[file('a', content)]] }]));
	const session = await loadImage(path);
	t.after(() => session.close());
	return session;
}

/** What is left of an image in a saved report: its layers cannot be read again. */
function withoutFiles({ image, tree, figures, contents, details }: ComparedImage): ComparedImage {
	return { image, tree, figures, contents, details };
}

describe('layers that cannot be read again', () => {
	test('are said not to have been compared, and the rest is', async (t) => {
		const older = await imageWith(t, 'one');
		const newer = withoutFiles(await imageWith(t, 'two'));
		const { layer, config } = await findFirstDifference([older, newer]);
		t.assert.deepEqual(layer?.difference, { kind: 'not-readable', side: 'new', isSaved: false });
		t.assert.equal(config.isSame, false);
		const { strict, files } = await compareImages([older, newer], undefined, { isStrict: true });
		const tars = { kind: 'not-readable', side: 'new', isSaved: false };
		t.assert.deepEqual(strict?.layers, [{ indices: [0, 0], tars }]);
		t.assert.equal(files.counts.content.files, 1);
	});

	test('need not be, where their diff IDs show that they are equal', async (t) => {
		const images = [await imageWith(t, 'one'), withoutFiles(await imageWith(t, 'one'))] as const;
		t.assert.equal((await findFirstDifference(images)).layer, null);
		t.assert.deepEqual((await compareImages(images, undefined, { isStrict: true })).strict, { layers: [] });
	});

	test('are not asked for without a strict comparison', async (t) => {
		const images = [withoutFiles(await imageWith(t, 'one')), await imageWith(t, 'two')] as const;
		t.assert.equal((await compareImages(images)).strict, null);
	});
});
