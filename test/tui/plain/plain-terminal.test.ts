import { describe, type TestContext, test } from 'node:test';
import { runInTerminal } from '../../cli/run-in-terminal.ts';
import { samplePath } from '../../cli/run-program.ts';
import {
	startInTerminal,
	startShell,
	type TerminalOptions,
	type TerminalSession,
} from '../support/terminal.ts';

const size = { columns: 100, rows: 40 };
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ESCAPE = '\u001B';
const UP = `${ESCAPE}[A`;
const prompts = (screen: readonly string[]) => screen.filter((line) => /^>(?: |$)/.test(line)).length;

/** What `node:readline` sends to edit a line: to a column, and away with the rest of the screen. */
const readlineSequence = new RegExp(`${ESCAPE}\\[(?:\\d*[GDC]|0?[JK])`, 'g');

async function prompted(t: TestContext, options: Partial<TerminalOptions> = {}): Promise<TerminalSession> {
	const terminal = startInTerminal(t, { size, arguments: [samplePath, '--plain'], ...options });
	await terminal.until((screen) => prompts(screen) === 1);
	return terminal;
}

/** Types a command, and waits for the next prompt. */
async function typed(terminal: TerminalSession, line: string, answer: string): Promise<void> {
	terminal.press(`${line}\r`);
	await terminal.until(
		(screen) => screen.at(-1) === '>' || screen.findLast((row) => row !== '')?.startsWith('>') === true,
	);
	await terminal.untilShown(answer);
}

describe('fathom --plain in a terminal', () => {
	test('prints lines and takes commands, with nothing drawn', async (t) => {
		const terminal = await prompted(t);
		t.assert.match(
			terminal.screen()[0],
			/^orders:1\.8\.2: 11 layers, 182 kB, of which 75\.8 kB are wasted\./,
		);
		await typed(terminal, 'layer 3', '3. removed, 4.1 kB: /var/cache/apk/libstdc++-15.2.0-r2.apk');
		await typed(terminal, 'cd srv/orders', 'In /srv/orders');
		terminal.press(CTRL_D);
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.isAlternate(), false);
		const written = terminal.output().replace(readlineSequence, '');
		t.assert.equal(written.includes(ESCAPE), false);
		t.assert.doesNotMatch(written, /[\u2500-\u259F]/);
	});

	test('lets a line be edited, and has those before', async (t) => {
		const terminal = await prompted(t);
		terminal.press('nonsense');
		await terminal.until((screen) => screen.includes('> nonsense'));
		terminal.press(`${CTRL_C}layer 4\r`);
		await terminal.untilShown('Only folders change.');
		terminal.press(UP);
		await terminal.until((screen) => screen.filter((line) => line === '> layer 4').length === 2);
		terminal.press('\u007F3\r');
		await terminal.untilShown('Layer 3 ships 0 B, wastes 22.5 kB, 3 removed.');
		terminal.press('quit\r');
		t.assert.equal(await terminal.exit(), 0);
	});

	test('Ctrl-C at an empty prompt leaves', async (t) => {
		const terminal = await prompted(t);
		terminal.press(CTRL_C);
		t.assert.equal(await terminal.exit(), 0);
	});

	test('Ctrl-Z gives the terminal to the shell, and fg asks again', async (t) => {
		const shell = startShell(t, size);
		await shell.untilShown('$');
		shell.press('"$NODE" "$FATHOM" demo --plain\r');
		await shell.until((screen) => prompts(screen) === 1);
		shell.press('\u001A');
		await shell.untilShown('Stopped');
		shell.press('fg\r');
		await shell.until((screen) => prompts(screen) === 2);
		shell.press('layer 3\r');
		await shell.untilShown('Layer 3 ships 0 B');
	});

	test('is what a setting asks for, and who has programs of Ink read aloud', async (t) => {
		for (const environment of [{ FATHOM_PLAIN: 'true' }, { INK_SCREEN_READER: 'true', TERM: 'dumb' }]) {
			const terminal = await prompted(t, { arguments: [samplePath], environment });
			t.assert.equal(terminal.isAlternate(), false);
		}
	});

	test('is not what they get who do not want it, nor a job in CI', async (t) => {
		const environment = { INK_SCREEN_READER: 'true', FATHOM_PLAIN: 'false' };
		const terminal = startInTerminal(t, { size, arguments: [samplePath], environment });
		await terminal.until((screen) => screen[0].includes('[1 Layers]'));
		const { status, output } = await runInTerminal([samplePath, '--plain'], { environment: { CI: 'true' } });
		t.assert.equal(status, 1);
		t.assert.match(output, /FAIL: /);
	});

	test('begins where --at and --layer say', async (t) => {
		const place = ['--at', '/srv/orders/.npmrc', '--layer', '5'];
		const terminal = await prompted(t, { arguments: [samplePath, '--plain', ...place] });
		await terminal.untilShown('path: /srv/orders/.npmrc');
		await typed(terminal, 'show .npmrc @5', '_authToken=');
	});

	test('without an image names those at hand', async (t) => {
		const { status, output } = await runInTerminal(['--plain'], { environment: { PATH: '/nowhere' } });
		t.assert.equal(status, 0);
		t.assert.match(output, /(?:To open one: fathom IMAGE|The sample image: fathom demo)\r\n$/);
		t.assert.equal(output.includes(ESCAPE), false);
	});
});
