import { describe, test } from 'node:test';
import { bar, shortCount } from '../../../source/tui/model/frame/figures.ts';
import { treeGuides } from '../../../source/tui/model/frame/guides.ts';
import { wrap } from '../../../source/tui/model/frame/wrap.ts';
import { moveInList, topOf } from '../../../source/tui/model/list-window.ts';
import { editText, type TextEdit, type TextInput, textInput } from '../../../source/tui/model/text-input.ts';
import { filesLayout } from '../../../source/tui/model/views/files/files-layout.ts';

describe('a line of text that is typed', () => {
	const edited = (text: string, ...edits: readonly TextEdit[]) =>
		shown(edits.reduce(editText, textInput(text)));
	const shown = ({ text, cursor }: TextInput) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

	test('takes text where the cursor is', (t) => {
		t.assert.equal(edited('ac', { type: 'left' }, { type: 'insert', text: 'b' }), 'ab|c');
		t.assert.equal(edited('bc', { type: 'start' }, { type: 'insert', text: 'a' }, { type: 'end' }), 'abc|');
	});

	test('deletes what a user sees as one character', (t) => {
		t.assert.equal(edited('ae\u0301', { type: 'delete-before' }), 'a|');
		t.assert.equal(edited('a👍🏽', { type: 'left' }, { type: 'delete-after' }), 'a|');
		t.assert.equal(edited('', { type: 'delete-before' }, { type: 'delete-after' }), '|');
	});

	test('deletes a word, a path component, and all before the cursor', (t) => {
		t.assert.equal(edited('usr/lib/libc.so', { type: 'delete-word' }), 'usr/lib/|');
		t.assert.equal(edited('usr/lib/', { type: 'delete-word' }), 'usr/|');
		t.assert.equal(edited('abc', { type: 'left' }, { type: 'delete-to-start' }), '|c');
	});

	test('has an end', (t) => {
		t.assert.equal(editText(textInput(''), { type: 'insert', text: 'x'.repeat(1001) }).text, '');
	});
});

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

describe('the layout', () => {
	test('gives each pane its cells, with a column and rows for what parts them', (t) => {
		for (const [columns, rows] of [
			[80, 24],
			[120, 40],
			[200, 60],
			[301, 99],
		] as const) {
			const { leftWidth, panes } = filesLayout({ columns, rows }, 12);
			t.assert.equal(leftWidth + 1 + panes.files.width, columns);
			t.assert.equal(panes.layers.height + panes.details.height + 2, rows - 2);
			t.assert.equal(panes.files.height + 1, rows - 2);
		}
	});

	test('leaves at least half of the column to the details, and all that the layers do not need', (t) => {
		const heights = (layerCount: number) => filesLayout({ columns: 120, rows: 40 }, layerCount).panes;
		t.assert.deepEqual([heights(3).layers.height, heights(3).details.height], [3, 33]);
		t.assert.deepEqual([heights(100).layers.height, heights(100).details.height], [18, 18]);
	});
});

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

test('lines of a tree join siblings, and of deep ones the nearest part stays', (t) => {
	t.assert.equal(treeGuides([true], '▸', 20), '▸ ');
	t.assert.equal(treeGuides([false, true], null, 20), '└── ');
	t.assert.equal(treeGuides([false, false, true, false], '▾', 20), '│   ├─▾ ');
	t.assert.equal(treeGuides([false, false, false, false, false, false, true], null, 6), '…│ └── ');
});

test('text is wrapped at spaces, else where the line ends, and cut after the last line', (t) => {
	t.assert.deepEqual(wrap('one two three', 8, 3), ['one two', 'three']);
	t.assert.deepEqual(wrap('abcdefghijkl', 5, 3), ['abcde', 'fghij', 'kl']);
	t.assert.deepEqual(wrap('one two three four', 8, 2), ['one two', 'three f…']);
	t.assert.deepEqual(wrap('日本語日本語', 5, 3), ['日本', '語日', '本語']);
	t.assert.deepEqual(wrap('', 5, 3), []);
});
