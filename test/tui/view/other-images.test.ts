import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { dockerArchive, layoutFiles, type TestImage } from '../../support/archives/write-archive.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { hasLayers, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 120, rows: 40 };

function imageWith(path: string, others: Partial<TestImage> = {}): TestImage {
	return { layers: [[file(path, randomBytes(2000)), file('common', 'x')]], ...others };
}

/** All that is worked out of the image with this file is there. */
function shows(path: string): (screen: readonly string[]) => boolean {
	return (screen) =>
		hasLayers(screen) && / 5 Deleted \d+!? /.test(screen[0]) && screen.join('\n').includes(` ${path}`);
}

/** A list of images, of which all places have answered. */
const isList = (screen: readonly string[]): boolean =>
	/Images (?:at hand|of)/.test(screen[0]) && !screen[0].includes('asking');

/** An index with an image for each of three platforms, of which none is this machine's but the first. */
async function platforms(t: TestContext): Promise<string> {
	const folder = join(await temporaryFolder(t), 'layout');
	const images = ['amd64', 'arm64', 'riscv64'].map((architecture) =>
		imageWith(`for-${architecture}`, { os: 'linux', architecture }),
	);
	await writeFiles(folder, layoutFiles(images, 'gzip'));
	return folder;
}

function openWith(t: TestContext, words: readonly string[], state: string): TerminalSession {
	const nowhere = `unix://${state}/no.sock`;
	const environment = {
		XDG_STATE_HOME: state,
		DOCKER_HOST: nowhere,
		CONTAINER_HOST: nowhere,
		CONTAINERD_ADDRESS: `${state}/no.sock`,
		// What was opened is remembered only where anything may be.
		FATHOM_CACHE: 'on',
		XDG_CACHE_HOME: state,
	};
	return startInTerminal(t, { size, arguments: words, environment });
}

describe('p', () => {
	test('is what the view of the image says, or the key that fathom.yaml has for it', async (t) => {
		const config = join(await temporaryFolder(t), 'fathom.yaml');
		await writeFile(config, 'keys:\n  bind:\n    pick-image: Ctrl-P\n');
		const words = [await platforms(t), '--platform', 'linux/amd64', '--config', config];
		const terminal = openWith(t, words, await temporaryFolder(t));
		await terminal.until(shows('for-amd64'));
		t.assert.match(terminal.screen()[1], / 1 of 3 platforms ━/);
		terminal.press('6');
		await terminal.until((screen) => screen[1].includes('1 of 3 platforms: Ctrl-P picks'));
	});

	test('picks another platform, and Backspace comes back to where the user was', async (t) => {
		const layout = await platforms(t);
		const terminal = openWith(t, [layout, '--platform', 'linux/amd64'], await temporaryFolder(t));
		await terminal.until(shows('for-amd64'));
		terminal.press('6');
		await terminal.until((screen) => screen[1].includes('1 of 3 platforms: p picks'));
		terminal.press('jjj');
		const before = terminal.screen();
		terminal.press('p');
		await terminal.until((screen) => isList(screen) && screen[0].includes('3'));
		t.assert.match(terminal.screen().join('\n'), /❯.*linux\/amd64[\s\S]*linux\/arm64[\s\S]*linux\/riscv64/);
		terminal.press('j\r');
		await terminal.until(shows('for-arm64'));
		terminal.press('\u007F');
		await terminal.until((screen) => screen[0].includes('[6 Image') && screen[1] === before[1]);
		// Out of the list without a choice, by the same key.
		terminal.press('p');
		await terminal.until(isList);
		terminal.press('\u007F');
		await terminal.until((screen) => screen[0].includes('[6 Image'));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.match(terminal.screen().join(''), /fathom files .*--platform linux\/amd64/);
	});

	test('picks another image of an archive by its name', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'both.tar');
		await writeFile(
			path,
			dockerArchive([imageWith('in-one', { names: ['one:1'] }), imageWith('in-two', { names: ['two:2'] })]),
		);
		const terminal = openWith(t, [path], folder);
		await terminal.until(shows('in-one'));
		terminal.press('p');
		await terminal.until((screen) => isList(screen) && /one:1/.test(screen[1]) && /two:2/.test(screen[2]));
		terminal.press('j\r');
		await terminal.until(shows('in-two'));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.match(terminal.screen().join(''), /--image two:2/);
		// It is found again among those opened last.
		const home = openWith(t, [], folder);
		await home.until((screen) => isList(screen) && screen.join('\n').includes('both.tar (two:2)'));
		home.press('\r');
		await home.until(shows('in-two'));
	});

	test('says where a place holds one image alone', async (t) => {
		const terminal = openWith(t, ['sample/image.tar'], await temporaryFolder(t));
		await terminal.until((screen) => hasLayers(screen));
		terminal.press('p');
		await terminal.until((screen) =>
			screen[38].includes('sample/image.tar holds one image alone. Going back shows'),
		);
	});
});

describe('m', () => {
	test('compares the marked image with another one of the picker', async (t) => {
		const layout = await platforms(t);
		const terminal = openWith(t, [layout, '--platform', 'linux/amd64'], await temporaryFolder(t));
		await terminal.until(shows('for-amd64'));
		terminal.press('m');
		await terminal.until((screen) =>
			/Marked .*linux\/amd64.*\. Mark another one to compare them\. Going back/.test(screen[38]),
		);
		terminal.press('m');
		await terminal.until((screen) => /is not marked any more/.test(screen[38]));
		terminal.press('mp');
		await terminal.until((screen) => isList(screen) && screen[0].includes('marked'));
		t.assert.match(terminal.screen()[1], /m layout|m \S+/);
		terminal.press('jm');
		await terminal.until((screen) => screen[0].includes('[1 Files') && /for-amd64/.test(screen.join('\n')));
		t.assert.match(terminal.screen().join('\n'), /[ ❯]D .*for-amd64/);
		t.assert.match(terminal.screen().join('\n'), /[ ❯]A .*for-arm64/);
		terminal.press('\u007F');
		await terminal.until(isList);
		terminal.press('\u007F');
		await terminal.until(shows('for-amd64'));
	});

	test('compares an image that the command names with one at hand, to which Backspace leads', async (t) => {
		const folder = await temporaryFolder(t);
		const [older, newer] = ['old', 'new'].map((name) => join(folder, `${name}.tar`));
		await writeFile(older, dockerArchive([imageWith('of-old')]));
		await writeFile(newer, dockerArchive([imageWith('of-new')]));
		await mkdir(join(folder, 'fathom'));
		const images = [{ reference: newer, seconds: 1 }];
		await writeFile(join(folder, 'fathom', 'recent.json'), JSON.stringify({ images }));
		const terminal = openWith(t, [older], folder);
		await terminal.until(shows('of-old'));
		terminal.press('m');
		await terminal.until((screen) => /Marked .*old\.tar/.test(screen[38]));
		terminal.press('\u007F');
		await terminal.until((screen) => isList(screen) && screen[0].includes('marked'));
		terminal.press('/new.tar\r');
		await terminal.until((screen) => screen.join('\n').includes('❯') && /new\.tar/.test(screen[1]));
		terminal.press('m');
		await terminal.until((screen) => screen[0].includes('[1 Files') && /of-old/.test(screen.join('\n')));
		terminal.press('\u007F');
		await terminal.until(isList);
		// Out of the filter, then out of the list.
		terminal.press('\u007F');
		await terminal.until(shows('of-old'));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});

	test('compares two images at hand, and one that was opened with another', async (t) => {
		const folder = await temporaryFolder(t);
		const images = await Promise.all(
			['old', 'new'].map(async (name) => {
				const path = join(folder, `${name}.tar`);
				await writeFile(path, dockerArchive([imageWith(`of-${name}`)]));
				return { reference: path, seconds: name === 'old' ? 1 : 2 };
			}),
		);
		await mkdir(join(folder, 'fathom'));
		await writeFile(join(folder, 'fathom', 'recent.json'), JSON.stringify({ images }));
		const terminal = openWith(t, [], folder);
		await terminal.until((screen) => isList(screen) && /old\.tar/.test(screen[1]));
		terminal.press('m');
		await terminal.until((screen) => screen[0].includes('marked') && /Marked .*old\.tar/.test(screen[38]));
		// In the other one.
		terminal.press('j\r');
		await terminal.until(shows('of-new'));
		terminal.press('m');
		await terminal.until((screen) => screen[0].includes('[1 Files') && /of-old/.test(screen.join('\n')));
		t.assert.match(terminal.screen().join('\n'), /[ ❯]D .*of-old/);
		t.assert.match(terminal.screen().join('\n'), /[ ❯]A .*of-new/);
		terminal.press('\u007F');
		await terminal.until(shows('of-new'));
		terminal.press('\u007F');
		await terminal.until((screen) => isList(screen) && screen[0].includes('marked'));
		// From the list itself: the one that was opened last comes first now.
		terminal.press('gm');
		await terminal.until((screen) => screen[0].includes('[1 Files') && /of-old/.test(screen.join('\n')));
		terminal.press('\u007F');
		await terminal.until(isList);
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});
});
