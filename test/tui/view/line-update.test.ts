import { describe, test } from 'node:test';
import headless from '@xterm/headless';
import fc from 'fast-check';
import { lineUpdate } from '../../../source/tui/view/line-update.ts';

const COLUMNS = 30;

/** The only line of a terminal, with the looks of each cell, after these writes. */
async function cellsAfter(...writes: readonly string[]): Promise<readonly string[]> {
	const terminal = new headless.Terminal({ cols: COLUMNS, rows: 1, allowProposedApi: true });
	for (const text of writes) await new Promise<void>((resolve) => terminal.write(text, resolve));
	const line = terminal.buffer.active.getLine(0);
	const cells = Array.from({ length: COLUMNS }, (_, column) => line?.getCell(column));
	const looks = cells.map((cell) =>
		[cell?.getChars() || ' ', cell?.getFgColor(), cell?.isBold(), cell?.isInverse()].join(),
	);
	terminal.dispose();
	return looks;
}

describe('a changed line', () => {
	test('is written from where it differs, in the style that is on there', (t) => {
		t.assert.equal(lineUpdate('│ file-one', '│ file-two', COLUMNS), '\u001B[8G\u001B[Ktwo');
		t.assert.equal(
			lineUpdate('\u001B[1mab\u001B[22m', '\u001B[1mac\u001B[22m', COLUMNS),
			'\u001B[2G\u001B[K\u001B[1mc\u001B[22m',
		);
	});

	test('is written anew where it differs from the start, or has characters of other widths', (t) => {
		t.assert.equal(lineUpdate('old', 'new', COLUMNS), '\u001B[1G\u001B[Knew');
		t.assert.equal(lineUpdate('a 日本 b', 'a 日本 c', COLUMNS), '\u001B[1G\u001B[Ka 日本 c');
		t.assert.equal(lineUpdate('ae', 'ae\u0301', COLUMNS), '\u001B[1G\u001B[Kae\u0301');
	});

	test('looks as if it had been written to an empty terminal', async () => {
		const piece = fc.constantFrom(
			'a',
			'b',
			'│ ',
			' ',
			'é',
			'日',
			'e\u0301',
			'\u001B[1m',
			'\u001B[22m',
			'\u001B[32m',
			'\u001B[39m',
		);
		const line = fc.array(piece, { maxLength: 14 }).map((pieces) => `${pieces.join('')}\u001B[0m`);
		await fc.assert(
			fc.asyncProperty(line, line, async (previous, next) => {
				const updated = await cellsAfter(previous, lineUpdate(previous, next, COLUMNS));
				const expected = await cellsAfter(next);
				if (updated.join() !== expected.join()) throw new Error(`${updated}\n${expected}`);
			}),
			{ numRuns: 300, seed: 7 },
		);
	});
});
