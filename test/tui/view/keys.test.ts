import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasLayers, isLayer, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 120, rows: 40 };

/** The explorer on the sample image, with a fathom.yaml. */
async function explore(t: TestContext, yaml: string, ...flags: readonly string[]): Promise<TerminalSession> {
	const config = join(await temporaryFolder(t), 'fathom.yaml');
	await writeFile(config, yaml);
	return startInTerminal(t, { size, arguments: ['sample/image.tar', '--config', config, ...flags] });
}

/** All that is said before there is a screen, in one line. */
async function refusal(t: TestContext, yaml: string): Promise<string> {
	const terminal = await explore(t, yaml);
	t.assert.equal(await terminal.exit(), 2);
	t.assert.equal(terminal.output().includes('\u001B[?1049h'), false);
	return terminal.output().replaceAll(/\s+/g, ' ');
}

describe('the keys in fathom.yaml', () => {
	test('work, and are what the screen says', async (t) => {
		const terminal = await explore(
			t,
			'keys:\n  bind:\n    down: e\n    toggle-unchanged: Ctrl-T\n    help: [F]\n',
		);
		await terminal.until((screen) => screen.at(-1)?.includes('F keys  q quit') === true);
		terminal.press('e');
		await terminal.until(isLayer(2));
		// What had the key by itself has it no more.
		terminal.press('c');
		await terminal.until((screen) => screen[38].includes('c does nothing here. F shows all keys.'));
		terminal.press('\u0014');
		await terminal.until((screen) => !screen.some((line) => line.includes('same hidden')));
		terminal.press('F');
		await terminal.until((screen) => screen.some((line) => /^ {3}e ↓ +Next row/.test(line)));
		terminal.press('F:hide what did');
		await terminal.until((screen) => /Hide what did not change.* Ctrl-T$/.test(screen[1].trimEnd()));
	});

	test('that leave an action without a key are said once, and in the help', async (t) => {
		const terminal = await explore(t, 'keys:\n  bind:\n    down: e\n');
		await terminal.until((screen) =>
			screen[38].startsWith(' open-export has no key: fathom.yaml gave e to down.'),
		);
		terminal.press('e');
		await terminal.until((screen) => isLayer(2)(screen) && /2 of 11$/.test(screen[38]));
		terminal.press('?G');
		await terminal.until((screen) =>
			screen.some((line) => /^ {3}no key +Export this view .*\(fathom\.yaml gave e to down\)$/.test(line)),
		);
	});

	test('may be those of dive', async (t) => {
		const terminal = await explore(t, 'keys: dive\n', '--layer', '10');
		await terminal.until((screen) => hasLayers(screen) && isLayer(10)(screen));
		t.assert.doesNotMatch(terminal.screen()[38], /no key/);
		// From the files to the layers.
		terminal.press('\u001B[Z');
		terminal.press('\u0001');
		await terminal.until((screen) => screen.some((line) => line.includes('All of layers 1–10')));
		terminal.press('\u000C');
		await terminal.until(isLayer(10));
		terminal.press('\t\u0012');
		await terminal.until((screen) => screen.some((line) => line.includes('!kind:removed')));
		terminal.press('\u0012\u0006');
		await terminal.until((screen) => screen[38].startsWith(' /'));
	});

	test('that do not work are said with the line of the file, before the screen', async (t) => {
		t.assert.match(
			await refusal(t, 'keys:\n  bind:\n    sort: o\n    scope: o\n'),
			/fathom\.yaml:4: keys\.bind\.scope: o is already the key of sort \(line 3\), and both work in layers\. try: Give scope or sort another key\./,
		);
		t.assert.match(
			await refusal(t, 'keys:\n  bind:\n    srot: o\n'),
			/fathom\.yaml:3: keys\.bind\.srot: no such action\. try: sort/,
		);
		t.assert.match(
			await refusal(t, 'keys:\n  bind:\n    sort: ctrl-m\n'),
			/fathom\.yaml:3: keys\.bind\.sort: "ctrl-m" cannot be its key: a terminal sends Enter for it\./,
		);
		t.assert.match(
			await refusal(t, 'keys:\n  bind:\n    sort: "\\e[31m"\n'),
			/keys\.bind\.sort: "\\u001b\[31m" cannot be its key: no such key\./,
		);
		t.assert.match(
			await refusal(t, 'keys: emacs\n'),
			/fathom\.yaml:1: keys: expected default, dive, or a map/,
		);
	});
});
