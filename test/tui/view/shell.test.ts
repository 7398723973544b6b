import { execFileSync } from 'node:child_process';
import { access, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
	hasLayers,
	isLayer,
	markedPaste,
	startInTerminal,
	startShell,
	type TerminalSession,
} from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };
const CTRL_L = '\u000C';
const CTRL_Z = '\u001A';
/** Xterm: the alternate screen, with the cursor where it was. */
const ALTERNATE_SCREEN = '\u001B[?1049h';
const demo = '"$NODE" "$FATHOM" demo\r';

const hasLine = (line: string) => (screen: readonly string[]) => screen.includes(line);

describe('what is pasted', () => {
	/**
	 * A key, then a command for the shell again and again: more than the terminal hands over at once. Line feeds end a line for the shell
	 * in any mode.
	 */
	const pasted = (key: string, file: string) => `${'x'.repeat(1500)}${key}\n${`touch ${file}\n`.repeat(500)}`;

	for (const [name, key] of Object.entries({ q: 'q', 'Ctrl-C': '\u0003', 'Ctrl-Z': CTRL_Z })) {
		test(`behind ${name} is not run by the shell, where the terminal does not mark pastes`, async (t) => {
			const file = join(await temporaryFolder(t), 'run');
			const shell = await explorerInShell(t);
			shell.press(pasted(key, file));
			await shell.until(() => !shell.isAlternate());
			await sayDone(shell);
			await t.assert.rejects(access(file), { code: 'ENOENT' });
		});
	}

	test('is no key, where the terminal marks it', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
		await terminal.until(hasLayers);
		for (const piece of cut(markedPaste(pasted('q', 'x')), 700)) terminal.press(piece);
		terminal.press('j');
		await terminal.until(isLayer(2));
		terminal.press('/');
		terminal.press(markedPaste('main.js\rq\rtouch x\r'));
		await terminal.until((screen) => screen[22].startsWith(' /main.js '));
	});
});

describe('job control', () => {
	test('Ctrl-Z gives the terminal to the shell, and fg paints the screen anew', async (t) => {
		const shell = await explorerInShell(t);
		shell.press('j');
		await shell.until(isLayer(2));
		shell.press(`j${CTRL_Z}jj`);
		await isStopped(t, shell);
		shell.resize({ columns: 100, rows: 30 });
		shell.press('fg\r');
		await shell.until((screen) => isLayer(3)(screen) && screen[1].length === 100 && screen[29] !== '');
		await shell.until(() => shell.reportsMouse());
		t.assert.deepEqual(
			[shell.isAlternate(), shell.isCursorHidden(), shell.marksPastes()],
			[true, true, true],
		);
		shell.press('j');
		await shell.until(isLayer(4));
		shell.press(CTRL_Z);
		await isStopped(t, shell);
		shell.press('fg\r');
		await shell.until(isLayer(4));
		shell.press('q');
		await shell.until(() => !shell.isAlternate());
		await sayDone(shell);
	});

	for (const signal of ['TSTP', 'STOP'])
		test(`SIG${signal} from outside stops it, and fg paints the screen anew`, async (t) => {
			const { shell, processId } = await explorerWithId(t);
			process.kill(processId, `SIG${signal}`);
			await shell.untilShown('Stopped');
			// After SIGSTOP the terminal may be in the explorer's mode still, in which Enter is no line feed.
			shell.press('fg\n');
			await shell.until((screen) => hasLayers(screen) && isLayer(1)(screen));
			t.assert.equal(shell.isAlternate(), true);
			shell.press('j');
			await shell.until(isLayer(2));
		});

	test('in the background it stays stopped, and leaves the terminal to the shell', async (t) => {
		const shell = await explorerInShell(t);
		shell.press(CTRL_Z);
		await isStopped(t, shell);
		shell.press('bg\r');
		shell.press('sleep 0.3; jobs; echo listed\r');
		await shell.until(hasLine('listed'));
		t.assert.equal(shell.isAlternate(), false);
		shell.press('fg\r');
		await shell.until(hasLayers);
		shell.press('j');
		await shell.until(isLayer(2));
		// Once at the start, and once after `fg`.
		t.assert.equal(shell.output().split(ALTERNATE_SCREEN).length - 1, 2);
	});

	test('a stopped one ends when the shell ends it', async (t) => {
		const { shell, processId } = await explorerWithId(t);
		shell.press(CTRL_Z);
		await isStopped(t, shell);
		const commands = ['clear', 'kill -TERM %1', 'kill -CONT %1', `while kill -0 ${processId}; do jobs; done`];
		shell.press(`${commands.join('; ')}; clear; echo ov"er"\r`);
		await shell.until(hasLine('over'));
		t.assert.equal(shell.isAlternate(), false);
	});

	test('Ctrl-Z works while an image is read', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		// Whoever holds both ends of a pipe is not kept waiting, and it never ends.
		const bothEnds = await open(pipe, 'r+');
		t.after(() => bothEnds.close());
		await bothEnds.write((await readFile('sample/image.tar')).subarray(0, 30_000));
		const shell = await readyShell(t);
		shell.press(`"$NODE" "$FATHOM" - < ${pipe}\r`);
		await shell.until((screen) => screen.some((line) => line.includes('Reading -')));
		shell.resize({ columns: 80, rows: 25 });
		await shell.until((screen) => screen[24].includes('q quit'));
		shell.press(CTRL_Z);
		await isStopped(t, shell);
		shell.press('fg\r');
		await shell.until((screen) => screen.some((line) => line.includes('Reading -')));
		shell.press('q');
		await shell.until(() => !shell.isAlternate());
		await sayDone(shell);
	});

	test('where no shell could continue it, Ctrl-Z paints the screen anew', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
		await terminal.until(hasLayers);
		terminal.press(CTRL_Z);
		await terminal.until(() => !terminal.isAlternate());
		// The terminal writes what it is told in this mode, so that the cursor is no more at the start of a line.
		terminal.press('x'.repeat(30));
		await terminal.until((screen) => terminal.isAlternate() && hasLayers(screen));
		terminal.press('j');
		await terminal.until(isLayer(2));
	});
});

test('Ctrl-L paints over what another program wrote', async (t) => {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
	await terminal.until(hasLayers);
	const before = terminal.screen();
	terminal.disturb('\u001B[5;20H\u001B[31mBroadcast message\r\n\n\n\n\u001B[?25h');
	await terminal.until((screen) => screen.some((line) => line.includes('Broadcast')));
	terminal.press(CTRL_L);
	await terminal.until((screen) => !screen.some((line) => line.includes('Broadcast')) && hasLayers(screen));
	t.assert.deepEqual(terminal.screen(), before);
	t.assert.equal(terminal.isCursorHidden(), true);
});

/** What is typed before the shell has printed its prompt would be in the way of it. */
async function readyShell(t: TestContext): Promise<TerminalSession> {
	const shell = startShell(t, size);
	await shell.untilShown('$');
	return shell;
}

async function explorerInShell(t: TestContext): Promise<TerminalSession> {
	const shell = await readyShell(t);
	shell.press(demo);
	await shell.until(hasLayers);
	return shell;
}

async function explorerWithId(
	t: TestContext,
): Promise<{ readonly shell: TerminalSession; readonly processId: number }> {
	const file = join(await temporaryFolder(t), 'id');
	const shell = await readyShell(t);
	shell.press(`sh -c 'echo $$ > ${file}; exec "$NODE" "$FATHOM" demo'\r`);
	await shell.until(hasLayers);
	return { shell, processId: Number(await readFile(file, 'utf8')) };
}

/** The shell has the terminal, as it was before. */
async function isStopped(t: TestContext, shell: TerminalSession): Promise<void> {
	await shell.untilShown('Stopped');
	t.assert.deepEqual(
		[shell.isAlternate(), shell.isCursorHidden(), shell.marksPastes(), shell.reportsMouse()],
		[false, false, false, false],
	);
	shell.press('clear; stty -a | grep -o " icanon"\r');
	await shell.until(hasLine(' icanon'));
}

/** By then the shell has done what came before. */
async function sayDone(shell: TerminalSession): Promise<void> {
	shell.press('clear; echo all is do"ne"\r');
	await shell.until(hasLine('all is done'));
}

function cut(text: string, length: number): readonly string[] {
	return text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
}
