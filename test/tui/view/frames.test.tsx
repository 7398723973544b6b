import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { Size } from '../../../source/tui/model/layout.ts';
import { renderScreen } from '../support/render.tsx';
import { openSample } from '../support/scenario.ts';

const sample = await openSample();
const sizes: Readonly<Record<string, Size>> = {
	'80x24': { columns: 80, rows: 24 },
	'120x40': { columns: 120, rows: 40 },
	'200x60': { columns: 200, rows: 60 },
};

interface Scene {
	readonly size: Size;
	readonly keys?: readonly string[];
}

/** Draws the sample image, presses keys as a terminal sends them, and compares the frame with the one in snapshots/tui. */
async function checkFrame(t: TestContext, name: string, { size, keys = [] }: Scene): Promise<void> {
	const screen = await renderScreen('sample/image.tar', size);
	screen.store.showImage(sample, size);
	for (const key of keys) await screen.send(key);
	const frame = await screen.frame();
	screen.unmount();
	checkLines(t, frame, size);
	t.assert.fileSnapshot(`${frame}\n`, `snapshots/tui/${name}.txt`, { serializers: [String] });
}

/** A frame has as many lines as the terminal, and none is wider. */
function checkLines(t: TestContext, frame: string, { columns, rows }: Size): void {
	const lines = frame.split('\n');
	t.assert.equal(lines.length, rows);
	t.assert.deepEqual(
		lines.filter((line) => stringWidth(line) > columns),
		[],
	);
}

const down = '\u001B[B';
const tab = '\t';

describe('the explorer on the sample image', () => {
	for (const [name, size] of Object.entries(sizes)) {
		test(`at ${name}: the first frame`, (t) => checkFrame(t, name, { size }));
		test(`at ${name}: the files of a layer`, (t) =>
			checkFrame(t, `${name}-files`, { size, keys: ['jj', down, 'jjj', '\r', 'jjj'] }));
		test(`at ${name}: the help`, (t) => checkFrame(t, `${name}-help`, { size, keys: ['?'] }));
	}

	const size = sizes['120x40'];
	test('while a filter is typed', (t) => checkFrame(t, 'filter-typed', { size, keys: ['j', '/', 'lib'] }));
	test('with a filter kept', (t) =>
		checkFrame(t, 'filter-kept', { size, keys: ['j', '/', '~\\.js$', '\r'] }));
	test('with a filter that is no regular expression', (t) =>
		checkFrame(t, 'filter-invalid', { size, keys: ['/', '~[a-'] }));
	test('with everything up to a layer as one', (t) =>
		checkFrame(t, 'together', { size, keys: ['jjjjjj', 'a'] }));
	test('with only what changed', (t) => checkFrame(t, 'changes-only', { size, keys: ['j', 'c'] }));
	test('sorted by size', (t) => checkFrame(t, 'by-size', { size, keys: ['j', 's'] }));
	test('with the details scrolled', (t) =>
		checkFrame(t, '80x24-details', { size: sizes['80x24'], keys: [tab, '\u001B[6~'] }));
	test('in a terminal that is too small', (t) =>
		checkFrame(t, 'too-small', { size: { columns: 60, rows: 10 } }));
});

describe('the screen', () => {
	const size = sizes['80x24'];

	test('shows how far reading is', async (t) => {
		const screen = await renderScreen('registry/app.tar', size);
		screen.store.showProgress(
			{ phase: 'layers', layersDone: 3, layersTotal: 7, bytesDone: 1.5e9, bytesTotal: 3.75e9 },
			2.5,
		);
		const frame = await screen.frame();
		screen.unmount();
		checkLines(t, frame, size);
		t.assert.fileSnapshot(`${frame}\n`, 'snapshots/tui/reading.txt', { serializers: [String] });
	});

	test('shows how far reading a stream of unknown length is', async (t) => {
		const screen = await renderScreen('-', size);
		screen.store.showProgress(
			{ phase: 'layers', layersDone: 1, layersTotal: null, bytesDone: 4.2e8, bytesTotal: null },
			1.4,
		);
		const frame = await screen.frame();
		screen.unmount();
		t.assert.fileSnapshot(`${frame}\n`, 'snapshots/tui/reading-stream.txt', { serializers: [String] });
	});

	test('follows the size of the terminal', async (t) => {
		const screen = await renderScreen('sample/image.tar', size);
		screen.store.showImage(sample, size);
		for (const each of [sizes['200x60'], { columns: 81, rows: 25 }, { columns: 20, rows: 3 }, size]) {
			await screen.resize(each);
			checkLines(t, await screen.frame(), each);
		}
		const before = await screen.frame();
		screen.unmount();
		const anew = await renderScreen('sample/image.tar', size);
		anew.store.showImage(sample, size);
		t.assert.equal(before, await anew.frame());
		anew.unmount();
	});

	for (const key of ['q', '\u0003']) {
		test(`is left with ${JSON.stringify(key)}, while reading and while exploring`, async (t) => {
			const screen = await renderScreen('sample/image.tar', size);
			t.assert.equal(screen.hasLeft(), false);
			await screen.send(key);
			t.assert.equal(screen.hasLeft(), true);
			screen.unmount();
			const exploring = await renderScreen('sample/image.tar', size);
			exploring.store.showImage(sample, size);
			await exploring.send(`jj${key}`);
			t.assert.equal(exploring.hasLeft(), true);
			exploring.unmount();
		});
	}
});
