import { describe, test } from 'node:test';
import { archiveWithoutForeignLayer, foreignUrl } from '../../support/images/foreign-image.ts';
import { fromFile } from '../../support/load-layers.ts';
import { directory, file, whiteout } from '../../support/tar-entry.ts';
import { explore, opened, openLayers, openSample } from '../support/scenario.ts';

const image = await openLayers(
	[directory('etc'), file('etc/hosts', 'one'), file('etc/motd', 'hello')],
	[directory('etc'), file('etc/hosts', 'two!')],
	[whiteout('etc/motd')],
);

describe('the list of layers', () => {
	test('says of each layer its size, what it added, changed and removed, and the instruction', (t) => {
		t.assert.deepEqual(explore(image).left().slice(1, 4), [
			'❯1 ██████     8 B +3        step 1',
			' 2 ███        4 B    ~1     step 2',
			' 3            0 B       -1  step 3',
		]);
	});

	test('shows the files of the layer that is selected', (t) => {
		const first = explore(image);
		t.assert.deepEqual(first.tree(), ['›A ▸ etc']);
		const second = first.press('j');
		t.assert.deepEqual(second.tree(), ['›· ▾ etc', ' M     hosts', '       motd']);
		const third = second.press('down');
		t.assert.deepEqual(third.tree(), ['›· ▾ etc', '       hosts', ' D     motd']);
	});

	test('stops at the first and at the last layer', (t) => {
		t.assert.equal(explore(image).press('k').filesState.layer, 0);
		t.assert.equal(explore(image).press('j', 'j', 'j', 'j').filesState.layer, 2);
		t.assert.equal(explore(image).press('G').filesState.layer, 2);
		t.assert.equal(explore(image).press('G', 'g').filesState.layer, 0);
	});

	test('scrolls as far as it must, and keeps the cursor where it is on the screen', async (t) => {
		const small = explore(await openSample(), { columns: 80, rows: 24 });
		const numbers = (lines: readonly string[]) => lines.slice(1, 11).map((line) => line.slice(0, 3).trim());
		t.assert.deepEqual(numbers(small.press('G').left()), [
			'2',
			'3',
			'4',
			'5',
			'6',
			'7',
			'8',
			'9',
			'10',
			'❯11',
		]);
		t.assert.deepEqual(numbers(small.press('G', 'k', 'k').left()).slice(-3), ['❯ 9', '10', '11']);
		t.assert.deepEqual(numbers(small.press('G', 'g').left())[0], '❯ 1');
	});

	test('Enter goes to the files, Tab goes round the panes', (t) => {
		t.assert.equal(explore(image).press('enter').filesState.focus, 'files');
		t.assert.equal(explore(image).press('tab').filesState.focus, 'details');
		t.assert.equal(explore(image).press('tab', 'tab', 'tab').filesState.focus, 'layers');
		t.assert.equal(explore(image).press('shift-tab').filesState.focus, 'files');
	});
});

describe('a layer that is kept elsewhere', () => {
	test('is absent in the list, and the details say where it is', async (t) => {
		const session = await fromFile(archiveWithoutForeignLayer());
		const lines = explore(opened('app.tar', session), { columns: 120, rows: 40 }).left();
		t.assert.match(lines[1], /^❯1 +absent +step 1$/);
		t.assert.deepEqual(lines.slice(4, 9), [
			' step 1',
			' This layer is kept elsewhere by design and is',
			' not here.',
			' blob       123 B',
			` kept at    ${foreignUrl}`,
		]);
		t.assert.equal(
			lines.find((line) => line.startsWith(' without')),
			' without    layer 1',
		);
	});
});

describe('the details', () => {
	test('say what the layer and the image are, and where bytes are wasted', (t) => {
		const lines = explore(image, { columns: 120, rows: 40 }).press('j').left();
		t.assert.deepEqual(lines.slice(5, 23), [
			' step 2',
			' size       4 B',
			lines[7],
			' changes    M 1',
			' wastes     3 B',
			'',
			' image.tar',
			' efficiency 33.3 %',
			' wasted     8 B',
			' size       12 B',
			lines[15],
			' base       layer 1, by default',
			' platform   linux/amd64',
			'',
			' Most wasted',
			'     5 B  1× /etc/motd',
			'     3 B  1× /etc/hosts',
			'',
		]);
		t.assert.match(lines[7], /^ stored {5}[\d.]+ kB$/);
		t.assert.match(lines[15], /^ stored {5}[\d.]+ kB$/);
	});

	test('say where an image was found that is no file', (t) => {
		const foundIn = 'Docker Engine 29.0.1 at unix:///run/user/1000/docker.sock';
		const lines = explore({ ...image, foundIn }, { columns: 80, rows: 60 }).left();
		const start = lines.findIndex((line) => line.startsWith(' found in'));
		t.assert.deepEqual(lines.slice(start - 1, start + 4), [
			' platform   linux/amd64',
			' found in   Docker Engine',
			'            29.0.1 at',
			'            unix:///run/user/10',
			'            00/docker.sock',
		]);
	});

	test('scroll when there is not room for all of them', async (t) => {
		const details = explore(await openSample(), { columns: 80, rows: 24 }).press('tab');
		t.assert.notDeepEqual(details.press('j').left(), details.left());
		t.assert.match(details.press('G').left().at(-1) ?? '', /^ config +sha256:/);
		t.assert.deepEqual(details.press('G', 'g').left(), details.left());
	});

	test('start anew with another layer', async (t) => {
		const scrolled = explore(await openSample(), { columns: 80, rows: 24 }).press(
			'tab',
			'G',
			'shift-tab',
			'j',
		);
		t.assert.equal(scrolled.filesState.detailsTop, 0);
	});
});
