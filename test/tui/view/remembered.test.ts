import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasLayers, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 120, rows: 40 };

/** The explorer on the sample image, with the state folder of a user. */
function explore(t: TestContext, state: string, ...flags: readonly string[]): TerminalSession {
	const environment = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: join(state, 'cache'), XDG_STATE_HOME: state };
	return startInTerminal(t, { size, arguments: ['sample/image.tar', ...flags], environment });
}

const says = (text: string) => (screen: readonly string[]) =>
	hasLayers(screen) && screen.some((line) => line.includes(text));

async function leave(terminal: TerminalSession): Promise<void> {
	terminal.press('q');
	await terminal.exit();
}

describe('what the user chose in the explorer', () => {
	test('is there again the next time, and nothing of the image is kept', async (t) => {
		const state = await temporaryFolder(t);
		const first = explore(t, state);
		await first.until(says('What layer 1 did'));
		// Everything up to the layer, by name, as a flat list, with what did not change; less room for the layers; no mouse; findings by layer.
		first.press('aasc`<M');
		await first.until((screen) => screen[38].includes('The mouse selects text again'));
		first.press('2s');
		await first.until((screen) => screen[0].includes('[2 Findings'));
		await leave(first);

		const second = explore(t, state);
		await second.until(says('All of layer 1'));
		const title = second.screen().find((line) => line.includes('All of layer 1')) ?? '';
		t.assert.match(title, / flat /);
		t.assert.equal(
			second.screen().some((line) => line.includes('name↓')),
			true,
		);
		t.assert.equal(second.reportsMouse(), false);
		second.press('2');
		await second.until((screen) => screen[3].includes('package cache removed'));
		await leave(second);

		const file = join(state, 'fathom', 'explorer.json');
		t.assert.equal((await stat(file)).mode & 0o777, 0o600);
		t.assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), {
			version: 1,
			isMouseOn: false,
			views: {
				layers: { scope: 'up-to-layer', order: 'name', hideUnchanged: false, isFlat: true, widening: -1 },
				findings: { order: 'layers' },
			},
		});
	});

	test('gives way to a flag, and a jump is no choice', async (t) => {
		const state = await temporaryFolder(t);
		await mkdir(join(state, 'fathom'));
		const file = join(state, 'fathom', 'explorer.json');
		const text = JSON.stringify({
			isMouseOn: false,
			views: { layers: { scope: 'up-to-layer', isFlat: true } },
		});
		await writeFile(file, text);
		const terminal = explore(t, state, '--mouse', '--layer', '8');
		await terminal.until(says('What layer 8 did'));
		t.assert.equal(terminal.reportsMouse(), true);
		await leave(terminal);
		t.assert.equal(await readFile(file, 'utf8'), text);
	});

	test('is the default where it makes no sense, or the file is damaged', async (t) => {
		const state = await temporaryFolder(t);
		await mkdir(join(state, 'fathom'));
		const file = join(state, 'fathom', 'explorer.json');
		const nonsense = { order: '\u001B[31m', scope: 7, widening: 1e9, isFlat: 'yes', hideUnchanged: null };
		for (const text of [
			'{',
			'[]',
			'null',
			JSON.stringify({ isMouseOn: 1, views: { layers: nonsense, __proto__: 3, findings: [] } }),
		]) {
			await writeFile(file, text);
			const terminal = explore(t, state);
			await terminal.until(
				(screen) => says('What layer 1 did')(screen) && screen.some((line) => line.includes('ships↓')),
			);
			t.assert.equal(terminal.reportsMouse(), true);
			await leave(terminal);
		}
	});

	test('is not remembered with --no-cache, and where nothing can be written that is told to who asks', async (t) => {
		const state = await temporaryFolder(t);
		const quiet = explore(t, state, '--no-cache');
		await quiet.until(says('What layer 1 did'));
		quiet.press('aa');
		await quiet.until(says('All of layer 1'));
		await leave(quiet);
		await t.assert.rejects(stat(join(state, 'fathom')), { code: 'ENOENT' });

		await writeFile(join(state, 'fathom'), 'no folder');
		const verbose = explore(t, state, '--verbose');
		await verbose.until(says('What layer 1 did'));
		verbose.press('c');
		await verbose.until(
			(screen) => hasLayers(screen) && !screen.some((line) => line.includes('same hidden')),
		);
		await leave(verbose);
		t.assert.match(verbose.output(), /What was chosen in the explorer is not remembered: /);
	});
});
