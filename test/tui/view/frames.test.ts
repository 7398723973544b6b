import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { KeyName } from '../../../source/tui/model/key-binding.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { explore, openSample } from '../support/scenario.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';

const sample = await openSample();
const sizes: Readonly<Record<string, Size>> = {
	'80x24': { columns: 80, rows: 24 },
	'120x40': { columns: 120, rows: 40 },
	'200x60': { columns: 200, rows: 60 },
};

/** What a terminal sends for the keys that type no character. */
const keySequences: Readonly<Record<KeyName, string>> = {
	down: '\u001B[B',
	'page-down': '\u001B[6~',
	tab: '\t',
	enter: '\r',
};

interface Scene {
	readonly size: Size;
	readonly keys?: readonly KeyName[];
}

/** Explores the sample image in a terminal, waits after each key for what the model says, and compares the frame with a snapshot. */
async function checkFrame(t: TestContext, name: string, { size, keys = [] }: Scene): Promise<void> {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
	let scenario = explore(sample, size);
	await terminal.until(shows(scenario.screen()));
	for (const key of keys) {
		terminal.press(keySequences[key] ?? key);
		scenario = scenario.press(key);
		await terminal.until(shows(scenario.screen()));
	}
	checkLines(t, terminal, size);
	t.assert.fileSnapshot(`${terminal.screen().join('\n')}\n`, `snapshots/tui/${name}.txt`, {
		serializers: [String],
	});
}

function shows(expected: readonly string[]): (screen: readonly string[]) => boolean {
	return (screen) => screen.map((row) => row.trimEnd()).join('\n') === expected.join('\n');
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

describe('the explorer on the sample image', () => {
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
		checkFrame(t, 'together', { size, keys: ['j', 'j', 'j', 'j', 'j', 'j', 'a'] }));
	test('with only what changed', (t) => checkFrame(t, 'changes-only', { size, keys: ['j', 'c'] }));
	test('sorted by size', (t) => checkFrame(t, 'by-size', { size, keys: ['j', 's'] }));
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
