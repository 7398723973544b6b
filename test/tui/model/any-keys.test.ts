import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { keymap } from '../../../source/tui/model/keymap.ts';
import { contextOf } from '../../../source/tui/model/keys.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { selectionOf } from '../../../source/tui/model/shown/shown-view.ts';
import type { Subject } from '../../../source/tui/model/subject.ts';
import { update } from '../../../source/tui/model/update.ts';
import { views, viewsOf } from '../../../source/tui/model/views/views.ts';
import { directory, file, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { runs } from '../../support/runs.ts';
import { openSampleWithDetails, openWithDetails } from '../support/known-details.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore, openLayers, type Scenario, scenarioOf } from '../support/scenario.ts';

const MOST_STEPS_OUT = 6;
const wide = '漢'.repeat(255);

const subjects: Readonly<Record<string, Subject>> = {
	'the sample image': await openSampleWithDetails(),
	'an image of 500 layers': await openWithDetails({
		names: ['deep:1'],
		layers: Array.from({ length: 500 }, (_, layer) => [
			file(`layer-${layer}`, 'x'.repeat(layer)),
			file('shared/counter', String(layer)),
		]),
	}),
	'an image whose names have 255 wide characters': await openWithDetails({
		names: [`${wide}:1`],
		layers: [
			[directory(wide), file(`${wide}/${wide}`, 'one'), symlink('link', `${wide}/${wide}`)],
			[file(`${wide}/${wide}`, 'two'), file(`${wide}/second`, 'x'.repeat(5000))],
			[whiteout(`${wide}/second`), file(`copy-${wide}`, 'x'.repeat(5000))],
		],
		config: { history: [0, 1, 2].map(() => ({ created_by: `COPY ${wide} /` })) },
	}),
	'an image without history': await openWithDetails({
		layers: [[file('a/b', 'one')], [file('a/b', 'two'), file('a/c/d', 'x')], []],
		config: { history: undefined },
	}),
	'an image without layers': await openLayers(),
	'two images': await openPair(before, after),
};

const sizes: readonly Size[] = [
	{ columns: 60, rows: 15 },
	{ columns: 80, rows: 24 },
	{ columns: 120, rows: 40 },
	{ columns: 60, rows: 60 },
	{ columns: 200, rows: 15 },
	{ columns: 20, rows: 4 },
];

const keys = [...new Set(keymap.flatMap((binding) => binding.keys))];
/** A key, or the size that the terminal gets. */
const pressed = fc.oneof(
	{ weight: 60, arbitrary: fc.constantFrom(...keys, 'a', 'e', '~', '.', '*', '(') },
	{ weight: 1, arbitrary: fc.constantFrom(...sizes) },
);

describe('whatever keys are pressed', () => {
	for (const [name, subject] of Object.entries(subjects))
		test(`on ${name}, the cursor is to be seen, and Esc leads out`, (t: TestContext) => {
			t.assert.doesNotThrow(() =>
				fc.assert(
					fc.property(fc.constantFrom(...sizes), fc.array(pressed, { maxLength: 40 }), (size, all) => {
						let scenario = explore(subject, size);
						for (const each of all) {
							scenario = typeof each === 'string' ? scenario.press(each) : resized(scenario, each);
							checkFrame(scenario);
						}
						checkWayOut(resized(scenario, { columns: 100, rows: 30 }));
					}),
					{ numRuns: runs(150) },
				),
			);
		});
});

describe('a path that is longer than the screen', () => {
	const small = explore(subjects['an image whose names have 255 wide characters'], { columns: 60, rows: 15 });

	test('leaves what the keys do in sight, and is scrolled, where it is extracted', (t) => {
		const asked = small.press('enter', 'x');
		checkFrame(asked);
		t.assert.match(asked.screen().join(' '), /Nothing that is there is replaced without asking/);
		const end = small.press('enter', 'l', 'x', 'page-down', 'page-down');
		checkFrame(end);
		t.assert.doesNotMatch(end.screen().join(' '), /Nothing that is there/);
	});

	test('is cut where a symlink leads to it, with the way to all of it', (t) => {
		const link = small.press('enter', 'j', 'enter');
		checkFrame(link);
		t.assert.match(link.screen()[1], /^ Enter opens what this symlink leads to:/);
		t.assert.equal(link.screen().join('\n').includes(' … i shows all of it.'), true);
		t.assert.match(link.press('i').screen().join('\n'), /leads to +漢/);
	});
});

function resized({ state }: Scenario, size: Size): Scenario {
	return scenarioOf(update(state, { type: 'resize', size }));
}

/** The screen is full, no line is too long, and what is selected is on it. */
function checkFrame(scenario: Scenario): void {
	const { state } = scenario;
	const { columns, rows } = state.size;
	const screen = scenario.screen();
	assert.equal(screen.length, rows);
	assert.ok(screen.every((line) => stringWidth(line) <= columns));
	const isInList = contextOf(state) === views[state.view].panes[0];
	const isInFiles = contextOf(state) === 'files' && selectionOf(state).place !== null;
	if (!isInFiles && !(isInList && selectionOf(state).name !== null)) return;
	const selected = screen.filter((line) => line.includes('❯'));
	assert.equal(selected.length, 1);
	if (state.view !== 'layers' || !isInList) return;
	assert.match(selected[0], new RegExp(`^❯ *${scenario.layersState.layer + 1}b? `));
}

/** Each Esc changes something until the first view is there, with the layer, the path that the cursor was on, and what was folded. None quits. */
function checkWayOut(scenario: Scenario): void {
	const [first] = viewsOf(scenario.state.subject.kind);
	let last = scenario;
	let steps = 0;
	for (let next = last.press('escape'); !isSame(next, last); next = last.press('escape')) {
		last = next;
		steps++;
	}
	assert.equal(
		last.press('escape').state.effects.some(({ type }) => type === 'leave'),
		false,
	);
	assert.ok(steps <= MOST_STEPS_OUT, `${steps} steps`);
	assert.equal(last.state.view, first);
	assert.deepEqual([last.state.screens, last.state.prompt], [[], null]);
	if (first !== 'layers') return;
	assert.equal(last.layersState.focus, 'layers');
	assert.equal(last.layersState.layer, scenario.layersState.layer);
	assert.equal(last.layersState.cursor, scenario.layersState.cursor);
	// The folders above the cursor are opened where a filter goes that showed it.
	const above = parentsOf(scenario);
	for (const [node, fold] of scenario.layersState.folds)
		assert.equal(last.layersState.folds.get(node), above.has(node) ? 'open' : fold);
}

function parentsOf({ state, layersState: { cursor, filter } }: Scenario): ReadonlySet<number> {
	const { parents } = state.subject.tree;
	const above = new Set<number>();
	if (filter.text !== '') for (let node = parents[cursor]; node > 0; node = parents[node]) above.add(node);
	return above;
}

function isSame({ state }: Scenario, { state: other }: Scenario): boolean {
	const { view, views, screens, prompt } = state;
	return view === other.view && views === other.views && screens === other.screens && prompt === other.prompt;
}
