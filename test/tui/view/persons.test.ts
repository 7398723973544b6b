import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { isLayer, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const usual = { columns: 80, rows: 24 };
const ENTER = '\r';
const ESCAPE = '\u001B';
const BACKSPACE = '\u007F';
const SHIFT_TAB = `${ESCAPE}[Z`;
const PAGE_DOWN = `${ESCAPE}[6~`;

const token = `npm_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kLx'}`;
const words = Array.from({ length: 240 }, (_, index) => `word-${index}`);
/** More than 2,200 characters. */
const command = `RUN make ${words.join(' ')}`;

/** What makes it big is gone in the end, and so is a secret. */
const image = {
	names: ['big:1'],
	layers: [
		[file('etc/motd', 'hello\n'), file('app/app.conf', 'port = 80\nname = one\n')],
		[
			file('.npmrc', `//registry.npmjs.org/:_authToken=${token}\n`),
			file('var/cache/apt/archives/big.deb', 'b'.repeat(5_000_000)),
			file('usr/bin/tool', 't'.repeat(300_000)),
		],
		[whiteout('var/cache/apt/archives/big.deb'), whiteout('.npmrc')],
		[file('app/app.conf', 'port = 8080\nname = one\n')],
	],
	config: {
		history: [
			{ created_by: 'ADD base.tar /' },
			{ created_by: 'RUN apt-get install tool' },
			{ created_by: 'RUN rm -rf /var/cache/apt .npmrc' },
			{ created_by: command },
		],
	},
};

/** All that comes later is there. */
const isWhole = (screen: readonly string[]) =>
	/ 2 Findings \d+ +3 Copies \d+ +4 Packages \d+ +5 Deleted \d+/.test(screen[0]);
const hasLine = (text: string | RegExp) => (screen: readonly string[]) =>
	screen.some((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)));

/** The first line that the details show, and the one that they show first at their end. */
function windowOf(screen: readonly string[]): readonly [number, number] {
	const [, first = '0', last = '0', count = '0'] = / (\d+)–(\d+) of (\d+) ━/.exec(screen[2]) ?? [];
	return [Number(first), Number(count) - (Number(last) - Number(first))];
}

async function openBig(t: TestContext, size = usual, isThere = isWhole): Promise<TerminalSession> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, dockerArchive([image]));
	const terminal = startInTerminal(t, { size, arguments: [path] });
	await terminal.until(isThere);
	return terminal;
}

describe('a person at a terminal', () => {
	test('finds out why the image is big', async (t) => {
		const terminal = await openBig(t);
		t.assert.match(terminal.screen()[1], / big:1 ━ 5\.3 MB ━ wasted 5 MB ━ efficiency 5\.\d % /);
		terminal.press('jj');
		await terminal.until(isLayer(3));
		const title = terminal.screen().findIndex((line) => line.includes('What layer 3 did'));
		t.assert.match(terminal.screen()[title + 2], /^›· ████ +5 MB +0 B /);
		terminal.press('2');
		await terminal.until(hasLine(/^❯ +5 MB +\d+ % .*package cache removed/));
		t.assert.match(terminal.screen()[1], /^━ Fix all \d+: 5\.3 MB → /);
		t.assert.equal(hasLine('RUN rm -rf /var/cache/apt .npmrc')(terminal.screen()), true);
		terminal.press(ENTER);
		await terminal.until((screen) => isLayer(3)(screen) && hasLine(/^❯D .* 5 MB .*big\.deb/)(screen));
		terminal.press(BACKSPACE);
		await terminal.until(hasLine(/^❯ +5 MB .*package cache removed/));
	});

	test('finds the secret', async (t) => {
		const terminal = await openBig(t);
		terminal.press('5');
		await terminal.until(hasLine(/^❯! .* L2 +L3 +\/\.npmrc .*npm/));
		t.assert.match(terminal.screen()[1], /1 looks secret ━$/);
		terminal.press(ENTER);
		await terminal.until((screen) => isLayer(2)(screen) && hasLine(/^❯A .*\.npmrc/)(screen));
		terminal.press(ENTER);
		await terminal.until(hasLine('_authToken=****'));
		t.assert.equal(terminal.output().includes(token), false);
		terminal.press('v');
		await terminal.until(hasLine(token));
	});

	test('compares two versions of a file, and is back where they were', async (t) => {
		const terminal = await openBig(t);
		terminal.press('G');
		await terminal.until(isLayer(4));
		terminal.press(`/app.conf${ENTER}G`);
		await terminal.until(hasLine(/^❯M .*app\.conf/));
		terminal.press(`${ENTER}d`);
		await terminal.until(hasLine('   1 + port = 8080'));
		t.assert.equal(hasLine('   1 - port = 80')(terminal.screen()), true);
		terminal.press('H');
		await terminal.until(hasLine('History of /app/app.conf'));
		for (const back of ['   1 + port = 8080', '   1 port = 8080', /^❯M .*app\.conf/]) {
			terminal.press(ESCAPE);
			await terminal.until(hasLine(back));
		}
	});

	test('reads a command of 2,200 characters whole', async (t) => {
		const terminal = await openBig(t, { columns: 60, rows: 15 }, hasLine(/^❯1 .* 0 B /));
		terminal.press('G');
		await terminal.until(hasLine(/^❯4 /));
		terminal.press(SHIFT_TAB);
		await terminal.until((screen) => / Layer 4 .* 1–\d+ of /.test(screen[2]));
		const seen = new Set<string>();
		for (let [first, end] = windowOf(terminal.screen()); ; [first, end] = windowOf(terminal.screen())) {
			for (const word of terminal.screen().join(' ').split(/ +/)) seen.add(word);
			if (first === end) break;
			terminal.press(PAGE_DOWN);
			await terminal.until((screen) => windowOf(screen)[0] !== first);
		}
		t.assert.deepEqual(
			words.filter((word) => !seen.has(word)),
			[],
		);
	});

	test('has the terminal resized in the middle of typing and of reading', async (t) => {
		const terminal = await openBig(t);
		const resize = async (columns: number, rows: number, text: string | RegExp) => {
			terminal.resize({ columns, rows });
			await terminal.until(
				(screen) => screen.length === rows && screen[rows - 1] !== '' && hasLine(text)(screen),
			);
		};
		terminal.press('G');
		await terminal.until(isLayer(4));
		terminal.press('/app');
		await terminal.until(hasLine(/^ \/app /));
		await resize(60, 15, /^ \/app /);
		await resize(120, 40, /^ \/app /);
		terminal.press(`.conf${ENTER}G`);
		await terminal.until(hasLine(/❯M .*app\.conf/));
		terminal.press(ENTER);
		await terminal.until(hasLine('   1 port = 8080'));
		await resize(60, 15, '   1 port = 8080');
		terminal.press('d');
		await terminal.until(hasLine('   1 + port = 8080'));
		await resize(200, 60, /port = 80 .*port = 8080/);
		terminal.resize({ columns: 40, rows: 10 });
		await terminal.until(hasLine('fathom needs 60x15'));
		await resize(80, 24, '   1 + port = 8080');
		terminal.press(ESCAPE);
		await terminal.until(hasLine('   1 port = 8080'));
		terminal.press(ESCAPE);
		await terminal.until(hasLine(/^❯M .*app\.conf/));
	});
});
