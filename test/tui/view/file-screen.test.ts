import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { Size } from '../../../source/tui/model/layout.ts';
import { rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { sparseEntry } from '../../support/sparse/sparse-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { isReading, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const usual = { columns: 80, rows: 24 };
const ENTER = '\r';
const PAGE_DOWN = '\u001B[6~';
const ESCAPE = '\u001B';

interface Opened {
	readonly terminal: TerminalSession;
	readonly folder: string;
}

/** Opens an image with the cursor on its first file. */
async function openImage(
	t: TestContext,
	layers: TestImage['layers'],
	{
		size = usual,
		environment = {},
	}: { readonly size?: Size; readonly environment?: Record<string, string> } = {},
): Promise<Opened> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'image.tar'), dockerArchive([{ names: ['app:1'], layers }]));
	const terminal = startInTerminal(t, { size, arguments: [join(folder, 'image.tar')], environment });
	await terminal.until(
		(screen) =>
			screen[0].includes('[1 Layers]') &&
			!isReading(screen) &&
			screen.at(-1)?.includes('keys  q quit') === true,
	);
	await goToLayer(terminal, layers.length);
	terminal.press('l');
	await terminal.until((screen) => screen.some((line) => line.includes('❯A') || line.includes('❯M')));
	return { terminal, folder };
}

async function goToLayer(terminal: TerminalSession, layer: number): Promise<void> {
	terminal.press('G');
	await terminal.until(hasLine(`What layer ${layer} did`));
}

const hasLine = (text: string) => (screen: readonly string[]) => screen.some((line) => line.includes(text));
const text = ({ terminal }: Opened) => terminal.screen().join('\n');

describe('a file in the explorer', () => {
	test('is compared with the version of the layer before', async (t) => {
		const opened = await openImage(t, [
			[file('app.conf', 'port = 80\nname = one\n')],
			[file('app.conf', 'port = 8080\nname = one\n')],
		]);
		const { terminal } = opened;
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 port = 8080'));
		t.assert.match(terminal.screen()[0], /^━ \/app\.conf ━+ L2 of L1, L2 ━ 23 B ━ text ━ 1–2 of 2 ━$/);
		terminal.press('d');
		await terminal.until(hasLine('   1 + port = 8080'));
		t.assert.equal(hasLine('   1 - port = 80')(terminal.screen()), true);
		t.assert.equal(hasLine('   2   name = one')(terminal.screen()), true);
		terminal.press(ESCAPE);
		await terminal.until(hasLine('   1 port = 8080'));
		terminal.press('[');
		await terminal.until((screen) => / L1 of L1, L2 ━ 21 B ━ text /.test(screen[0]));
		t.assert.equal(hasLine('8080')(terminal.screen()), false);
		terminal.press('[');
		await terminal.until(hasLine('No layer before has it.'));
		terminal.press(ESCAPE);
		await terminal.until(hasLine('[1 Layers]'));
	});

	test('says which layers have a folder at its path, where its versions are gone through', async (t) => {
		const { terminal } = await openImage(t, [
			[directory('a'), file('a/in', 'x')],
			[file('a', 'one')],
			[whiteout('a')],
			[directory('a')],
			[file('a', 'three')],
		]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 three'));
		t.assert.equal(hasLine(' L5 changed its content · L4 has a folder there ')(terminal.screen()), true);
		terminal.press('[');
		await terminal.until(hasLine('   1 one'));
		t.assert.equal(hasLine(' L2 changed its content · L1, L4 have a folder there ')(terminal.screen()), true);
		terminal.press('[');
		await terminal.until(hasLine('L1 has a folder there, and no other layer before a file.'));
	});

	test('tells what each layer did to it, and leads there', async (t) => {
		const { terminal } = await openImage(t, [[file('a', 'one')], [file('b', 'x')], [file('a', 'three')]]);
		terminal.press('H');
		await terminal.until(hasLine('History of /a'));
		t.assert.match(terminal.screen().join('\n'), /A L1 +3 B +3 B/);
		t.assert.match(terminal.screen().join('\n'), /❯M L3 +5 B/);
		terminal.press('k');
		await terminal.until(hasLine('What layer 1 did'));
		t.assert.equal(hasLine('wasted 3 B: layer 3 changed its content')(terminal.screen()), true);
		terminal.press(ENTER);
		await terminal.until((screen) => hasLine('What layer 1 did')(screen) && hasLine('❯A')(screen));
		terminal.press('\u007F');
		await terminal.until(hasLine('History of /a'));
	});

	test('has a history that says where it was a folder', async (t) => {
		const { terminal } = await openImage(t, [[directory('a')], [whiteout('a')], [file('a', 'three')]]);
		terminal.press('H');
		await terminal.until(hasLine('History of /a'));
		t.assert.match(terminal.screen().join('\n'), /A L1 +folder/);
		terminal.press('kk');
		await terminal.until(hasLine(' added it, a folder'));
	});

	test('is written to a folder, and replaces nothing without asking', async (t) => {
		const { terminal, folder } = await openImage(t, [[directory('etc'), file('etc/motd', 'hello')]]);
		const target = join(folder, 'made/for/it');
		const extract = async (said: string) => {
			terminal.press('x');
			await terminal.until(hasLine('Folder to write to:  this folder'));
			terminal.press(target);
			await terminal.until((screen) => screen.join('').includes(target));
			terminal.press(ENTER);
			await terminal.until(hasLine(said));
		};
		await extract('Extracted 1 file');
		t.assert.equal(await readFile(join(target, 'etc/motd'), 'utf8'), 'hello');
		terminal.press(ESCAPE);
		await terminal.until(hasLine('[1 Layers]'));
		await writeFile(join(target, 'etc/motd'), 'mine');
		await extract('y replaces');
		t.assert.equal(await readFile(join(target, 'etc/motd'), 'utf8'), 'mine');
		terminal.press('y');
		await terminal.until(hasLine('Extracted 1 file'));
		t.assert.equal(await readFile(join(target, 'etc/motd'), 'utf8'), 'hello');
	});

	test('that is binary is shown in hexadecimal digits, and says what it is', async (t) => {
		const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(600, 0x41)]);
		const { terminal } = await openImage(t, [[file('logo', png)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('00000000  89 50 4e 47 0d 0a 1a 0a  41'));
		t.assert.match(terminal.screen()[0], / PNG image /);
		terminal.press('X');
		await terminal.until(hasLine('\\x1A'));
	});

	test('in UTF-16 is text: its versions are compared, and it is searched and shown as bytes', async (t) => {
		const utf16 = (port: number) => Buffer.from(`\uFEFFname = é 日\r\nport = ${port}\r\n`, 'utf16le');
		const { terminal } = await openImage(t, [[file('app.inf', utf16(80))], [file('app.inf', utf16(8080))]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 name = é 日'));
		t.assert.equal(hasLine('   2 port = 8080')(terminal.screen()), true);
		t.assert.match(terminal.screen()[0], / ━ text, UTF-16 ━ 1–2 of 2 ━$/);
		terminal.press('d');
		await terminal.until(hasLine('   2 + port = 8080'));
		t.assert.equal(hasLine('   2 - port = 80')(terminal.screen()), true);
		terminal.press(ESCAPE);
		await terminal.until(hasLine('   2 port = 8080'));
		terminal.press('/日\r');
		await terminal.until(hasLine(' · /日'));
		terminal.press('X');
		await terminal.until(hasLine('00000000  ff fe 6e 00 61 00 6d 00'));
	});

	test('in UTF-16 that is long is shown to its end, with the numbers of its lines', async (t) => {
		const lines = Array.from({ length: 20_000 }, (_, index) => `${'😀'.repeat(20)} ${index + 1}`);
		const content = Buffer.from(`\uFEFF${lines.join('\n')} needle`, 'utf16le');
		const { terminal } = await openImage(t, [[file('long.reg', content)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 😀'));
		terminal.press('G');
		await terminal.until(hasLine('20000 needle'));
		t.assert.equal(hasLine('\uFFFD')(terminal.screen()), false);
	});

	test('has values that look secret masked until they are asked for', async (t) => {
		const token = `npm_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kLx'}`;
		const { terminal } = await openImage(t, [
			[file('.npmrc', `//registry.npmjs.org/:_authToken=${token}\n`)],
		]);
		terminal.press(ENTER);
		await terminal.until(hasLine('_authToken=****'));
		t.assert.equal(hasLine(token)(terminal.screen()), false);
		t.assert.equal(hasLine('1 looking secret, masked: v shows')(terminal.screen()), true);
		terminal.press('v');
		await terminal.until(hasLine(token));
	});

	test('opens what a symlink leads to', async (t) => {
		const { terminal } = await openImage(t, [
			[symlink('current', 'opt/text'), directory('opt'), file('opt/text', 'there')],
		]);
		terminal.press('G');
		await terminal.until(hasLine(' /current '));
		terminal.press(ENTER);
		await terminal.until(hasLine('Enter opens what this symlink leads to: opt/text'));
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 there'));
		t.assert.match(terminal.screen()[0], /^━ \/opt\/text /);
	});

	test('is searched', async (t) => {
		const lines = Array.from({ length: 500 }, (_, index) => `line ${index + 1}`).join('\n');
		const { terminal } = await openImage(t, [[file('log', `${lines}\nNeedle\nneedle`)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 line 1'));
		terminal.press('/');
		await terminal.until(hasLine('Enter searches'));
		terminal.press(`needle${ENTER}`);
		await terminal.until(hasLine(' 501 Needle'));
		terminal.press('n');
		await terminal.until(hasLine('502 needle'));
		terminal.press('n');
		await terminal.until(hasLine('No match further on.'));
		terminal.press(ESCAPE);
		await terminal.until((screen) => !hasLine('No match')(screen));
		terminal.press('g');
		await terminal.until(hasLine('   1 line 1'));
	});

	test('is searched for a regular expression, line by line', async (t) => {
		const lines = Array.from(
			{ length: 90 },
			(_, line) => `GET /${line + 1} status=${200 + (line % 40) * 10}`,
		);
		const { terminal } = await openImage(t, [[file('log', `${lines.join('\r\n')}\r\n`)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 GET /1 '));
		terminal.press('/');
		await terminal.until(hasLine('~ for a regular expression, Enter searches'));
		terminal.press('~status=5[01]0$\r');
		await terminal.until(hasLine('  31 GET /31 status=500'));
		const marked = terminal.styledScreen().flatMap((line) => line.filter(({ style }) => style.isUnderlined));
		t.assert.deepEqual(
			marked.map(({ text }) => text),
			['status=500', 'status=510'],
		);
		terminal.press('nn');
		await terminal.until(hasLine('  71 GET /71 status=500'));
		terminal.press('nn');
		await terminal.until(hasLine('No match further on.'));
		terminal.press('NNN');
		await terminal.until(hasLine('  31 GET /31 status=500'));
	});

	test('is where it was after a search in vain through all of it', async (t) => {
		const lines = Array.from({ length: 40_000 }, (_, line) => `this is line ${line + 1}`);
		const { terminal } = await openImage(t, [[file('log', `${lines.join('\n')}\n`)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 this is line 1'));
		terminal.press(PAGE_DOWN);
		await terminal.until((screen) => !hasLine('   1 this is line 1')(screen));
		const [, ...page] = terminal.screen().slice(0, -2);
		terminal.press('/nowhere\r');
		await terminal.until(hasLine('No further match.'));
		t.assert.deepEqual(terminal.screen().slice(1, -2), page);
	});

	test('says that two versions differ only in their encoding', async (t) => {
		const text = Buffer.from('\uFEFFthe same\n', 'utf16le');
		const { terminal } = await openImage(t, [[file('notes', 'the same\n')], [file('notes', text)]]);
		terminal.press('j\r');
		await terminal.until(hasLine('   1 the same'));
		terminal.press('d');
		await terminal.until(hasLine('Both versions have the same text; only the encoding differs.'));
	});

	test('says why a text is no regular expression to search for', async (t) => {
		const { terminal } = await openImage(t, [[file('log', 'a (b')]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 a (b'));
		terminal.press('/~(');
		await terminal.until(hasLine(' no usable regular expression: unmatched ('));
		terminal.press(ENTER);
		await terminal.until(hasLine('This is no usable regular expression: unmatched (.'));
		terminal.press(`b\\)\u007F\u007F\u007F\u007F\\(b\r`);
		await terminal.until(hasLine(' · /~\\(b'));
	});

	test('has a long line that wraps as one, in full rows to its end', async (t) => {
		const size = { columns: 120, rows: 40 };
		const line = `${'0123456789'.repeat(399)}the end`;
		const { terminal } = await openImage(t, [[file('long', `${line}\nnext\n`)]], { size });
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 0123456789'));
		terminal.press('w');
		await terminal.until(hasLine('the end'));
		const rows = terminal.screen().slice(1, -2);
		const shown = rows.map((row) => row.slice(5, 119).trimEnd());
		const full = Array.from({ length: 35 }, (_, row) => line.slice(row * 114, (row + 1) * 114));
		t.assert.deepEqual(shown, [...full, 'the end', 'next']);
	});

	test('has a long line of wide characters that wraps as one', async (t) => {
		const size = { columns: 120, rows: 40 };
		const { terminal } = await openImage(t, [[file('long', '\u65E5'.repeat(1710))]], { size });
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 \u65E5'));
		terminal.press('w');
		const isFull = (row: string) => row.slice(5, 62) === '\u65E5'.repeat(57);
		await terminal.until((screen) => screen.filter(isFull).length === 30);
	});

	test('is searched where a long line is wrapped', async (t) => {
		const line = `${'0123456789'.repeat(199)}needle789${'0123456789'.repeat(300)}`;
		const { terminal } = await openImage(t, [[file('long', line)]]);
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 0123456789'));
		terminal.press('w/needle\r');
		await terminal.until((screen) => screen[1].includes('needle'));
	});

	test('is read by the pager of the user, who comes back', async (t) => {
		const { terminal } = await openImage(t, [[file('a', 'for the pager\n')]], {
			environment: { PAGER: "sed 's/^/paged: /'; sleep 1" },
		});
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 for the pager'));
		terminal.press('o');
		await terminal.untilShown('paged: for the pager');
		await terminal.until(hasLine('   1 for the pager'));
		terminal.press(ESCAPE);
		await terminal.until(hasLine('[1 Layers]'));
	});
});

describe('a file of an archive that is not any more what was opened', () => {
	const layers = [[file('hosts', 'longer than the other'), file('motd', 'before')]];

	/** On the second file, with another archive in the place of the first. */
	async function replaced(t: TestContext): Promise<Opened> {
		const opened = await openImage(t, layers);
		const { terminal, folder } = opened;
		const other = dockerArchive([{ names: ['app:2'], layers: [...layers, [file('motd', 'after')]] }]);
		await writeFile(join(folder, 'other.tar'), other);
		await rename(join(folder, 'other.tar'), join(folder, 'image.tar'));
		terminal.press('j');
		await terminal.until((screen) => screen[22].startsWith(' /motd '));
		terminal.press(ENTER);
		return opened;
	}

	test('says so, and the image is opened again with the cursor on the same path', async (t) => {
		const opened = await replaced(t);
		const { terminal } = opened;
		await terminal.until(hasLine('image.tar has changed since it was opened.'));
		t.assert.match(text(opened).replaceAll(/\s+/g, ' '), /Open it again\. \(r opens the image again\.\)/);
		terminal.press('r');
		await terminal.until((screen) => screen[1].includes(' app:2 ') && screen[22].startsWith(' /motd '));
		terminal.press(ENTER);
		await terminal.until(hasLine('1 before'));
		terminal.press(']');
		await terminal.until(hasLine('1 after'));
	});

	test('stays open where there is none in its place, until there is one again', async (t) => {
		const opened = await replaced(t);
		const { terminal, folder } = opened;
		await terminal.until(hasLine('image.tar has changed since it was opened.'));
		await rm(join(folder, 'image.tar'));
		terminal.press('r');
		await terminal.until((screen) => screen[22].includes('there is no such file or folder'));
		terminal.press(ESCAPE);
		await terminal.until((screen) => screen[1].includes(' app:1 '));
		terminal.press(ENTER);
		await terminal.until(hasLine('image.tar is gone since it was opened.'));
		await writeFile(join(folder, 'image.tar'), dockerArchive([{ names: ['app:3'], layers }]));
		terminal.press('r');
		await terminal.until((screen) => screen[1].includes(' app:3 ') && screen[22].startsWith(' /motd '));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});
});

describe('a hostile file', () => {
	const frameFits = (t: TestContext, opened: Opened) =>
		t.assert.deepEqual(
			opened.terminal.screen().filter((line) => stringWidth(line) > usual.columns),
			[],
		);

	test('sends no sequence to the terminal', async (t) => {
		const content = '\u001B]0;owned\u0007\u001B[2Jred\u009B31m\u202Eabc\n👩‍👩‍👧🏽 🇩🇪 ok\n';
		const opened = await openImage(t, [[file('a.sh', `#!/bin/sh\n${content}`)]]);
		opened.terminal.press(ENTER);
		await opened.terminal.until(hasLine('\\x1B]0;owned\\x07\\x1B[2Jred'));
		t.assert.equal(opened.terminal.output().includes('\u001B]0;owned'), false);
		t.assert.match(text(opened), /\\u\{202E\}abc/);
		t.assert.match(text(opened), / ok/);
		frameFits(t, opened);
	});

	test('of 1 GB of zeros opens at once, and its end is shown', async (t) => {
		const end = { start: 2 ** 30, data: Buffer.from('the end') };
		const zeros = rawTar([sparseEntry('pax-1.0', { name: 'zeros', fileBytes: 2 ** 30 + 7, extents: [end] })]);
		const opened = await openImage(t, [zeros]);
		opened.terminal.press(ENTER);
		await opened.terminal.until(hasLine('00000000  00 00 00 00'));
		t.assert.equal(hasLine('from byte 0 of 1.07 GB')(opened.terminal.screen()), true);
		opened.terminal.press('G');
		await opened.terminal.until(hasLine('the end'));
		opened.terminal.press(ESCAPE);
		await opened.terminal.until(hasLine('[1 Layers]'));
	});

	test('with a line of 100 MB is shown from its start, and scrolled to its end', async (t) => {
		const line = Buffer.alloc(100_000_000, 'abcdefghij');
		const opened = await openImage(t, [[file('line', Buffer.concat([line, Buffer.from('\nlast\n')]))]]);
		opened.terminal.press(ENTER);
		await opened.terminal.until(hasLine('   1 abcdefghij'));
		frameFits(t, opened);
		opened.terminal.press('w');
		opened.terminal.press('G');
		await opened.terminal.until(hasLine('   2 last'));
		frameFits(t, opened);
	});

	test('that is not UTF-8 is shown with a sign for what is none', async (t) => {
		const opened = await openImage(t, [[file('latin', Buffer.from('caf\xe9 au lait\n', 'latin1'))]]);
		opened.terminal.press(ENTER);
		await opened.terminal.until(hasLine('caf\uFFFD au lait'));
		t.assert.match(opened.terminal.screen()[0], / text, not UTF-8 /);
	});
});

describe('a file of the sample image', () => {
	const sizes: Readonly<Record<string, Size>> = {
		'60x15': { columns: 60, rows: 15 },
		'80x24': usual,
		'120x40': { columns: 120, rows: 40 },
		'200x60': { columns: 200, rows: 60 },
	};
	for (const [name, size] of Object.entries(sizes))
		test(`at ${name}`, async (t) => {
			const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'] });
			await terminal.until((screen) => screen[0].includes('[1 Layers]') && !isReading(screen));
			terminal.press('jjjjjjjl');
			await terminal.until(hasLine('What layer 8 did'));
			terminal.press('/default.json\rG\r');
			await terminal.until(hasLine('"log": "info"'));
			const check = (scene: string) => {
				const screen = terminal.screen();
				t.assert.equal(screen.length, size.rows);
				t.assert.deepEqual(
					screen.filter((line) => stringWidth(line) > size.columns),
					[],
				);
				t.assert.fileSnapshot(`${screen.join('\n')}\n`, `snapshots/tui/file/${name}-${scene}.txt`, {
					serializers: [String],
				});
			};
			check('text');
			terminal.press('d');
			await terminal.until(hasLine('@@ -1,6 +1,7 @@'));
			check('diff');
			terminal.press('H');
			await terminal.until(hasLine('History of '));
			check('history');
			terminal.press(ESCAPE);
			await terminal.until(hasLine('@@ -1,6 +1,7 @@'));
			terminal.press('i');
			await terminal.until(
				(screen) =>
					['sha256:', 'package     none', 'root:root'].every((known) => hasLine(known)(screen)) &&
					!hasLine('being worked out')(screen),
			);
			check('about');
		});
});
