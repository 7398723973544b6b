import { describe, test } from 'node:test';
import { bytesAt } from '../../../source/filetree/node-amounts.ts';
import { finish, type Steps } from '../../../source/steps.ts';
import type { ProjectionKey } from '../../../source/tui/model/rows/projection.ts';
import { Projector } from '../../../source/tui/model/rows/projector.ts';
import { rowsAt } from '../../../source/tui/model/rows/row-window.ts';
import { file } from '../../support/archives/tar-entry.ts';
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
		t.assert.deepEqual(prepared(press('a', 'a', 'j')), [[0, 3]]);
		t.assert.deepEqual(prepared(press('j', 's')), []);
	});

	test('is the second layer when the image is there, and what is of use wherever one goes in it', (t) => {
		t.assert.deepEqual(prepared(explore(image)), [[1, 2]]);
		t.assert.deepEqual(
			explore(image, { columns: 80, rows: 24 }).state.effects.map(({ type }) => type),
			['prepare', 'prepare-image'],
		);
		t.assert.deepEqual(explore({ ...image, stage: { kind: 'comparing' } }).state.effects, []);
	});

	test('is the next scope after the last layer', (t) => {
		t.assert.deepEqual(prepared(explore(image).press('G')), [[1, 4]]);
		t.assert.deepEqual(prepared(explore(image).press('a', 'a', 'G')), [[3, 4]]);
	});

	test('changes nothing of what is shown, done or half done', (t) => {
		for (const mostSteps of [0, 1, 2, 3, Number.POSITIVE_INFINITY]) {
			const { projector } = explore(image).layersState;
			for (const [shown, ahead] of [
				[1, 2],
				[2, 3],
				[3, 4],
				[2, 1],
				[4, 4],
				[1, 3],
				[3, 1],
			] as const) {
				for (const hideUnchanged of [false, true]) {
					const key = keyOf(shown, hideUnchanged);
					const expected = look(key, new Projector(image.tree));
					t.assert.deepEqual(look(key, projector), expected);
					doSome(projector.prepare(keyOf(ahead, false)), mostSteps);
					t.assert.deepEqual(look(key, projector), expected);
				}
			}
		}
	});

	test('is dropped when something else is asked for', (t) => {
		const projector = new Projector(image.tree);
		projector.project(keyOf(1, false));
		const steps = projector.prepare(keyOf(2, false));
		doSome(steps, 1);
		const key = keyOf(4, false);
		const expected = look(key, new Projector(image.tree));
		t.assert.deepEqual(look(key, projector), expected);
		finish(steps);
		t.assert.deepEqual(look(key, projector), expected);
	});

	test('leads to the upper end of the stack by a short way', (t) => {
		const projector = new Projector(image.tree);
		projector.project(keyOf(1, false));
		const steps = projector.prepareWhole();
		for (const layer of [2, 3, 1]) {
			doSome(steps, 2);
			projector.project(keyOf(layer, false));
		}
		finish(steps);
		for (const layer of [4, 3, 1, 4]) {
			const key = keyOf(layer, false);
			t.assert.deepEqual(look(key, projector), look(key, new Projector(image.tree)));
		}
	});
});

const noFolds = new Map();

function keyOf(to: number, hideUnchanged: boolean): ProjectionKey {
	const sorting = { order: 'name', isReversed: false } as const;
	const choice = { hideUnchanged, opening: 'changed', joins: false, isFlat: false } as const;
	return { from: to - 1, to, ...sorting, ...choice, folds: noFolds, matches: null };
}

/** The rows for a key, with their sizes. */
function look(key: ProjectionKey, from: Projector) {
	const { comparison, index, rowCount } = from.project(key);
	const rows = rowsAt(index, 0, rowCount);
	return rows.map(({ node, isLast }) => ({ node, isLast, bytes: bytesAt(comparison, node) }));
}

function doSome(steps: Steps<void>, most: number): void {
	for (let step = 0; step < most; step++) {
		if (steps.next().done === true) return;
	}
}
