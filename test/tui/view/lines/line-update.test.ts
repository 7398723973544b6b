import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import headless from '@xterm/headless';
import fc from 'fast-check';
import { cellWidth } from '../../../../source/text/width.ts';
import { lineUpdate } from '../../../../source/tui/view/lines/line-update.ts';

const COLUMNS = 30;

/** The only line of a terminal, with the looks of each cell that show, after these writes. */
async function cellsAfter(...writes: readonly string[]): Promise<readonly string[]> {
	const terminal = new headless.Terminal({ cols: COLUMNS, rows: 1, allowProposedApi: true });
	for (const text of writes) await new Promise<void>((resolve) => terminal.write(text, resolve));
	const line = terminal.buffer.active.getLine(0);
	const cells = Array.from({ length: COLUMNS }, (_, column) => line?.getCell(column));
	const looks = cells.map((cell) => {
		const text = cell?.getChars() || ' ';
		const onBlank = [cell?.getBgColor(), cell?.isInverse(), cell?.isUnderline()];
		const onText = [cell?.getFgColor(), cell?.isBold(), cell?.isDim()];
		return [text, ...onBlank, ...(text === ' ' ? [] : onText)].join();
	});
	terminal.dispose();
	return looks;
}

describe('a changed line', () => {
	test('is written where it differs, and stays as it is before and behind that', (t) => {
		t.assert.equal(
			lineUpdate('│ file-one    │ 1 │', '│ file-two    │ 2 │', COLUMNS),
			'\u001B[8Gtwo\u001B[6C2',
		);
		t.assert.equal(lineUpdate('old', 'new', COLUMNS), '\rnew');
	});

	test('has only the looks written that change, and none left on', (t) => {
		t.assert.equal(
			lineUpdate('\u001B[1mab\u001B[22m', '\u001B[1mac\u001B[22m', COLUMNS),
			'\u001B[2G\u001B[1mc\u001B[m',
		);
		t.assert.equal(
			lineUpdate('x', 'x\u001B[38;5;80m\u001B[1mab\u001B[22m\u001B[39mc', COLUMNS),
			'\u001B[2G\u001B[1;38;5;80mab\u001B[mc',
		);
		t.assert.equal(lineUpdate('\u001B[32ma \u001B[39mb', '\u001B[32ma\u001B[39m b', COLUMNS), '');
	});

	test('is erased where much of it becomes blank', (t) => {
		const words = 'one two three four';
		t.assert.equal(lineUpdate(`${words} end`, 'one', COLUMNS), '\u001B[5G\u001B[K');
		t.assert.equal(lineUpdate(`${words} end`, `one${' '.repeat(16)}end`, COLUMNS), '\u001B[5G\u001B[14X');
	});

	test('is written anew where it has characters of other widths', (t) => {
		t.assert.equal(lineUpdate('a 日本 b', 'a 日本 c', COLUMNS), '\u001B[1G\u001B[Ka 日本 c');
		t.assert.equal(lineUpdate('ae', 'ae\u0301', COLUMNS), '\u001B[1G\u001B[Kae\u0301');
	});

	test('looks as if it had been written to an empty terminal', async () => {
		const piece = fc.constantFrom(
			...['a', 'b', '│ ', ' ', '         ', 'é', '日', 'e\u0301'],
			...['\u001B[1m', '\u001B[2m', '\u001B[22m', '\u001B[32m', '\u001B[38;5;80m', '\u001B[39m'],
			...['\u001B[7m', '\u001B[27m', '\u001B[48;5;234m', '\u001B[49m', '\u001B[4m', '\u001B[24m'],
		);
		const line = fc
			.array(piece, { maxLength: 14 })
			.map((pieces) => pieces.join(''))
			.filter((text) => cellWidth(stripVTControlCharacters(text)) <= COLUMNS)
			.map((text) => `${text}\u001B[0m`);
		await fc.assert(
			fc.asyncProperty(line, line, async (previous, next) => {
				const updated = await cellsAfter(previous, lineUpdate(previous, next, COLUMNS));
				const expected = await cellsAfter(next);
				if (updated.join('\n') !== expected.join('\n')) throw new Error(`${updated}\n${expected}`);
			}),
			{ numRuns: 500, seed: 7 },
		);
	});
});
