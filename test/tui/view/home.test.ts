import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { isReading, startInTerminal } from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };
const isHome = (screen: readonly string[]) =>
	screen[0].includes('Images at hand') && !screen[0].includes('asking');
const isExplorer = (screen: readonly string[]) => screen[0].includes('Layers') && !isReading(screen);

describe('fathom without an image', () => {
	test('shows the images at hand, opens one, and comes back', async (t) => {
		const folder = await temporaryFolder(t);
		await mkdir(join(folder, 'fathom'));
		const broken = join(folder, 'broken.tar');
		await writeFile(broken, 'no image');
		const images = [broken, resolve('sample/image.tar')].map((reference) => ({ reference, seconds: 1 }));
		await writeFile(join(folder, 'fathom', 'recent.json'), JSON.stringify({ images }));
		const nowhere = `unix://${folder}/no.sock`;
		const environment = {
			XDG_STATE_HOME: folder,
			DOCKER_HOST: nowhere,
			CONTAINER_HOST: nowhere,
			CONTAINERD_ADDRESS: `${folder}/no.sock`,
		};
		const terminal = startInTerminal(t, { size, arguments: [], environment });
		await terminal.until((screen) => isHome(screen) && screen.some((line) => line.includes('image.tar')));
		// What does not open is said in the list.
		terminal.press('\r');
		await terminal.until((screen) => isHome(screen) && /broken\.tar is no/.test(screen[22]));
		terminal.press('/image\r');
		await terminal.until((screen) => isHome(screen) && screen[0].includes('1 of 2'));
		// The keys are said over the list, which is there again behind them.
		terminal.press('?');
		await terminal.until(
			(screen) =>
				screen[22].startsWith(' Keys') &&
				screen.some((line) => /^ {3}Enter → l +Explore the image/.test(line)),
		);
		terminal.press('q');
		await terminal.until((screen) => isHome(screen) && screen[0].includes('1 of 2'));
		terminal.press('\r');
		await terminal.until(isExplorer);
		terminal.press('j\u007F');
		await terminal.until(isHome);
		terminal.press('\r');
		await terminal.until(isExplorer);
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.equal(terminal.isAlternate(), false);
		t.assert.match(
			terminal.screen().join(''),
			/image\.tar: 182 kB, .*Next: fathom report \/.*image\.tar --only findings/,
		);
	});
});
