import { describe, test } from 'node:test';
import { Projector } from '../../../source/tui/model/rows/projection.ts';
import { file } from '../../support/tar-entry.ts';
import { explore, openLayers } from '../support/scenario.ts';

const image = await openLayers([file('a', '1')], [file('b', '22')], [file('c', '333')], [file('d', '4444')]);

describe('what is compared ahead of time', () => {
	test('is the layer after the one that the user went to, in the same direction', (t) => {
		const { press } = explore(image);
		t.assert.deepEqual(press('j').state.effects, [{ type: 'prepare', range: { from: 2, to: 3 } }]);
		t.assert.deepEqual(press('j', 'j', 'k').state.effects, [{ type: 'prepare', range: { from: 0, to: 1 } }]);
		t.assert.deepEqual(press('a', 'j').state.effects, [{ type: 'prepare', range: { from: 0, to: 3 } }]);
		t.assert.deepEqual(press('G').state.effects, []);
		t.assert.deepEqual(press('j', 's').state.effects, []);
	});

	test('changes nothing of what is shown', (t) => {
		const { projector } = explore(image).state;
		const look = { order: 'name', hideUnchanged: false, folds: new Map(), matches: null } as const;
		const sizes = (to: number, from: Projector) => [
			...from.project({ ...look, from: to - 1, to }).comparison.bytes,
		];
		for (const [shown, prepared] of [
			[1, 2],
			[2, 3],
			[3, 4],
			[2, 1],
			[4, 4],
			[1, 3],
		]) {
			t.assert.deepEqual(sizes(shown, projector), sizes(shown, new Projector(image.tree)));
			projector.prepare({ from: prepared - 1, to: prepared });
			t.assert.deepEqual(sizes(shown, projector), sizes(shown, new Projector(image.tree)));
		}
	});
});
