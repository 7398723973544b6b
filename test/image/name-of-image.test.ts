import { describe, test } from 'node:test';
import { nameOfImage } from '../../source/image/image.ts';

describe('what an image is called', () => {
	const names = [
		['its name', './shop.tar', ['shop:1', 'shop:latest'], 'shop:1'],
		['what the user wrote, where it has no name', './shop.tar', [], './shop.tar'],
		['a name that is a tag alone, behind its folder', '/images/shop', ['1'], 'shop:1'],
		['such a name behind a folder with a slash', 'images/shop/', ['latest'], 'shop:latest'],
		['such a name once, where the user wrote it too', 'images/shop:1', ['1'], 'shop:1'],
		['such a name by itself, where there is no folder', '-', ['1'], '1'],
		['a name with a repository, wherever it lies', 'images/shop', ['example/shop'], 'example/shop'],
	] as const;
	for (const [what, reference, imageNames, expected] of names) {
		test(`is ${what}`, (t) => {
			t.assert.equal(nameOfImage({ reference, description: { names: imageNames } }), expected);
		});
	}
});
