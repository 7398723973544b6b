import { describe, test } from 'node:test';
import { directory, file, hardLink, symlink, whiteout } from '../../support/archives/tar-entry.ts';
import { explore, exploreByName, openLayers, openSample } from '../support/scenario.ts';

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
const layerTwo = exploreByName(image).press('j', 'enter');

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

	test('give what is shipped, lost and there after it, the owner, the targets of links, and lines that join what belongs together', (t) => {
		t.assert.deepEqual(exploreByName(image).press('enter', 'space').files(), [
			'❯A     5 B             5 B       0:0 ▾ bin/',
			' A     0 B             0 B       0:0 ├── bash -> /bin/sh',
			' A     0 B             0 B       0:0 ├── dash -> bin/sh',
			' A     5 B             5 B       0:0 └── sh',
			' A     8 B             8 B       0:0 ▸ etc/',
			' A     7 B             7 B       0:0 ▸ usr/',
		]);
	});

	test('say of what was removed how much that was, and from where', (t) => {
		t.assert.deepEqual(layerTwo.press('space').files().slice(0, 4), [
			'❯D             5 B               0:0 ▾ bin/  from layer 1',
			' D             0 B               0:0 ├── bash -> /bin/sh  from lay…',
			' D             0 B               0:0 ├── dash -> bin/sh  lost with…',
			' D             5 B               0:0 └── sh  from layer 1',
		]);
	});

	test('are the largest change first, and only changes, unless one asks for more', (t) => {
		t.assert.deepEqual(explore(image).press('j', 'enter').files(), [
			'❯A  1.5 kB          1.5 kB       0:0 ▸ srv/',
			' ·     8 B     3 B     8 B       0:0 ▾ etc/',
			' =     5 B             5 B       0:0 ├── motd  shipped again, same',
			' M     3 B     3 B     3 B       0:0 └── hosts',
			' D             5 B               0:0 ▸ bin/  from layer 1',
			' ·     1 B             7 B       0:0 ▾ usr/',
			' m     1 B             1 B 1000:1000 └── a',
		]);
	});
});

describe('opening and closing directories', () => {
	test('the way to changes is open by itself; what came or went as a whole, or did not change, is closed', (t) => {
		t.assert.deepEqual(exploreByName(image).tree(), ['›A ▸ bin', ' A ▸ etc', ' A ▸ usr']);
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
		const back = exploreByName(image).press('enter', 'j', 'space', 'shift-tab', 'shift-tab', 'j', 'k');
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
		const later = onHosts.press('shift-tab', 'k', 'j');
		t.assert.deepEqual(later.tree()[2], '›M     hosts');
	});

	test('stands on the nearest directory while its path is not there, and comes back to it', (t) => {
		const onMain = layerTwo.press('G', 'k', 'k', 'k', 'k', 'l', 'l', 'l', 'l');
		t.assert.equal(onMain.footer()[0].trim().split(/ {2,}/)[0], '/srv/app/main');
		const elsewhere = onMain.press('shift-tab', 'k');
		t.assert.deepEqual(elsewhere.tree(), ['›A ▸ bin', ' A ▸ etc', ' A ▸ usr']);
		t.assert.match(elsewhere.press('j').tree().join('\n'), /›A {7}main/);
	});

	test('moves by lines, pages and to the ends', async (t) => {
		const files = exploreByName(await openSample(), { columns: 80, rows: 24 }).press('j', 'enter');
		const place = (...keys: readonly string[]) =>
			files
				.press(...keys)
				.footer()[0]
				.trim()
				.split(/ {2,}/)[1];
		t.assert.equal(place('j', 'j', 'k'), '2 of 36');
		t.assert.equal(place('page-down'), '8 of 36');
		t.assert.equal(place('page-down', 'page-down', 'page-up'), '8 of 36');
		t.assert.equal(place('G'), '36 of 36');
		t.assert.equal(place('end', 'home'), '1 of 36');
		t.assert.equal(place('k'), '1 of 36');
	});
});

describe('other looks at the same files', () => {
	test('a shows everything up to the layer as one', (t) => {
		const together = layerTwo.press('a', 'a');
		t.assert.match(together.title(), /All of layers 1–2/);
		t.assert.deepEqual(together.tree(), ['❯A ▸ etc', ' A ▸ srv', ' A ▸ usr']);
		t.assert.deepEqual(together.press('a').tree(), layerTwo.tree());
	});

	test('c hides what did not change', (t) => {
		t.assert.deepEqual(layerTwo.press('c').tree().slice(-2), [' · ▾ usr', ' m     a']);
		t.assert.deepEqual(layerTwo.press('c', 'c').tree(), layerTwo.tree());
	});

	test('s sorts by name, by size after it, and by change, S the other way round', (t) => {
		const names = (...keys: readonly string[]) =>
			explore(image)
				.press('enter', ...keys)
				.tree();
		t.assert.deepEqual(names(), ['❯A ▸ etc', ' A ▸ usr', ' A ▸ bin']);
		t.assert.deepEqual(names('s'), ['❯A ▸ bin', ' A ▸ etc', ' A ▸ usr']);
		t.assert.deepEqual(names('s', 's'), names());
		t.assert.deepEqual(names('S'), ['❯A ▸ bin', ' A ▸ usr', ' A ▸ etc']);
		t.assert.deepEqual(names('s', 's', 's'), names());
	});
});

test('an image without layers has no files, and no key hurts', async (t) => {
	const keys = ['j', 'k', 'G', 'g', 'page-down', 'enter', 'space', 'l', 'h', 'a', 's', 'c', 'tab', 'tab'];
	const empty = exploreByName(await openLayers()).press(
		...keys,
		'/',
		'x',
		'enter',
		'j',
		'escape',
		'shift-tab',
	);
	t.assert.deepEqual(empty.files(), [' This image has no layers.']);
});
