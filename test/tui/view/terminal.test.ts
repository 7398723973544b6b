import { execFileSync } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ASK_BACKGROUND } from '../../../source/tui/view/input/background-colour.ts';
import { directory, file, symlink } from '../../support/archives/tar-entry.ts';
import { dockerArchive, layerTar } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasLayers, isLayer, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };
const sample = ['sample/image.tar'];
/** All is known that the tabs count. */
const hasCounts = /2 Findings \d+ +3 Copies \d+ +4 Packages \d+ +5 Deleted \d+!? /;
const keysToLeave = { q: 'q', 'Ctrl-C': '\u0003' };

const leftBehind =
	/^sample\/image\.tar: 182 kB, 75\.8 kB wasted, efficiency 58\.3 %(?:, \d+ findings)?\. Next: fathom report sample\/image\.tar --only findings --format text$/;

describe('fathom IMAGE in a terminal', () => {
	test('draws the first frame as the model says', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until((screen) => hasLayers(screen) && hasCounts.test(screen[0]));
		t.assert.equal(terminal.isAlternate(), true);
		t.assert.equal(terminal.isCursorHidden(), true);
		t.assert.equal(terminal.marksPastes(), true);
		t.assert.fileSnapshot(`${terminal.screen().join('\n')}\n`, 'snapshots/tui/terminal-80x24.txt', {
			serializers: [String],
		});
	});

	test('takes keys one by one and several at once', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		terminal.press('j');
		await terminal.until(isLayer(2));
		terminal.press('jjj');
		await terminal.until(isLayer(5));
		terminal.press('\u001B[A');
		await terminal.until(isLayer(4));
		terminal.press('\u001B[F');
		await terminal.until(isLayer(11));
		terminal.press('/main\u007F');
		await terminal.until((screen) => screen[22].startsWith(' /mai '));
		terminal.press('\u001B');
		await terminal.until((screen) => !screen[22].startsWith(' /mai'));
		await terminal.until((screen) => screen.some((line) => line.startsWith('━ What layer 11 did')));
		terminal.press('\u001B[Z');
		await terminal.until((screen) => screen.some((line) => line.startsWith('─ What layer 11 did')));
	});

	test('follows the size of the terminal', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		terminal.resize({ columns: 120, rows: 40 });
		await terminal.until((screen) => screen[39]?.includes('q quit') && screen[1].length === 120);
		t.assert.equal(terminal.screen().filter((line) => line.includes('1 Layers')).length, 1);
		terminal.resize({ columns: 59, rows: 20 });
		await terminal.until((screen) => screen.some((line) => line.includes('fathom needs 60x15')));
		t.assert.equal(terminal.screen().filter((line) => line !== '').length, 3);
		terminal.resize(size);
		await terminal.until(hasLayers);
		t.assert.equal(terminal.screen()[23].includes('q quit'), true);
	});

	test('begins with what a container wrote on its image', async (t) => {
		const folder = await temporaryFolder(t);
		const layers = [[directory('etc/'), file('etc/motd', 'hello')], [file('app', 'app')]];
		await writeFile(join(folder, 'image.tar'), dockerArchive([{ names: ['app:1'], layers }]));
		const web = layerTar([
			directory('etc/'),
			file('etc/motd', 'hello, you'),
			file('app', 'app'),
			file('log', 'one'),
		]);
		await writeFile(join(folder, 'web.tar'), web);
		const opened = [join(folder, 'web.tar'), '--over', join(folder, 'image.tar')];
		const terminal = startInTerminal(t, { size, arguments: opened });
		await terminal.until((screen) => hasLayers(screen) && isLayer(3)(screen));
		t.assert.match(terminal.screen()[5], /^❯3 /);
		t.assert.match(terminal.screen()[22], /^ container from web\.tar +3 of 3$/);
	});

	for (const [name, key] of Object.entries(keysToLeave)) {
		test(`${name} gives the terminal back as it was`, async (t) => {
			const terminal = startInTerminal(t, { size, arguments: sample });
			await terminal.until(hasLayers);
			terminal.press(key);
			t.assert.equal(await terminal.exit(), 0);
			checkRestored(t, terminal);
			t.assert.match(terminal.screen().join(''), leftBehind);
		});
	}

	test('takes keys from the terminal where the image comes by standard input', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: ['-'], standardInput: 'sample/image.tar' });
		await terminal.until(hasLayers);
		terminal.press('j');
		await terminal.until(isLayer(2));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		checkRestored(t, terminal);
	});

	for (const [name, key] of Object.entries(keysToLeave))
		test(`is left at once with ${name} while it is still reading`, async (t) => {
			const pipe = join(await temporaryFolder(t), 'pipe');
			execFileSync('mkfifo', [pipe]);
			// Whoever holds both ends of a pipe is not kept waiting, and it never ends.
			const bothEnds = await open(pipe, 'r+');
			t.after(() => bothEnds.close());
			await bothEnds.write((await readFile('sample/image.tar')).subarray(0, 30_000));
			const terminal = startInTerminal(t, { size, arguments: ['-'], standardInput: pipe });
			await terminal.until((screen) => screen.some((line) => line.includes('Reading -')));
			// Keys reach the program by the second frame: before, the terminal may still make a signal of Ctrl-C.
			terminal.resize({ columns: 80, rows: 25 });
			await terminal.until((screen) => screen[24].includes('q quit'));
			t.assert.equal(terminal.isAlternate(), true);
			terminal.press(key);
			t.assert.equal(await terminal.exit(), key === 'q' ? 0 : 130);
			checkRestored(t, terminal);
			t.assert.equal(
				terminal.screen().some((line) => line.includes('Next:')),
				false,
			);
		});

	test('a signal gives the terminal back as well', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasLayers);
		terminal.signal('SIGTERM');
		await terminal.exit();
		checkRestored(t, terminal);
	});

	test('an image that cannot be read leaves the terminal as it was, with the reason on it', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: ['package.json'] });
		t.assert.equal(await terminal.exit(), 2);
		checkRestored(t, terminal);
		t.assert.match(terminal.screen()[0], /^fathom: package\.json/);
	});

	test('a bug leaves the terminal as it was, with its message on it', async (t) => {
		const bug = 'process.on("SIGUSR2", () => { throw new Error("A bug, for a test."); })';
		const terminal = startInTerminal(t, {
			size,
			arguments: sample,
			environment: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(bug)}` },
		});
		await terminal.until(hasLayers);
		terminal.signal('SIGUSR2');
		t.assert.equal(await terminal.exit(), 2);
		checkRestored(t, terminal);
		t.assert.equal(terminal.screen()[0], 'fathom: This is a bug: A bug, for a test.');
	});

	test('without colours where NO_COLOR is set', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample, environment: { NO_COLOR: '1' } });
		await terminal.until(hasLayers);
		t.assert.doesNotMatch(terminal.output(), colourSequence);
		const coloured = startInTerminal(t, { size, arguments: sample });
		await coloured.until(hasLayers);
		t.assert.match(coloured.output(), colourSequence);
	});
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for.
const colourSequence = /\u001B\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])(?:;\d+)*m/;

function checkRestored(
	t: { readonly assert: Pick<typeof import('node:assert'), 'equal'> },
	terminal: TerminalSession,
): void {
	t.assert.equal(terminal.isAlternate(), false);
	t.assert.equal(terminal.isCursorHidden(), false);
	t.assert.equal(terminal.marksPastes(), false);
}

describe('names that want to do more than be read', () => {
	const hostile = [
		directory('etc'),
		file('etc/\u001B]0;owned\u0007title'),
		file('etc/\u001B[2J\u001B[Hclear'),
		file('etc/line\nfeed\rreturn\ttab'),
		file('etc/\u202Egnp.exe'),
		file('etc/\u0301mark'),
		file('etc/日本語'),
		file('etc/é-e\u0301'),
		file('etc/flag-🇩🇪-❤\uFE0F-👍🏽-👩\u200D💻'),
		file('etc/\u3164filler'),
		file(Buffer.from('etc/\xff\xfe\x9b31m', 'latin1')),
		symlink('etc/zlink', '\u001B[31m/red\n'),
		file(`etc/zlong-${'x'.repeat(5000)}`),
	];
	const config = {
		history: [{ created_by: 'RUN printf "\u001B[31m\u0007" \u009B2J' }],
	};

	test('reach the terminal as text, and break no line', async (t) => {
		const image = join(await temporaryFolder(t), 'hostile.tar');
		await writeFile(image, dockerArchive([{ layers: [hostile], names: ['bad\u001B[5m'], config }]));
		const terminal = startInTerminal(t, { size: { columns: 100, rows: 30 }, arguments: [image] });
		await terminal.until((screen) => hasLayers(screen));
		terminal.press('\r l');
		await terminal.until((screen) => screen.some((line) => line.includes('zlong')));
		const screen = terminal.screen();
		t.assert.deepEqual(
			screen.slice(3, 28).map((line) => line[43]),
			screen.slice(3, 28).map((line) => (line.startsWith('─') ? '┤' : '│')),
		);
		t.assert.deepEqual(
			screen.slice(5, 17).map((line) => line.slice(75).trimEnd()),
			[
				'├── \\x1B[2J\\x1B[Hclear',
				'├── \\x1B]0;owned\\x07tit…',
				'├── flag-🇩🇪-❤️-👍🏽-👩‍💻',
				'├── line\\x0Afeed\\x0Dret…',
				'├── zlink -> \\x1B[31m/r…',
				'├── zlong-xxxxxxxxxxxxx…',
				'├── é-e\u0301',
				'├── \\u{301}mark',
				'├── \\u{202E}gnp.exe',
				'├── \\u{3164}filler',
				'├── 日本語',
				'└── \\xFF\\xFE\\x9B31m',
			],
		);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for.
		const harmless = /\u001B\[\??[\d;]*[A-Za-z]|[\r\n\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]/gu;
		// A joiner is left only within an emoji.
		const output = terminal.output().replace(ASK_BACKGROUND, '').replaceAll('👩\u200D💻', '');
		t.assert.equal(output.replace(harmless, ''), '');
		t.assert.doesNotMatch(terminal.output(), /(?<!x1B)\]0;|(?<!x1B)\[2J|(?<!x1B)\[5m/);
	});
});
