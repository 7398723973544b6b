import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type PointerEvent, pointAt } from '../../../../source/tui/model/pointing/point-at.ts';
import { Pointer } from '../../../../source/tui/view/input/pointer.ts';
import { after, before, openPair } from '../../support/open-pair.ts';
import { explore, openSample, type Scenario, scenarioOf } from '../../support/scenario.ts';

const sample = await openSample();
const pair = await openPair(before, after);
const size = { columns: 80, rows: 24 };

/** Clicks where the screen shows this text. */
function clickOn(scenario: Scenario, text: string, isDouble = false): Scenario {
	const row = scenario.screen().findIndex((line) => line.includes(text));
	const column = scenario.screen()[row]?.indexOf(text) ?? -1;
	return clickAt(scenario, column, row, isDouble);
}

function clickAt(scenario: Scenario, column: number, row: number, isDouble = false): Scenario {
	return scenarioOf(pointAt(scenario.state, { kind: 'click', isDouble, column, row }));
}

function wheelAt(scenario: Scenario, column: number, row: number, direction: 1 | -1): Scenario {
	return scenarioOf(pointAt(scenario.state, { kind: 'wheel', direction, column, row }));
}

describe('a click', () => {
	test('on a layer selects it', (t) => {
		const clicked = clickOn(explore(sample, size), '22.5 kB');
		t.assert.equal(clicked.layersState.layer, 2);
		t.assert.match(clicked.screen().join('\n'), /What layer 3 did/);
	});

	test('on a row of the files gives that pane the keys, and a double click is Enter', (t) => {
		const clicked = clickOn(explore(sample, size), '▸ lib');
		t.assert.equal(clicked.layersState.focus, 'files');
		t.assert.match(clicked.screen().join('\n'), /❯A .* ▸ lib/);
		t.assert.match(clickOn(clicked, '▸ lib', true).screen().join('\n'), /❯A .* ▾ lib/);
	});

	test('on a key of the footer presses it', (t) => {
		t.assert.match(clickOn(explore(sample, size), '? keys').screen()[0], /Columns and letters/);
		t.assert.deepEqual(clickOn(explore(sample, size), 'q quit').state.effects[0], { type: 'leave' });
	});

	test('on what is said in place of the keys presses none', (t) => {
		const small = explore(sample, { columns: 60, rows: 15 }).press('enter', '/').type('kind:x');
		const told = small.press('enter');
		t.assert.match(told.footer()[1], /identical or removed/);
		t.assert.equal(clickAt(told, 3, 14).state.prompt?.input.text, 'kind:x');
	});

	test('in the help presses the keys of its footer, and nothing below it', (t) => {
		const help = explore(sample, size).press('?');
		t.assert.equal(clickAt(help, 3, 5).state, help.state);
		t.assert.equal(clickOn(help, 'Esc close').state.screens.length, 0);
	});

	test('on a tab opens it', (t) => {
		const layers = clickOn(explore(pair, size), '2 Layers');
		t.assert.equal(layers.state.view, 'aligned-layers');
		t.assert.equal(clickOn(layers, '1 Files').state.view, 'changed-files');
	});

	test('on the title of a column sorts by it, and then the other way round', (t) => {
		const files = explore(pair, size);
		const byName = clickOn(files, 'name');
		t.assert.match(byName.screen()[2], /name↓/);
		t.assert.match(clickOn(byName, 'name').screen()[2], /name↑/);
		const layers = clickOn(files.press('2'), 'stored');
		t.assert.match(layers.screen()[2], /stored↓/);
	});

	test('while a filter is typed keeps it', (t) => {
		const typed = explore(sample, size).press('/').type('i');
		const clicked = clickAt(typed, 40, 4);
		t.assert.equal(clicked.state.prompt, null);
		t.assert.equal(clicked.layersState.filter.text, 'i');
	});
});

describe('the wheel', () => {
	test('scrolls the pane under it, and leaves the keys where they are', (t) => {
		const scrolled = wheelAt(explore(sample, size), 3, 20, 1);
		t.assert.equal(scrolled.layersState.tops['layer details'], 3);
		t.assert.equal(scrolled.layersState.focus, 'layers');
		t.assert.equal(wheelAt(scrolled, 3, 20, -1).layersState.tops['layer details'], 0);
	});
});

describe('M', () => {
	test('turns the mouse off and on, and says what it takes away', (t) => {
		const off = explore(sample, size).press('M');
		t.assert.deepEqual(off.state.effects[0], { type: 'mouse', isOn: false });
		t.assert.match(off.footer()[0], /selects text again/);
		t.assert.match(off.press('M').footer()[0], /while Shift is held/);
	});
});

describe('the mouse', () => {
	const event: fc.Arbitrary<PointerEvent> = fc.record({
		kind: fc.constant('click' as const),
		isDouble: fc.boolean(),
		column: fc.integer({ min: -1, max: 200 }),
		row: fc.integer({ min: -1, max: 70 }),
	});

	test('may point anywhere, at any size', () => {
		const sizes = [size, { columns: 60, rows: 15 }, { columns: 200, rows: 60 }, { columns: 10, rows: 3 }];
		fc.assert(
			fc.property(
				fc.constantFrom(...sizes),
				fc.constantFrom(sample, pair),
				fc.array(event),
				(at, subject, events) => {
					const { state } = explore(subject, at);
					const end = events.reduce(pointAt, state);
					scenarioOf(end).screen();
				},
			),
			{ numRuns: 50 },
		);
	});

	test('makes a double click of two on one cell within a moment', (t) => {
		let now = 0;
		const pointer = new Pointer(() => now);
		const press = { kind: 'mouse', code: 0, column: 1, row: 2, isRelease: false } as const;
		const isDouble = () => {
			const read = pointer.read(press);
			return read?.kind === 'click' && read.isDouble;
		};
		t.assert.equal(isDouble(), false);
		now += 100;
		t.assert.equal(isDouble(), true);
		t.assert.equal(isDouble(), false);
		now += 1000;
		t.assert.equal(isDouble(), false);
		for (const code of [1, 2, 32, 35, 66, 67, 128]) t.assert.equal(pointer.read({ ...press, code }), null);
		t.assert.equal(pointer.read({ ...press, isRelease: true }), null);
	});
});
