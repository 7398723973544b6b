import { describe, test } from 'node:test';
import { filesLayout } from '../../../source/tui/model/views/files/files-layout.ts';

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
