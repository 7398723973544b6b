import { execFileSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openedDifference } from '../../../source/commands/explorer/opened-difference.ts';
import { findingChanges } from '../../../source/commands/pair/finding-changes.ts';
import { comparePackagesOf } from '../../../source/session/pair/compare-packages.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { after, before } from '../../tui/support/open-pair.ts';
import { explore, type Scenario } from '../../tui/support/scenario.ts';
import { startInTerminal, type TerminalSession } from '../../tui/support/terminal.ts';
import { runProgram } from '../run-program.ts';

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
		const details = {
			packages: { kind: 'known', value: await comparePackagesOf(images, difference) },
			findings: { kind: 'known', value: await findingChanges(images, new AbortController().signal) },
		} as const;
		let scenario = explore({ ...(await openedDifference(images, difference)), details }, size);
		const terminal = startInTerminal(t, { size, arguments: ['diff', older, newer] });
		await showsFrame(terminal, scenario);
		t.assert.equal(terminal.isAlternate(), true);
		for (const key of ['j', 'c', 's', '2', 'j', '3', '4', '5', '6', '1']) {
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

	test('leaves out what --ignore says, and begins where a folder or --only says', async (t) => {
		const { older, newer } = await writePair(t);
		const shown = async (args: readonly string[], sign: string) => {
			const terminal = startInTerminal(t, { size, arguments: ['diff', older, newer, ...args] });
			await terminal.until((screen) => screen.some((row) => row.includes(sign)));
			const screen = terminal.screen();
			t.assert.equal(terminal.isAlternate(), true);
			terminal.press('q');
			t.assert.equal(await terminal.exit(), 0);
			t.assert.equal(terminal.isAlternate(), false);
			return screen;
		};
		const ignored = await shown(['--ignore', 'srv'], 'without srv');
		t.assert.match(ignored.join('\n'), /A .* opt\/ /);
		t.assert.doesNotMatch(ignored.join('\n'), /index\.html/);
		t.assert.match((await shown(['/srv/assets'], ' /srv/assets '))[28], /^ \/srv\/assets /);
		t.assert.match((await shown(['--only', 'config,files'], '[5 Config '))[3], /created/);
		const both = await shown(['srv', '--ignore', 'srv/*.md'], 'without srv/*.md');
		t.assert.match(both[28], /^ \/srv /);
	});

	test('is text with the path of a file, and with a flag that is about a report', async (t) => {
		const { older, newer } = await writePair(t);
		for (const [args, text] of [
			[['/srv/README.md'], /old mode 100644/],
			[['--full', '/srv'], /index\.html/],
			[['--exit-code', '--ignore', '**', '--only', 'files'], /the same files without/],
		] as const) {
			const terminal = startInTerminal(t, { size, arguments: ['diff', older, newer, ...args] });
			t.assert.equal(await terminal.exit(), 0);
			t.assert.equal(terminal.output().includes('\u001B[?1049h'), false);
			t.assert.match(terminal.output(), text);
		}
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
