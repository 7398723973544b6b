import { describe, test } from 'node:test';
import {
	arrange,
	headRows,
	type LayoutChoice,
	layersLayout,
} from '../../../source/tui/model/views/layers/layers-layout.ts';

const choice: LayoutChoice = { focus: 'layers', isZoomed: false, widening: 0 };
const sizes = [
	[60, 15],
	[60, 20],
	[80, 23],
	[80, 24],
	[99, 60],
	[100, 20],
	[120, 15],
	[120, 40],
	[200, 60],
	[301, 99],
] as const;

describe('the layout of the layers', () => {
	test('gives all lines and cells of any screen to panes, whatever is zoomed and widened', (t) => {
		for (const [columns, rows] of sizes) {
			for (const focus of ['layers', 'files', 'layer details', 'file details'] as const) {
				for (const isZoomed of [false, true]) {
					for (const widening of [-20, 0, 3, 20]) {
						for (const listRows of [1, 12, 500]) {
							const layout = layersLayout({ columns, rows }, listRows);
							const { left, right, leftWidth, panes } = arrange(layout, { focus, isZoomed, widening });
							const heightOf = (column: typeof left) =>
								column.reduce((sum, pane) => {
									const hasTitle = right.length > 0 || pane !== 'layers';
									return sum + panes[pane].height + headRows(pane, hasTitle);
								}, 0);
							t.assert.equal(heightOf(left), rows - 4);
							if (right.length > 0) t.assert.equal(heightOf(right), rows - 4);
							t.assert.equal(right.length > 0 ? leftWidth + 1 + panes.files.width : leftWidth, columns);
							for (const pane of [...left, ...right]) t.assert.equal(panes[pane].height >= 1, true);
							t.assert.equal([...left, ...right].includes(focus), true);
						}
					}
				}
			}
		}
	});

	test('shows one pane at a time below 20 rows, stacks them below 100 columns, and else has them side by side', (t) => {
		const panes = (columns: number, rows: number) => {
			const { left, right } = arrange(layersLayout({ columns, rows }, 12), choice);
			return [left, right];
		};
		t.assert.deepEqual(panes(120, 19), [['layers'], []]);
		t.assert.deepEqual(panes(99, 20), [['layers', 'files', 'layer details'], []]);
		t.assert.deepEqual(panes(100, 20), [['layers', 'layer details', 'file details'], ['files']]);
	});
});
