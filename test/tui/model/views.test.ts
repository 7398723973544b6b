import { describe, test } from 'node:test';
import { keysIn } from '../../../source/tui/model/bindings/key-labels.ts';
import { keymap } from '../../../source/tui/model/keymap.ts';
import { stateIn } from '../../../source/tui/model/shown/shown-view.ts';
import { layersLayout } from '../../../source/tui/model/views/layers/layers-layout.ts';
import { layersView } from '../../../source/tui/model/views/layers/layers-view.ts';
import { viewIds, views } from '../../../source/tui/model/views/views.ts';
import { explore, openSample } from '../support/scenario.ts';

const image = await openSample();

describe('the views', () => {
	test('have panes of their own, and keys for these alone', (t) => {
		const panes = viewIds.flatMap((id): readonly string[] => views[id].panes);
		t.assert.equal(new Set(panes).size, panes.length);
		for (const id of viewIds) {
			const own: readonly string[] = views[id].panes;
			const { keys } = views[id];
			t.assert.deepEqual(
				keys.flatMap(({ contexts }) => contexts).filter((pane) => !own.includes(pane)),
				[],
			);
		}
	});
});

describe('a frame of the files', () => {
	test('is laid out as the layout that it is given says, whatever the size of the screen', (t) => {
		const { state } = explore(image, { columns: 80, rows: 24 });
		const layout = layersLayout({ columns: 200, rows: 60 }, image.tree.layerCount);
		const { columns } = layersView.frame({
			state: stateIn(state, 'layers'),
			subject: image,
			size: state.size,
			layout,
			isFilterTyped: false,
			keyOf: keysIn(keymap, 'layers'),
		});
		t.assert.deepEqual(
			columns.map(({ id, width, lines }) => [id, width, lines.length]),
			[
				['left', 84, 56],
				['divider', 1, 56],
				['right', 115, 56],
			],
		);
	});
});
