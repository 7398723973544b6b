import { describe, test } from 'node:test';
import { bytesAt } from '../../../source/filetree/comparison.ts';
import { finish } from '../../../source/steps.ts';
import type { ProjectionKey } from '../../../source/tui/model/rows/projection.ts';
import { Projector } from '../../../source/tui/model/rows/projector.ts';
import { rowsAt } from '../../../source/tui/model/rows/row-window.ts';
import { file } from '../../support/tar-entry.ts';
import { explore, openLayers, type Scenario } from '../support/scenario.ts';

const image = await openLayers([file('a', '1')], [file('b', '22')], [file('c', '333')], [file('d', '4444')]);

/** The two points that are to be compared ahead of time. */
function prepared({ state }: Scenario): readonly (readonly [from: number, to: number])[] {
	return state.effects.flatMap((effect) =>
		effect.type === 'prepare' ? [[effect.key.from, effect.key.to] as const] : [],
	);
}

describe('what is worked out ahead of time', () => {
	test('is the layer after the one that the user went to, in the same direction', (t) => {
		const { press } = explore(image);
		t.assert.deepEqual(prepared(press('j')), [[2, 3]]);
		t.assert.deepEqual(prepared(press('j', 'j', 'k')), [[0, 1]]);
		t.assert.deepEqual(prepared(press('a', 'j')), [[0, 3]]);
		t.assert.deepEqual(prepared(press('j', 's')), []);
	});

	test('is everything up to it after the last layer, and the layer alone after that', (t) => {
		t.assert.deepEqual(prepared(explore(image).press('G')), [[0, 4]]);
		t.assert.deepEqual(prepared(explore(image).press('a', 'G')), [[3, 4]]);
	});

	test('changes nothing of what is shown', (t) => {
		const { projector } = explore(image).state;
		const keyOf = (to: number, hideUnchanged: boolean): ProjectionKey => ({
			from: to - 1,
			to,
			order: 'name',
			hideUnchanged,
			folds: new Map(),
			matches: null,
		});
		const look = (key: ProjectionKey, from: Projector) => {
			const { comparison, index, rowCount } = from.project(key);
			const rows = rowsAt(index, 0, rowCount);
			return rows.map(({ node, isLast }) => ({ node, isLast, bytes: bytesAt(comparison, node) }));
		};
		for (const [shown, ahead] of [
			[1, 2],
			[2, 3],
			[3, 4],
			[2, 1],
			[4, 4],
			[1, 3],
		] as const) {
			for (const hideUnchanged of [false, true]) {
				const key = keyOf(shown, hideUnchanged);
				const expected = look(key, new Projector(image.tree));
				t.assert.deepEqual(look(key, projector), expected);
				finish(projector.prepare(keyOf(ahead, false)));
				t.assert.deepEqual(look(key, projector), expected);
			}
		}
	});
});
