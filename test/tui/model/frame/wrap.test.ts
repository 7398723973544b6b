import { test } from 'node:test';
import { wrap } from '../../../../source/tui/model/frame/wrap.ts';

test('text is wrapped at spaces, else where the line ends, and cut after the last line', (t) => {
	t.assert.deepEqual(wrap('one two three', 8, 3), ['one two', 'three']);
	t.assert.deepEqual(wrap('abcdefghijkl', 5, 3), ['abcde', 'fghij', 'kl']);
	t.assert.deepEqual(wrap('one two three four', 8, 2), ['one two', 'three f…']);
	t.assert.deepEqual(wrap('日本語日本語', 5, 3), ['日本', '語日', '本語']);
	t.assert.deepEqual(wrap('', 5, 3), []);
});
