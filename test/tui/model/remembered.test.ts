import { describe, test } from 'node:test';
import { keymap } from '../../../source/tui/model/keymap.ts';
import type { Remembered } from '../../../source/tui/model/remembered/remembered.ts';
import { initialState } from '../../../source/tui/model/shown/show-subject.ts';
import { stateIn } from '../../../source/tui/model/shown/shown-view.ts';
import type { Subject } from '../../../source/tui/model/subject.ts';
import { openSampleWithDetails } from '../support/known-details.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore, type Scenario, scenarioOf } from '../support/scenario.ts';

const size = { columns: 120, rows: 40 };

function again(subject: Subject, remembered: Remembered): Scenario {
	return scenarioOf(initialState(subject, size, { keymap, isMouseOn: true, remembered }));
}

describe('what is remembered of the explorer', () => {
	test('is what the keys chose, so that the next one begins alike', async (t) => {
		const image = await openSampleWithDetails();
		const chosen = explore(image, size).press('a', 'a', 's', 'S', 'c', '`', '>', '>', '4', 's', 's');
		const { remembered } = chosen.state;
		t.assert.deepEqual(remembered, {
			views: {
				layers: {
					scope: 'up-to-layer',
					order: 'name',
					isReversed: true,
					hideUnchanged: false,
					isFlat: true,
					widening: 2,
				},
				packages: { order: 'files' },
			},
		});
		t.assert.deepEqual(again(image, remembered).press('4').screen(), chosen.press('4').screen());
	});

	test('is the same of two images', async (t) => {
		const pair = await openPair(before, after);
		const chosen = explore(pair, size).press('`', 'c', 'S', '3', 's');
		const { remembered } = chosen.state;
		t.assert.deepEqual(remembered, {
			views: {
				'changed-files': { isFlat: true, hideUnchanged: false, isReversed: true },
				'package-changes': { order: 'package' },
			},
		});
		t.assert.deepEqual(again(pair, remembered).press('3').screen(), chosen.screen());
	});

	test('is nothing of what a jump changes, and a filter, a mark and a zoom are gone', async (t) => {
		const image = await openSampleWithDetails();
		const jumped = explore(image, size).press('`', 'b', 'z', '2', 'enter', '/', 'x', 'enter');
		t.assert.equal(stateIn(jumped.state, 'layers').isFlat, false);
		t.assert.deepEqual(jumped.state.remembered, { views: { layers: { isFlat: true } } });
	});

	test('may be anything, and makes sense all the same', async (t) => {
		const image = await openSampleWithDetails();
		const nonsense = {
			scope: 'all',
			order: 'delta',
			widening: 0.5,
			isFlat: 1,
			isReversed: 'no',
			hideUnchanged: '',
		};
		const views = { layers: nonsense, packages: nonsense, 'changed-files': nonsense, nowhere: nonsense };
		const shown = again(image, { views });
		t.assert.deepEqual(shown.screen(), explore(image, size).press('>').press('<').screen());
		t.assert.equal(again(image, { views: { layers: { widening: 1e6 } } }).layersState.widening, 20);
		t.assert.deepEqual(shown.press('4').screen(), explore(image, size).press('4').screen());
	});
});
