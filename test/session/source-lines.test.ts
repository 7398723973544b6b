import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadImage } from '../support/load-image.ts';

const data = new URL('../image/data/buildkit/', import.meta.url);
const path = fileURLToPath(new URL('provenance-v1.tar', data));
const source = readFileSync(new URL('Dockerfile', data), 'utf8');
const lines = [5, 18, 19, 20, 21, 22, 26, 30, 33, 34, 35];

describe('the lines that made the layers of an image', () => {
	test('are those of its provenance', async (t) => {
		const { image } = await loadImage(path);
		t.assert.deepEqual(
			image.instructions?.map((line) => line?.line),
			lines,
		);
		t.assert.deepEqual(image.notices, []);
	});

	test('are those of the Dockerfile that the user names', async (t) => {
		const dockerfile = { name: 'app.dockerfile', source: `\n${source}`, target: null };
		const { image } = await loadImage(path, { dockerfile });
		t.assert.deepEqual(
			image.instructions?.map((line) => line?.line),
			lines.map((line) => line + 1),
		);
		t.assert.equal(image.instructions?.[0]?.file, 'app.dockerfile');
	});

	test('are not known of a Dockerfile of another image, which a notice says', async (t) => {
		const dockerfile = { name: 'Dockerfile', source: 'FROM debian\nRUN apt-get update\n', target: null };
		const { image } = await loadImage(path, { dockerfile });
		t.assert.deepEqual(new Set(image.instructions), new Set([null]));
		t.assert.deepEqual(image.notices, [
			{
				code: 'dockerfile-not-matched',
				message: 'Dockerfile: it does not fit the history of the image: no lines are named.',
			},
		]);
	});
});
