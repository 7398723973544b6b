import { describe, test } from 'node:test';
import { directory, file, hardLink, symlink, whiteout } from '../../support/tar-entry.ts';
import { explore, openLayers, openSample } from '../support/scenario.ts';

const image = await openLayers(
	[
		directory('bin'),
		file('bin/sh', 'shell', { mode: 0o4755 }),
		hardLink('bin/dash', 'bin/sh', { mode: 0o4755 }),
		symlink('bin/bash', '/bin/sh'),
		directory('etc'),
		file('etc/hosts', 'one'),
		file('etc/motd', 'hello'),
		directory('usr'),
		file('usr/a', 'a'),
		file('usr/b', 'bbbb'),
		file('usr/c', 'cc'),
	],
	[
		file('etc/hosts', 'two'),
		file('etc/motd', 'hello'),
		file('usr/a', 'a', { mode: 0o600, uid: 1000, gid: 1000 }),
		whiteout('bin'),
		directory('srv', { mode: 0o1777 }),
		directory('srv/app'),
		file('srv/app/main', 'x'.repeat(1500)),
	],
);
const layerTwo = explore(image).press('j', 'enter');

describe('the rows of the file tree', () => {
	test('tell each kind of change by a letter', (t) => {
		t.assert.deepEqual(layerTwo.tree(), [
			'❯D ▸ bin',
			' · ▾ etc',
			' M     hosts',
			' =     motd',
			' A ▸ srv',
			' · ▾ usr',
			' m     a',
			'       b',
			'       c',
		]);
	});

	test('give permissions, owner and size, the targets of links, and lines that join what belongs together', (t) => {
		t.assert.deepEqual(explore(image).press('enter', 'space').files(), [
			'❯A drwxr-xr-x 0:0     5 B ▾ bin',
			' A lrwxrwxrwx 0:0     0 B ├── bash -> /bin/sh',
			' A hrwsr-xr-x 0:0     0 B ├── dash -> bin/sh',
			' A -rwsr-xr-x 0:0     5 B └── sh',
			' A drwxr-xr-x 0:0     8 B ▸ etc',
			' A drwxr-xr-x 0:0     7 B ▸ usr',
		]);
	});

	test('show what was removed as it was', (t) => {
		t.assert.deepEqual(layerTwo.press('space').files().slice(0, 4), [
			'❯D drwxr-xr-x       0:0     5 B ▾ bin',
			' D lrwxrwxrwx       0:0     0 B ├── bash -> /bin/sh',
			' D hrwsr-xr-x       0:0     0 B ├── dash -> bin/sh',
			' D -rwsr-xr-x       0:0     5 B └── sh',
		]);
	});

	test('leave out the owner, then the permissions, where names would have no room', (t) => {
		const [row] = explore(image, { columns: 80, rows: 24 })
			.press('j', 'enter', 'G', 'k', 'k')
			.files()
			.slice(-3);
		t.assert.equal(row, '❯m -rw------- 1000:1000     1 B ├── a');
	});
});

describe('opening and closing directories', () => {
	test('the way to changes is open by itself; what came or went as a whole, or did not change, is closed', (t) => {
		t.assert.deepEqual(explore(image).tree(), ['›A ▸ bin', ' A ▸ etc', ' A ▸ usr']);
	});

	test('Space and Enter open and close', (t) => {
		const opened = layerTwo.press('space');
		t.assert.deepEqual(opened.tree().slice(0, 3), [
			'❯D ▾ bin',
			' D     bash -> /bin/sh',
			' D     dash -> bin/sh',
		]);
		t.assert.deepEqual(opened.press('enter').tree(), layerTwo.tree());
	});

	test('l opens, then goes in; h closes, then goes to the directory above', (t) => {
		const opened = layerTwo.press('l');
		t.assert.deepEqual(opened.tree().slice(0, 2), ['❯D ▾ bin', ' D     bash -> /bin/sh']);
		const inside = opened.press('l');
		t.assert.deepEqual(inside.tree().slice(0, 2), [' D ▾ bin', '❯D     bash -> /bin/sh']);
		const above = inside.press('left');
		t.assert.deepEqual(above.tree(), opened.tree());
		t.assert.deepEqual(above.press('h').tree(), layerTwo.tree());
	});

	test('what the user opened stays open in other layers', (t) => {
		const back = explore(image).press('enter', 'j', 'space', 'shift-tab', 'shift-tab', 'j', 'k');
		t.assert.deepEqual(back.tree(), [' A ▸ bin', '›A ▾ etc', ' A     hosts', ' A     motd', ' A ▸ usr']);
	});

	test('nothing happens on a file', (t) => {
		const onFile = layerTwo.press('j', 'j');
		t.assert.deepEqual(onFile.press('space', 'l').tree(), onFile.tree());
	});
});

describe('the cursor', () => {
	test('is a path: it stays on it when rows above it come and go', (t) => {
		const onHosts = layerTwo.press('j', 'j');
		t.assert.equal(onHosts.footer()[0].trim().split(/ {2,}/)[0], '/etc/hosts');
		const later = onHosts.press('tab', 'k', 'j');
		t.assert.deepEqual(later.tree()[2], '›M     hosts');
	});

	test('stands on the nearest directory while its path is not there, and comes back to it', (t) => {
		const onMain = layerTwo.press('G', 'k', 'k', 'k', 'k', 'l', 'l', 'l', 'l');
		t.assert.equal(onMain.footer()[0].trim().split(/ {2,}/)[0], '/srv/app/main');
		const elsewhere = onMain.press('tab', 'k');
		t.assert.deepEqual(elsewhere.tree(), ['›A ▸ bin', ' A ▸ etc', ' A ▸ usr']);
		t.assert.match(elsewhere.press('j').tree().join('\n'), /›A {7}main/);
	});

	test('moves by lines, pages and to the ends', async (t) => {
		const files = explore(await openSample(), { columns: 80, rows: 24 }).press('j', 'enter');
		const place = (...keys: readonly string[]) =>
			files
				.press(...keys)
				.footer()[0]
				.trim()
				.split(/ {2,}/)[1];
		t.assert.equal(place('j', 'j', 'k'), '2 / 39');
		t.assert.equal(place('page-down'), '21 / 39');
		t.assert.equal(place('page-down', 'page-down', 'page-up'), '19 / 39');
		t.assert.equal(place('G'), '39 / 39');
		t.assert.equal(place('end', 'home'), '1 / 39');
		t.assert.equal(place('k'), '1 / 39');
	});
});

describe('other looks at the same files', () => {
	test('a shows everything up to the layer as one', (t) => {
		const together = layerTwo.press('a');
		t.assert.match(together.title(), /Layers 1–2/);
		t.assert.deepEqual(together.tree(), ['❯A ▸ etc', ' A ▸ srv', ' A ▸ usr']);
		t.assert.deepEqual(together.press('a').tree(), layerTwo.tree());
	});

	test('c hides what did not change', (t) => {
		t.assert.deepEqual(layerTwo.press('c').tree().slice(-2), [' · ▾ usr', ' m     a']);
		t.assert.deepEqual(layerTwo.press('c', 'c').tree(), layerTwo.tree());
	});

	test('s sorts siblings by size, the largest first, and by name among equals', (t) => {
		const fromTheEnd = layerTwo.press('G', 'g');
		t.assert.deepEqual(fromTheEnd.press('s').tree(), [
			' A ▸ srv',
			' · ▾ etc',
			' =     motd',
			' M     hosts',
			' · ▾ usr',
			'       b',
			'       c',
			' m     a',
			'❯D ▸ bin',
		]);
		t.assert.deepEqual(layerTwo.press('s', 's').tree(), layerTwo.tree());
	});
});

test('an image without layers has no files, and no key hurts', async (t) => {
	const keys = ['j', 'k', 'G', 'g', 'page-down', 'enter', 'space', 'l', 'h', 'a', 's', 'c', 'tab', 'tab'];
	const empty = explore(await openLayers()).press(...keys, '/', 'x', 'enter', 'j', 'escape', 'shift-tab');
	t.assert.deepEqual(empty.files(), []);
});
