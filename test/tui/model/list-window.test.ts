import { describe, test } from 'node:test';
import { moveInList, topOf } from '../../../source/tui/model/list-window.ts';

describe('a window on a list', () => {
	const list = { total: 100, height: 10, index: 50, line: 4 };

	test('keeps the cursor on its line, except at the ends', (t) => {
		t.assert.equal(topOf(list), 46);
		t.assert.equal(topOf({ ...list, index: 2 }), 0);
		t.assert.equal(topOf({ ...list, index: 99, line: 2 }), 90);
		t.assert.equal(topOf({ ...list, total: 5, index: 3 }), 0);
		t.assert.equal(topOf({ ...list, height: 3 }), 48);
	});

	test('moves by a line with the cursor, by a page under it', (t) => {
		t.assert.deepEqual(moveInList(list, 'line', 1), { index: 51, line: 5 });
		t.assert.deepEqual(moveInList({ ...list, line: 9 }, 'line', 1), { index: 51, line: 9 });
		t.assert.deepEqual(moveInList(list, 'page', -1), { index: 41, line: 4 });
		t.assert.deepEqual(moveInList(list, 'all', 1), { index: 99, line: 4 });
		t.assert.deepEqual(moveInList({ ...list, total: 0, index: 0 }, 'all', 1), { index: 0, line: 0 });
	});
});
