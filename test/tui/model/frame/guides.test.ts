import { test } from 'node:test';
import { treeGuides } from '../../../../source/tui/model/frame/guides.ts';

test('lines of a tree join siblings, and of deep ones the nearest part stays', (t) => {
	t.assert.equal(treeGuides([true], '▸', 20), '▸ ');
	t.assert.equal(treeGuides([false, true], null, 20), '└── ');
	t.assert.equal(treeGuides([false, false, true, false], '▾', 20), '│   ├─▾ ');
	t.assert.equal(treeGuides([false, false, false, false, false, false, true], null, 6), '…│ └── ');
});
