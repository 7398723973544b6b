import { test } from 'node:test';
import { loadImage } from '../support/load-image.ts';

test('an image that is compared has all figures that it has alone', async (t) => {
	const alone = await loadImage('sample/image.tar');
	const compared = await loadImage('sample/image.tar', { isCompared: true });
	t.assert.notEqual(alone.figures.wastedPaths.length, 0);
	t.assert.deepEqual([...compared.figures.wastedPaths], [...alone.figures.wastedPaths]);
	t.assert.deepEqual(
		compared.figures.layers.map((layer) => ({ ...layer })),
		alone.figures.layers.map((layer) => ({ ...layer })),
	);
});
