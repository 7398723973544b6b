import { describe, test } from 'node:test';
import { keymap } from '../../../source/tui/model/keymap.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { initialState } from '../../../source/tui/model/shown/show-subject.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, type Scenario, scenarioOf } from '../support/scenario.ts';

const sizes: readonly Size[] = [
	{ columns: 60, rows: 15 },
	{ columns: 80, rows: 24 },
	{ columns: 120, rows: 40 },
	{ columns: 200, rows: 60 },
];

const names = ['alpha', 'beta', 'delta', 'gamma'];
const packageFiles = (name: string, bytes: number, needs: string) => [
	file(
		`node_modules/${name}/package.json`,
		JSON.stringify({ name, version: '1.2.3', dependencies: needs === '' ? {} : { [needs]: '*' } }),
	),
	file(`node_modules/${name}/index.js`, 'x'.repeat(bytes)),
];

/** Alpha is the largest package, and gamma with delta, which only it needs, would free the most. */
const image = await openWithDetails({
	names: ['shop:1.0'],
	layers: [
		[directory('node_modules')],
		[
			...packageFiles('alpha', 9000, ''),
			...packageFiles('beta', 8000, ''),
			...packageFiles('delta', 7000, ''),
			...packageFiles('gamma', 6000, 'delta'),
			file('model.bin', 'm'.repeat(50_000)),
		],
		[file('model.bin', 'm'.repeat(50_000), { uid: 1000 })],
	],
});

/** The names of packages in the rows of the list, from the top. */
function rowsOf(scenario: Scenario): readonly string[] {
	return scenario
		.screen()
		.flatMap((line) => /^[❯ ] .* {2}npm +(\w+) /.exec(line)?.[1] ?? [])
		.filter((name) => names.includes(name));
}

const rowOfCursor = (scenario: Scenario) => scenario.screen().find((line) => line.startsWith('❯')) ?? '';

describe('the order of a list', () => {
	for (const size of sizes)
		test(`is named in a header, with what it sorts by, at ${size.columns}x${size.rows}`, (t) => {
			const packages = explore(image, size).press('4', 's');
			t.assert.match(packages.screen()[2], / added↓ /);
			t.assert.deepEqual(rowsOf(packages), ['gamma', 'alpha', 'beta', 'delta']);
			const [gamma] = packages.screen().filter((line) => line.includes(' gamma '));
			t.assert.match(gamma, / 13\.\d kB /);
		});

	test('is said by an arrow at the layers of findings', (t) => {
		const findings = explore(image, { columns: 80, rows: 24 }).press('2', 's');
		t.assert.match(findings.screen()[2], / layers↓ /);
		t.assert.match(findings.press('S').screen()[2], / layers↑ /);
	});
});

describe('a list with a remembered order', () => {
	const again = (choices: Readonly<Record<string, string | boolean>>) =>
		scenarioOf(
			initialState(
				image,
				{ columns: 80, rows: 24 },
				{
					keymap,
					isMouseOn: true,
					remembered: { views: { packages: choices } },
				},
			),
		).press('4');

	test('begins at its top row, the other way round too', (t) => {
		t.assert.match(again({ order: 'package' }).footer()[0], / 1 of \d$/);
		const reversed = again({ order: 'package', isReversed: true });
		t.assert.match(reversed.footer()[0], /^ gamma 1\.2\.3 +1 of \d$/);
		t.assert.match(rowOfCursor(reversed), / gamma /);
	});
});

describe('a list that is sorted anew', () => {
	const packages = explore(image, { columns: 80, rows: 24 }).press('4');

	test('stays at its top, with what is first now', (t) => {
		for (const top of [packages, packages.press('j', 'k'), packages.press('G', 'g')]) {
			const sorted = top.press('s', 's', 's', 'S');
			t.assert.match(sorted.footer()[0], /^ gamma 1\.2\.3 +1 of \d$/);
			t.assert.deepEqual(rowsOf(sorted), ['gamma', 'delta', 'beta', 'alpha']);
		}
	});

	test('keeps the cursor on its item anywhere else', (t) => {
		const onDelta = packages.press('/', ...'delta', 'enter', 'escape');
		for (const keys of [['s'], ['s', 's'], ['S'], ['s', 's', 's', 'S']])
			t.assert.match(rowOfCursor(onDelta.press(...keys)), / delta /);
	});
});

describe('Esc on a kept filter of a list', () => {
	const packages = explore(image, { columns: 80, rows: 24 }).press('4');

	test('leaves the cursor on the item that it is on, wherever that is in the whole list', (t) => {
		const found = packages.press('/', ...'delta', 'enter');
		t.assert.deepEqual(rowsOf(found), ['delta']);
		const all = found.press('escape');
		t.assert.deepEqual(rowsOf(all), ['alpha', 'beta', 'delta', 'gamma']);
		t.assert.match(rowOfCursor(all), / delta /);
	});

	test('goes back to where the cursor was, while the text is still typed', (t) => {
		const before = packages.press('j', 'j');
		const cancelled = before.press('/', ...'gamma', 'escape');
		t.assert.equal(rowOfCursor(cancelled), rowOfCursor(before));
	});

	test('leaves the cursor where it was, where nothing was found', (t) => {
		const before = packages.press('j', 'j');
		const all = before.press('/', ...'nothing like it', 'enter', 'escape');
		t.assert.equal(rowOfCursor(all), rowOfCursor(before));
	});
});
