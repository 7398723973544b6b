import { execFileSync } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
	hasLayers,
	isLayer,
	startInTerminal,
	startShell,
	type TerminalSession,
} from '../support/terminal.ts';

const size = { columns: 120, rows: 40 };
const sample = 'sample/image.tar';
const whole = (screen: readonly string[]) =>
	screen[39]?.includes('q quit') && !screen[0].includes('comparing');

describe('fathom IMAGE --at PATH --layer N', () => {
	test('opens at the path, in that layer', async (t) => {
		const words = [sample, '--at', '/srv/orders/config/default.json', '--layer', '7'];
		const terminal = startInTerminal(t, { size, arguments: words });
		await terminal.until((screen) => whole(screen) && screen.some((line) => /❯.*default\.json/.test(line)));
		t.assert.match(terminal.screen().join('\n'), /What layer 7 did/);
	});

	test('opens in the layer that changed the path last', async (t) => {
		const terminal = startInTerminal(t, {
			size,
			arguments: [sample, '--at', 'srv/orders/config/default.json'],
		});
		await terminal.until((screen) => whole(screen) && screen.some((line) => /❯.*default\.json/.test(line)));
		t.assert.match(terminal.screen().join('\n'), /What layer 10 did/);
	});

	test('shows a removed path where it was removed, and says so', async (t) => {
		const terminal = startInTerminal(t, {
			size,
			arguments: [sample, '--at', '/srv/orders/public/draft.html'],
		});
		await terminal.until((screen) => screen[38].includes('layer 8 removed it'));
		t.assert.match(terminal.screen().join('\n'), /What layer 8 did/);
		t.assert.equal(
			terminal.screen().some((line) => /❯.*draft\.html/.test(line)),
			true,
		);
	});

	test('opens at the layer alone', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [sample, '--layer', '8'] });
		await terminal.until(
			(screen) => whole(screen) && screen.some((line) => line.includes('What layer 8 did')),
		);
	});

	test('says in the status line what is not there', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [sample, '--at', '/no\u001B[31m/such'] });
		await terminal.until((screen) => screen[38].includes('There is no /no\\x1B[31m/such in the image.'));
		const layer = startInTerminal(t, { size, arguments: [sample, '--layer', '80'] });
		await layer.until((screen) => screen[38].includes('There is no layer 80: the image has 11 layers.'));
	});

	test('refuses what is no layer before the screen, and what is no terminal', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [sample, '--layer', 'top'] });
		t.assert.equal(await terminal.exit(), 2);
		t.assert.equal(terminal.output().includes('\u001B[?1049h'), false);
		t.assert.match(
			terminal.screen()[0],
			/^fathom: --layer: expected the number of a layer such as 1, got "top"\./,
		);
		const environment = { TERM: 'dumb' };
		const dumb = startInTerminal(t, {
			size,
			arguments: [sample, '--at', '/a b', '--layer', '2'],
			environment,
		});
		t.assert.equal(await dumb.exit(), 2);
		t.assert.match(dumb.screen().join('\n'), /fathom files sample\/image\.tar '\/a b' --layer 2 --changes/);
	});
});

describe('what is typed before there is anything to see', () => {
	test('counts as soon as there is, in the order in which it was typed', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [sample] });
		terminal.press('jjl');
		await terminal.until((screen) => hasLayers(screen) && isLayer(3)(screen));
		await terminal.until((screen) => screen.some((line) => line.includes('┬━ What layer 3 did')));
	});

	test('is text where a key opens something to type in', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [sample] });
		terminal.press('/squash');
		await terminal.until((screen) => screen[38].startsWith(' /squash '));
	});

	test('counts when it is typed while the image is read, too', async (t) => {
		const { terminal, sendRest } = await readingFromPipe(t);
		terminal.press('j');
		terminal.press('jl');
		await sendRest();
		await terminal.until((screen) => hasLayers(screen) && isLayer(3)(screen));
	});

	test('does not keep Ctrl-C from ending the program at once', async (t) => {
		const { terminal } = await readingFromPipe(t);
		terminal.press('jj\u0003');
		t.assert.equal(await terminal.exit(), 130);
	});

	test('leaves the line alone that is printed at the end', async (t) => {
		const shell = startShell(t, size);
		await shell.untilShown('$');
		shell.press('"$NODE" "$FATHOM" demo\r');
		await shell.untilShown('"$FATHOM" demo');
		shell.press('jj');
		await shell.until((screen) => hasLayers(screen) && isLayer(3)(screen));
		shell.press('q');
		await shell.untilShown('Next: fathom IMAGE');
		t.assert.deepEqual(
			shell.screen().filter((line) => line.startsWith('jj')),
			[],
		);
	});
});

/** The explorer that waits for the rest of an image, which comes by a pipe. */
async function readingFromPipe(
	t: TestContext,
): Promise<{ readonly terminal: TerminalSession; readonly sendRest: () => Promise<void> }> {
	const pipe = join(await temporaryFolder(t), 'pipe');
	execFileSync('mkfifo', [pipe]);
	// Whoever holds both ends of a pipe is not kept waiting.
	const bothEnds = await open(pipe, 'r+');
	const archive = await readFile(sample);
	await bothEnds.write(archive.subarray(0, 1000));
	const terminal = startInTerminal(t, { size, arguments: ['-'], standardInput: pipe });
	t.after(() => bothEnds.close().catch(() => {}));
	await terminal.until((screen) => screen.some((line) => line.includes('Reading -')));
	return {
		terminal,
		sendRest: async () => {
			await bothEnds.writeFile(archive.subarray(1000));
			await bothEnds.close();
		},
	};
}
