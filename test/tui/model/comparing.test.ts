import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { initialState, withSubject } from '../../../source/tui/model/shown/show-subject.ts';
import { openSample, scenarioOf } from '../support/scenario.ts';

const size = { columns: 120, rows: 40 };
/** The layer of the sample that gives a folder to another owner. */
const toTheChown = Array.from({ length: 9 }, () => 'j');

describe('the explorer while contents are being compared', () => {
	let image: OpenedImage;

	before(async () => {
		image = await openSample();
	});

	test('does not say yet which kind of change a changed file has', () => {
		const state = initialState({ ...image, stage: { kind: 'comparing' } }, size);
		const explorer = scenarioOf(state).press(...toTheChown, '=');
		assert.match(explorer.title(), /comparing contents/);
		assert.ok(explorer.files().some((row) => /^.~ /.test(row)));
		assert.deepEqual(
			explorer.files().filter((row) => /^.[Mm=] /.test(row)),
			[],
		);
		assert.ok(explorer.left().some((row) => /changes +~ 56/.test(row)));
	});

	test('leaves the user where they are when it is done', () => {
		const state = initialState({ ...image, stage: { kind: 'comparing' } }, size);
		const comparing = scenarioOf(state).press(...toTheChown, 'tab', '=', 'j', 'j');
		const done = scenarioOf(withSubject(comparing.state, image));
		assert.deepEqual(done.footer(), comparing.footer());
		assert.doesNotMatch(done.title(), /comparing/);
		assert.ok(done.files().some((row) => /^.m /.test(row)));
	});
});
