import { describe, test } from 'node:test';
import { hasLayers, isLayer, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };
const sample = ['sample/image.tar'];

/** What a terminal sends for a press and a release at a cell, 0-based (xterm control sequences, SGR). */
function click(column: number, row: number): string {
	return `\u001B[<0;${column + 1};${row + 1}M\u001B[<0;${column + 1};${row + 1}m`;
}

function wheelDown(column: number, row: number): string {
	return `\u001B[<65;${column + 1};${row + 1}M`;
}

/** The first row of the screen below the verdict with a text, 0-based. */
function rowOf(terminal: TerminalSession, text: string): number {
	return terminal.screen().findIndex((line, row) => row > 2 && line.includes(text));
}

describe('the mouse in a terminal', () => {
	test('selects, opens with a double click, and scrolls', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		terminal.press(click(5, rowOf(terminal, ' 3 ')));
		await terminal.until(isLayer(3));
		terminal.press(click(5, rowOf(terminal, ' 1 ')));
		await terminal.until(isLayer(1));
		const etc = rowOf(terminal, '▸ etc/');
		terminal.press(click(60, etc) + click(60, etc));
		await terminal.until((screen) => screen[etc].includes('▾ etc/'));
		terminal.press(wheelDown(60, etc));
		await terminal.until((screen) => screen[etc + 3].startsWith('❯'));
	});

	test('may be cut in pieces, and no piece is a key', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		const row = rowOf(terminal, ' 2 ');
		for (const piece of ['\u001B[<0', ';6;', `${row + 1}M`, 'j']) terminal.press(piece);
		await terminal.until(isLayer(3));
	});

	test('does nothing in a paste', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		terminal.press(`/\u001B[200~${click(5, 4)}ab\u001B[201~`);
		await terminal.until((screen) => screen[22].includes('ab'));
		t.assert.equal(
			terminal.screen().some((line) => line.includes('❯ 1 ') || line.includes('› 1 ')),
			true,
		);
	});

	test('is the terminal’s again while M says so, and once the explorer is left', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		await terminal.until(() => terminal.reportsMouse());
		terminal.press('M');
		await terminal.until((screen) => screen[22].includes('selects text again'));
		t.assert.equal(terminal.reportsMouse(), false);
		terminal.press('M');
		await terminal.until(() => terminal.reportsMouse());
		terminal.press(click(terminal.screen()[23].indexOf('q quit'), 23));
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.reportsMouse(), false);
	});

	for (const name of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
		test(`is the terminal’s again after ${name}`, async (t) => {
			const terminal = startInTerminal(t, { size, arguments: sample });
			await terminal.until((screen) => hasLayers(screen) && terminal.reportsMouse());
			terminal.signal(name);
			await terminal.exit();
			t.assert.equal(terminal.reportsMouse(), false);
		});

	test('is the terminal’s again after a bug', async (t) => {
		const bug = 'process.on("SIGUSR2", () => { throw new Error("A bug, for a test."); })';
		const environment = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(bug)}` };
		const terminal = startInTerminal(t, { size, arguments: sample, environment });
		await terminal.until((screen) => hasLayers(screen) && terminal.reportsMouse());
		terminal.signal('SIGUSR2');
		t.assert.equal(await terminal.exit(), 2);
		t.assert.equal(terminal.reportsMouse(), false);
	});

	test('is left to the terminal with --no-mouse', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [...sample, '--no-mouse'] });
		await terminal.until(hasLayers);
		t.assert.equal(terminal.output().includes('\u001B[?1000h'), false);
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.output().includes('\u001B[?1000'), false);
	});
});
