import { test } from 'node:test';
import { bar, shortCount } from '../../../../source/tui/model/frame/figures.ts';

test('a bar shows eighths of a cell, and anything above nothing', (t) => {
	t.assert.equal(bar(1, 4), '████');
	t.assert.equal(bar(0.5, 4), '██');
	t.assert.equal(bar(0.51, 8), '████▏');
	t.assert.equal(bar(1e-9, 4), '▏');
	t.assert.equal(bar(0, 4), '');
});

test('counts are short', (t) => {
	t.assert.deepEqual([0, 9999, 10_000, 148_302, 999_499, 999_500, 1_240_000, 12_400_000].map(shortCount), [
		'0',
		'9999',
		'10k',
		'148k',
		'999k',
		'1.0M',
		'1.2M',
		'12M',
	]);
});
