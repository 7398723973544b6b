import { execFileSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openedDifference } from '../../source/commands/explorer/explore-pair.ts';
import { compareImages } from '../../source/session/pair/image-pair.ts';
import { loadImage } from '../support/load-image.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dockerArchive } from '../support/write-archive.ts';
import { after, before } from '../tui/support/open-pair.ts';
import { explore, type Scenario } from '../tui/support/scenario.ts';
import { startInTerminal, type TerminalSession } from '../tui/support/terminal.ts';
import { runProgram } from './run-program.ts';

const size = { columns: 100, rows: 30 };
const CTRL_C = '\u0003';

interface Pair {
	readonly folder: string;
	readonly older: string;
	readonly newer: string;
}

async function writePair(t: TestContext): Promise<Pair> {
	const folder = await temporaryFolder(t);
	const [older, newer] = [join(folder, 'old.tar'), join(folder, 'new.tar')];
	await writeFile(older, dockerArchive([before]));
	await writeFile(newer, dockerArchive([after]));
	return { folder, older, newer };
}

function showsFrame(terminal: TerminalSession, { screen }: Scenario): Promise<void> {
	const expected = screen().join('\n');
	return terminal.until((shown) => shown.map((row) => row.trimEnd()).join('\n') === expected);
}

describe('fathom diff in a terminal', () => {
	test('is the explorer on both images, and gives the terminal back', async (t) => {
		const { older, newer } = await writePair(t);
		const images = [await loadImage(older), await loadImage(newer)] as const;
		const difference = await compareImages(images);
		let scenario = explore(await openedDifference(images, difference), size);
		const terminal = startInTerminal(t, { size, arguments: ['diff', older, newer] });
		await showsFrame(terminal, scenario);
		t.assert.equal(terminal.isAlternate(), true);
		for (const key of ['j', 'c', 's', '2', 'j', '3', '4', '1']) {
			terminal.press(key);
			scenario = scenario.press(key);
			await showsFrame(terminal, scenario);
		}
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.isAlternate(), false);
		t.assert.equal(terminal.isCursorHidden(), false);
	});

	for (const [name, key, status] of [
		['Ctrl-C', CTRL_C, 130],
		['q', 'q', 0],
	] as const)
		test(`says how far both images are read, and stops with ${name} and exit code ${status}`, async (t) => {
			const { folder, older } = await writePair(t);
			const pipe = join(folder, 'pipe');
			execFileSync('mkfifo', [pipe]);
			// Opened for reading too, so that it does not wait for a reader.
			const writer = await open(pipe, 'r+');
			t.after(() => writer.close());
			await writer.write(dockerArchive([after]).subarray(0, 2000));
			const terminal = startInTerminal(t, { size, arguments: ['diff', older, '-'], standardInput: pipe });
			await terminal.until((screen) => {
				const text = screen.join('\n');
				return text.includes(`Read ${older}`) && text.includes('Reading -');
			});
			terminal.press(key);
			t.assert.equal(await terminal.exit(), status);
			t.assert.equal(terminal.isAlternate(), false);
			t.assert.equal(terminal.screen().join('').trim(), '');
		});

	test('says which of the two cannot be read', async (t) => {
		const { folder, older } = await writePair(t);
		const broken = join(folder, 'broken.tar');
		await writeFile(broken, 'no archive');
		for (const [which, images] of [
			['new', [older, broken]],
			['old', [broken, older]],
		] as const) {
			const terminal = startInTerminal(t, { size, arguments: ['diff', ...images] });
			t.assert.equal(await terminal.exit(), 2);
			t.assert.equal(terminal.isAlternate(), false);
			t.assert.match(terminal.output(), new RegExp(`fathom: The ${which} image: .*broken\\.tar`));
		}
	});

	test('is text with a flag that is about a report, such as --ignore', async (t) => {
		const { older, newer } = await writePair(t);
		const terminal = startInTerminal(t, { size, arguments: ['diff', older, newer, '--ignore', 'srv'] });
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.output().includes('\u001B[?1049h'), false);
		t.assert.match(terminal.output(), /Files.*1 added/);
		t.assert.doesNotMatch(terminal.output(), /index\.html/);
	});

	test('is text where nobody watches', async (t) => {
		const { older, newer } = await writePair(t);
		const environment = { CI: 'true' };
		const job = startInTerminal(t, { size, arguments: ['diff', older, newer], environment });
		t.assert.equal(await job.exit(), 0);
		t.assert.equal(job.output().includes('\u001B[?1049h'), false);
		const { stdout } = await runProgram(['diff', older, newer]);
		t.assert.match(stdout, /added/);
	});
});
