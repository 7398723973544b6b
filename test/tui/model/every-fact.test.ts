import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { Size } from '../../../source/tui/model/layout.ts';
import { focusOf, paneAreasOf } from '../../../source/tui/model/shown/shown-view.ts';
import type { Subject } from '../../../source/tui/model/subject.ts';
import { viewsOf } from '../../../source/tui/model/views/views.ts';
import { openSampleWithDetails } from '../support/known-details.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const subjects: Readonly<Record<string, Subject>> = {
	'the sample image': await openSampleWithDetails(),
	'two images': await openPair(before, after),
};

const sizes: readonly Size[] = [
	{ columns: 60, rows: 15 },
	{ columns: 80, rows: 24 },
	{ columns: 120, rows: 40 },
	{ columns: 200, rows: 60 },
];
/** Here all details are on the screen at once, and in lines that hold the longest. */
const huge: Size = { columns: 2000, rows: 200 };
/** Items that are looked at in each list: the first ones, and the last. */
const walk = ['', 'j', 'jjjjj', 'jj', 'G'];

describe('no fact of the details is out of reach', () => {
	for (const [name, subject] of Object.entries(subjects))
		for (const [index, view] of viewsOf(subject.kind).entries())
			test(`in ${view} of ${name}, whatever the size of the terminal`, (t) => {
				for (const size of sizes) checkDetails(t, subject, { size, tab: String(index + 1) });
			});
});

interface Look {
	readonly size: Size;
	readonly tab: string;
}

function checkDetails(t: TestContext, subject: Subject, { size, tab }: Look): void {
	let [whole, small] = [explore(subject, huge).press(tab), explore(subject, size).press(tab)];
	for (const key of walk) {
		[whole, small] = [press(whole, key), press(small, key)];
		for (const tabs of detailPanes(whole)) {
			const [wholePane, smallPane] = [whole.press(...tabs), small.press(...tabs)];
			const seen = scrolled(t, smallPane);
			const words = new Set(paneLines(wholePane, wholePane.screen()).join(' ').split(/\s+/));
			t.assert.deepEqual(
				[...words].filter((word) => !seen.includes(word)),
				[],
				`${focusOf(wholePane.state)} at ${size.columns}x${size.rows}, behind ${key}`,
			);
		}
	}
}

function press(scenario: Scenario, keys: string): Scenario {
	return scenario.press(...keys);
}

/** The keys that lead to each pane of details. */
function detailPanes(scenario: Scenario): readonly (readonly string[])[] {
	const ways: (readonly string[])[] = [];
	let next = scenario.press('tab');
	for (let tabs = ['tab']; focusOf(next.state) !== focusOf(scenario.state); tabs = [...tabs, 'tab']) {
		if (focusOf(next.state) !== 'files') ways.push(tabs);
		next = next.press('tab');
	}
	return ways;
}

/** All that a pane shows while it is scrolled to its end line by line, without blanks. Each frame fits. */
function scrolled(t: TestContext, pane: Scenario): string {
	const lines: string[] = [];
	let [next, before] = [pane.press('g'), ''];
	for (let screen = next.screen(); screen.join() !== before; screen = next.screen()) {
		const { columns, rows } = next.state.size;
		t.assert.equal(screen.length, rows);
		t.assert.equal(Math.max(...screen.map((line) => stringWidth(line))) <= columns, true);
		const shown = paneLines(next, screen);
		lines.push(...(before === '' ? shown : shown.slice(-1)));
		before = screen.join();
		next = next.press('j');
	}
	return lines.join('').replace(/\s+/g, '');
}

/** Tabs, and what the view comes to. */
const HEADING_ROWS = 2;

/** The lines of the pane with the keys, without its title and its scrollbar. */
function paneLines({ state }: Scenario, screen: readonly string[]): readonly string[] {
	const area = paneAreasOf(state).find(({ pane }) => pane === focusOf(state));
	if (area === undefined) throw new TypeError('The pane with the keys is on the screen.');
	const { left, top, width, height } = area;
	return screen.slice(HEADING_ROWS + top, HEADING_ROWS + top + height).map((line) =>
		line
			.slice(left, left + width)
			.replace(/[▲┃│▼]\s*$/, '')
			.trim(),
	);
}
