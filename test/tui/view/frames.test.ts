import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { KeyName } from '../../../source/tui/model/key-binding.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { followModel, shows } from '../support/follow-model.ts';
import { openSampleWithDetails } from '../support/known-details.ts';
import { explore } from '../support/scenario.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';

const sample = await openSampleWithDetails();
const sizes: Readonly<Record<string, Size>> = {
	'60x15': { columns: 60, rows: 15 },
	'80x24': { columns: 80, rows: 24 },
	'120x40': { columns: 120, rows: 40 },
	'200x60': { columns: 200, rows: 60 },
};

interface Scene {
	readonly size: Size;
	readonly keys?: readonly KeyName[];
}

/** Explores the sample image in a terminal, waits after each key for what the model says, and compares the frame with a snapshot. */
async function checkFrame(t: TestContext, name: string, { size, keys = [] }: Scene): Promise<void> {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
	const scenario = explore(sample, size);
	await terminal.until(shows(scenario.screen()));
	await followModel(terminal, scenario, keys);
	checkLines(t, terminal, size);
	t.assert.fileSnapshot(`${terminal.screen().join('\n')}\n`, `snapshots/tui/${name}.txt`, {
		serializers: [String],
	});
}

/** A frame has as many lines as the terminal, and none is wider. */
function checkLines(t: TestContext, terminal: TerminalSession, { columns, rows }: Size): void {
	const lines = terminal.screen();
	t.assert.equal(lines.length, rows);
	t.assert.deepEqual(
		lines.filter((line) => stringWidth(line) > columns),
		[],
	);
}

/** All views but the first, with the cursor on something of interest. */
const tabKeys: Readonly<Record<string, readonly KeyName[]>> = {
	findings: ['2', 'j'],
	copies: ['3'],
	packages: ['4', 'j', 'j'],
	deleted: ['5', 'j'],
	image: ['6', 'j', 'j', 'j', 'j', 'j'],
};
const tabSizes: Readonly<Record<string, Size>> = { '60x15': { columns: 60, rows: 15 }, ...sizes };

/** Visits the views one after the other in one terminal, and compares each frame with a snapshot. */
async function checkTabs(t: TestContext, name: string, size: Size): Promise<void> {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
	let scenario = explore(sample, size);
	await terminal.until(shows(scenario.screen()));
	for (const [tab, keys] of Object.entries(tabKeys)) {
		scenario = await followModel(terminal, scenario, keys);
		checkLines(t, terminal, size);
		t.assert.fileSnapshot(`${terminal.screen().join('\n')}\n`, `snapshots/tui/${name}-${tab}.txt`, {
			serializers: [String],
		});
	}
}

describe('the explorer on the sample image', () => {
	for (const [name, size] of Object.entries(tabSizes))
		test(`at ${name}: the tabs`, (t) => checkTabs(t, name, size));

	for (const [name, size] of Object.entries(sizes)) {
		test(`at ${name}: the first frame`, (t) => checkFrame(t, name, { size }));
		test(`at ${name}: the files of a layer`, (t) =>
			checkFrame(t, `${name}-files`, {
				size,
				keys: ['j', 'j', 'down', 'j', 'j', 'j', 'enter', 'j', 'j', 'j'],
			}));
		test(`at ${name}: the help`, (t) => checkFrame(t, `${name}-help`, { size, keys: ['?'] }));
	}

	const size = sizes['120x40'];
	test('while a filter is typed', (t) =>
		checkFrame(t, 'filter-typed', { size, keys: ['j', '/', 'l', 'i', 'b'] }));
	test('with a filter kept', (t) =>
		checkFrame(t, 'filter-kept', { size, keys: ['j', '/', '~', '\\', '.', 'j', 's', '$', 'enter'] }));
	test('with a filter that is no regular expression', (t) =>
		checkFrame(t, 'filter-invalid', { size, keys: ['/', '~', '[', 'a', '-'] }));
	test('with everything up to a layer as one', (t) =>
		checkFrame(t, 'together', { size, keys: ['j', 'j', 'j', 'j', 'j', 'j', 'a', 'a'] }));
	test('with what did not change', (t) => checkFrame(t, 'unchanged', { size, keys: ['j', 'c'] }));
	test('as a flat list', (t) => checkFrame(t, 'flat', { size, keys: ['j', '`'] }));
	test('since the base', (t) => checkFrame(t, 'since-base', { size, keys: ['j', 'j', 'j', 'j', 'a'] }));
	test('sorted by name', (t) => checkFrame(t, 'by-name', { size, keys: ['j', 's'] }));
	test('with the details scrolled', (t) =>
		checkFrame(t, '80x24-details', { size: sizes['80x24'], keys: ['tab', 'page-down'] }));
	test('in a terminal that is too small', (t) =>
		checkFrame(t, 'too-small', { size: { columns: 60, rows: 10 } }));

	test('in a terminal whose size changes', async (t) => {
		const terminal = startInTerminal(t, { size: sizes['80x24'], arguments: ['sample/image.tar'] });
		const first = explore(sample, sizes['80x24']);
		await terminal.until(shows(first.screen()));
		for (const each of [sizes['200x60'], { columns: 81, rows: 25 }, { columns: 20, rows: 3 }]) {
			terminal.resize(each);
			await terminal.until(shows(explore(sample, each).screen()));
		}
		terminal.resize(sizes['80x24']);
		await terminal.until(shows(first.screen()));
	});
});
