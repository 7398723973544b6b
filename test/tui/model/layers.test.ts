import { describe, test } from 'node:test';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { archiveWithoutForeignLayer, foreignUrl } from '../../support/images/foreign-image.ts';
import { fromFile } from '../../support/load-layers.ts';
import { explore, opened, openLayers, openSample, type Scenario } from '../support/scenario.ts';

const image = await openLayers(
	[directory('etc'), file('etc/hosts', 'one'), file('etc/motd', 'hello')],
	[directory('etc'), file('etc/hosts', 'two!')],
	[whiteout('etc/motd')],
);

describe('the list of layers', () => {
	test('says of each layer its size, what it added, changed and removed, and the instruction', (t) => {
		t.assert.deepEqual(explore(image).left().slice(1, 5), [
			' #    ships  wastes  +  ~  -  instruction',
			'❯1      8 B     0 B +3        step 1',
			' 2      4 B     3 B    ~1     step 2',
			' 3      0 B     5 B       -1  step 3',
		]);
	});

	test('shows the files of the layer that is selected', (t) => {
		const first = explore(image);
		t.assert.deepEqual(first.tree(), ['›A ▸ etc']);
		const second = first.press('j');
		t.assert.deepEqual(second.tree(), ['›· ▾ etc', ' M     hosts']);
		const third = second.press('down');
		t.assert.deepEqual(third.tree(), ['›· ▾ etc', ' D     motd']);
	});

	test('begins with what a container wrote, where that is the top layer', (t) => {
		const container = explore({ ...image, isContainer: true });
		t.assert.equal(container.layersState.layer, 2);
		t.assert.deepEqual(container.screen(), explore(image).press('G').screen());
		t.assert.equal(container.press('k').layersState.layer, 1);
	});

	test('stops at the first and at the last layer', (t) => {
		t.assert.equal(explore(image).press('k').layersState.layer, 0);
		t.assert.equal(explore(image).press('j', 'j', 'j', 'j').layersState.layer, 2);
		t.assert.equal(explore(image).press('G').layersState.layer, 2);
		t.assert.equal(explore(image).press('G', 'g').layersState.layer, 0);
	});

	test('scrolls as far as it must, and keeps the cursor where it is on the screen', async (t) => {
		const small = explore(await openSample(), { columns: 80, rows: 24 });
		const numbers = ({ screen }: Scenario) =>
			screen()
				.slice(3, 9)
				.map((line) => line.slice(0, 3).trim());
		t.assert.deepEqual(numbers(small), ['❯ 1', '', '', '2', '3', '']);
		t.assert.equal(numbers(small.press('G')).includes('❯11'), true);
		t.assert.deepEqual(numbers(small.press('G', 'g'))[0], '❯ 1');
	});

	test('Enter in the details of a file shows it, and of a directory goes to the files', async (t) => {
		const image = await openLayers([file('etc/hosts', 'x')]);
		const details = explore(image).press('enter', 'tab');
		t.assert.equal(details.layersState.focus, 'file details');
		t.assert.equal(details.press('enter').layersState.focus, 'files');
		const onFile = explore(image).press('enter', 'l', 'l', 'tab', 'enter');
		t.assert.equal(onFile.state.screens.at(-1)?.id, 'file');
		const help = explore(image).press('?').state.screens.at(-1);
		t.assert.match(
			JSON.stringify(help),
			/"sign":"Enter","style":"key","meaning":"Show the file; from a directory, go to the files"/,
		);
	});

	test('Enter goes to the files, Tab goes round the panes', (t) => {
		const focus = (...keys: readonly string[]) => explore(image).press(...keys).layersState.focus;
		t.assert.equal(focus('enter'), 'files');
		t.assert.equal(focus('tab', 'tab'), 'file details');
		t.assert.equal(focus('shift-tab'), 'layer details');
		t.assert.equal(focus('tab', 'tab', 'tab', 'tab'), 'layers');
	});
});

describe('a layer that is kept elsewhere', () => {
	test('is absent in the list, and the details say where it is', async (t) => {
		const session = await fromFile(archiveWithoutForeignLayer());
		const lines = explore(opened('app.tar', session), { columns: 120, rows: 40 }).left();
		t.assert.match(lines[2], /^❯1 +absent .* step 1$/);
		const at = lines.findIndex((line) => line.startsWith('─ Layer 1'));
		t.assert.deepEqual(lines.slice(at + 1, at + 6), [
			' step 1',
			' This layer is kept elsewhere by design and is not',
			' here.',
			' blob       123 B',
			` kept at    ${foreignUrl}`,
		]);
		const details = explore(opened('app.tar', session), { columns: 120, rows: 60 }).left();
		t.assert.equal(details.includes(' without    layer 1'), true);
	});
});

describe('the details', () => {
	const details = (from: Scenario) => {
		const lines = from.left();
		return lines.slice(lines.findIndex((line) => /^[─━] Layer \d/.test(line)) + 1);
	};

	test('say what the layer and the image are, and where bytes are wasted', (t) => {
		const lines = details(explore(image, { columns: 120, rows: 60 }).press('j')).join('\n');
		for (const fact of [
			/^ step 2\n ships +4 B\n stored/,
			/\n changes +M 1/,
			/\n wastes +3 B\n +3 B overwritten\n/,
			/\n diff ID +sha256:/,
			/\n efficiency 33.3 %\n wasted +8 B\n size +12 B\n base +layer 1, by default\n/,
			/\n Most wasted\n +5 B +1× \/etc\/motd\n +3 B +1× \/etc\/hosts\n/,
		])
			t.assert.match(lines, fact);
	});

	test('follow the cursor, and have the history of a file and what its copies waste', (t) => {
		const lines = explore(image).press('G', 'enter', 'j').left().join('\n');
		t.assert.match(lines, /─ \/etc\/motd ─/);
		t.assert.match(lines, /history +L1 added 5 B → L3 removed/);
		t.assert.match(lines, /takes away 5 B, 0 B after/);
		t.assert.match(lines, /1 copy is wasted: 5 B/);
	});

	test('have a long instruction whole, line by line, when they are scrolled', (t) => {
		const words = Array.from({ length: 240 }, (_, index) => `word-${index}`);
		const instruction = `RUN <<EOF\n  ${words.join(' ')}\nEOF`;
		const [first, ...others] = image.description.layers;
		const layers = [{ ...first, instruction }, ...others];
		for (const size of [
			{ columns: 60, rows: 15 },
			{ columns: 80, rows: 24 },
			{ columns: 120, rows: 40 },
		]) {
			let scenario = explore({ ...image, description: { ...image.description, layers } }, size).press(
				'shift-tab',
			);
			const seen = new Set<string>();
			for (let page = 0; page < 60; page++) {
				for (const line of scenario.screen()) for (const word of line.split(/[ │]+/)) seen.add(word);
				scenario = scenario.press('page-down');
			}
			t.assert.deepEqual(
				words.filter((word) => !seen.has(word)),
				[],
			);
		}
	});

	test('start anew with another layer', async (t) => {
		const scrolled = explore(await openSample(), { columns: 80, rows: 24 }).press('shift-tab', 'G', 'tab');
		t.assert.notEqual(scrolled.layersState.tops['layer details'], 0);
		t.assert.equal(scrolled.press('j').layersState.tops['layer details'], 0);
	});
});

describe('what changed since a layer', () => {
	test('is counted since the base, with what was removed, or since a layer that was marked', (t) => {
		const since = explore(image).press('G', 'a');
		t.assert.match(since.title(), /Layers 2–3 since the base/);
		t.assert.deepEqual(since.tree(), ['›· ▾ etc', ' D     motd', ' M     hosts']);
		const marked = explore(image).press('j', 'b', 'j', 'a');
		t.assert.match(marked.title(), /Layer 3 since layer 2/);
		t.assert.deepEqual(marked.tree(), ['›· ▾ etc', ' D     motd']);
		t.assert.match(explore(image).press('a').title(), /What layer 1 did, which is of the base/);
	});
});

describe('a filter', () => {
	test('says how much it found here and elsewhere, and n leads to another layer', (t) => {
		const found = explore(image).press('j', '/').type('motd').press('enter');
		t.assert.match(found.title(), /0 here, 1 in other layers/);
		t.assert.match(
			found.files().join(' '),
			/c shows what matches and is unchanged: 1 path.*Layer 3 has a match: n goes there.*Layer 1 .* N goes there/,
		);
		t.assert.equal(found.press('n').layersState.layer, 2);
		t.assert.equal(found.press('N').layersState.layer, 0);
	});

	test('understands terms, each path by itself', (t) => {
		const names = (text: string) => explore(image).press('/').type(text).press('enter').tree();
		t.assert.deepEqual(names('>4B'), [' A ▾ etc', '❯A     motd']);
		t.assert.deepEqual(names('kind:removed'), []);
		t.assert.deepEqual(names('etc/ !motd'), [' A ▾ etc', '❯A     hosts']);
		t.assert.deepEqual(names('type:dir'), ['❯A   etc']);
	});

	test('stands on its first match once it is kept, and Esc leads back to where it was begun', (t) => {
		const found = explore(image).press('/').type('motd').press('enter');
		t.assert.match(found.footer()[0], /^ \/etc\/motd/);
		const cleared = found.press('escape');
		t.assert.match(cleared.footer()[0], /^ \/etc /);
		t.assert.deepEqual(cleared.tree(), explore(image).press('enter').tree());
	});

	test('goes on from its first match with n', (t) => {
		const found = explore(image).press('/').type('o').press('enter');
		t.assert.match(found.footer()[0], /^ \/etc\/motd/);
		t.assert.match(found.press('n').footer()[0], /^ \/etc\/hosts/);
	});

	test('stands where the user went while it was typed', (t) => {
		const typing = explore(image).press('/').type('motd').press('down', 'up');
		t.assert.match(typing.press('enter').footer()[0], /^ \/etc /);
	});

	test('is left by Esc without losing the place that the user went to', (t) => {
		const found = explore(image).press('/').type('o').press('enter', 'j');
		t.assert.match(found.footer()[0], /\/etc\/hosts/);
		t.assert.match(found.press('escape').footer()[0], /\/etc\/hosts/);
	});
});
