import { describe, test } from 'node:test';
import { compare } from '../../../source/filetree/compare.ts';
import { lostAt } from '../../../source/filetree/node-amounts.ts';
import { frameOf } from '../../../source/tui/model/frame/frame.ts';
import { pointAt } from '../../../source/tui/model/pointing/point-at.ts';
import { startAt } from '../../../source/tui/model/shown/go-to.ts';
import { directory, file, hardLink, whiteout } from '../../support/archives/tar-entry.ts';
import { explore, openLayers, type Scenario, scenarioOf } from '../support/scenario.ts';

const size = { columns: 120, rows: 40 };
const rows = (lines: readonly string[]) => lines.map((row) => row.replace(/ +/g, ' ').trim());

describe('a deleted folder', () => {
	test('is one row with what was lost in it, folded, whether it had an entry or not', async (t) => {
		const image = await openLayers(
			[
				directory('opt'),
				file('opt/kept', 'k'),
				file('opt/gone/a', 'a'.repeat(3000)),
				file('opt/gone/sub/b', 'b'.repeat(2000)),
			],
			[whiteout('opt/gone')],
		);
		const layer = explore(image, size).press('j', 'enter');
		t.assert.match(rows(layer.files())[0], /^❯D 5 kB .*▸ opt\/gone\/ from layer 1$/);
		t.assert.equal(layer.files().length, 1);
		const opened = rows(layer.press('right').files());
		t.assert.deepEqual(
			opened.map((row) => /^❯?\S/.exec(row)?.[0]),
			['❯D', 'D', 'D'],
		);
	});
});

describe('what a layer lost', () => {
	test('counts a file with several names once', async (t) => {
		const { tree } = await openLayers(
			[file('a', 'x'.repeat(1000)), hardLink('b', 'a'), hardLink('c', 'a')],
			[whiteout('a'), whiteout('b'), whiteout('c')],
		);
		t.assert.equal(lostAt(compare(tree, 1, 2), 0), 1000);
	});
});

describe('a name of a file with several', () => {
	const content = 'x'.repeat(1000);
	const [whole, narrow] = [
		{ columns: 120, rows: 40 },
		{ columns: 60, rows: 15 },
	];
	const details = (scenario: Scenario) => scenario.left().join(' ').replaceAll(/\s+/g, ' ');

	test('that is removed says that its bytes stay, and with which name', async (t) => {
		const image = await openLayers([file('a', content), hardLink('b', 'a')], [whiteout('a')]);
		const removed = explore(image, whole).press('j', 'enter');
		t.assert.match(rows(removed.files())[0], /^❯D 0 B .* a other name left$/);
		t.assert.match(details(removed), /its bytes stay: another name of the file is left, \/b/);
		const small = explore(image, narrow).press('j', 'enter');
		t.assert.match(small.screen().join(' '), /❯D +0 B +0:0 +a {2}other name left/);
	});

	test('that is replaced says that its bytes stay', async (t) => {
		const image = await openLayers([file('a', content), hardLink('b', 'a')], [file('b', 'other')]);
		const replaced = explore(image, whole).press('j', 'enter');
		t.assert.match(details(replaced), /its bytes stay: another name of the file is left, \/a/);
	});

	test('that is removed with the others says which of them loses the bytes', async (t) => {
		const image = await openLayers([file('a', content), hardLink('b', 'a')], [whiteout('a'), whiteout('b')]);
		const removed = explore(image, whole).press('j', 'enter', 'j');
		const small = explore(image, narrow).press('j', 'enter', 'j');
		t.assert.match(small.screen().join(' '), /❯D +0 B +0:0 +b -> a {2}lost with /);
		t.assert.match(details(removed), /its bytes are lost with another name of the file, \/a/);
	});

	test('that is added says which of them has the bytes', async (t) => {
		const image = await openLayers([file('a', content), hardLink('b', 'a')]);
		const added = explore(image, whole).press('enter', 'j');
		t.assert.match(details(added), /its bytes count with another name of the file, \/a/);
		t.assert.doesNotMatch(details(added.press('k')), /another name/);
	});
});

describe('--layer N alone', () => {
	test('begins at the first path that the layer changed, with changes only', async (t) => {
		const image = await openLayers(
			[directory('srv'), file('srv/a', 'a'), file('srv/b', 'b')],
			[file('srv/b', 'other')],
		);
		const start = { place: { node: 0, layer: 1 }, message: null };
		const begun = scenarioOf(startAt(explore(image, size).state, start));
		t.assert.equal(begun.layersState.hideUnchanged, true);
		t.assert.match(begun.footer()[0], /^ \/srv\/b /);
	});
});

describe('a click on the title of a column', () => {
	test('sorts the files by it, and the other way round', async (t) => {
		const image = await openLayers([file('a', 'a'), file('b', 'bbb'), file('c', 'cc')]);
		const first = explore(image, size).press('tab');
		const click = (scenario: typeof first, word: string) => {
			const screen = scenario.screen();
			const row = screen.findIndex((line) => line.includes('ships') && line.includes('after'));
			const column = screen[row].lastIndexOf(word) + 1;
			return scenarioOf(pointAt(scenario.state, { kind: 'click', isDouble: false, column, row }));
		};
		const names = (scenario: typeof first) => scenario.files().map((row) => row.at(-1));
		t.assert.deepEqual(names(first), ['b', 'c', 'a']);
		t.assert.deepEqual(names(click(first, 'name')), ['a', 'b', 'c']);
		t.assert.deepEqual(names(click(click(first, 'name'), 'name')), ['c', 'b', 'a']);
		t.assert.deepEqual(names(click(click(first, 'name'), 'ships')), ['b', 'c', 'a']);
		t.assert.equal(frameOf(click(first, 'after').state).columns.length > 0, true);
	});
});

describe('the history of a path', () => {
	test('says what wasted its bytes', async (t) => {
		const image = await openLayers(
			[file('a', 'a'.repeat(500)), file('b', 'b'.repeat(500)), file('c', 'c'.repeat(500))],
			[file('a', 'a'.repeat(500), { mode: 0o600 }), file('b', 'B'.repeat(400)), whiteout('c')],
		);
		const history = (name: string) =>
			explore(image, size).press('tab', '/').type(name).press('enter', 'H', 'g').screen().join('\n');
		t.assert.match(history('/a'), /wasted 500 B: layer 2 changed its metadata/);
		t.assert.match(history('/b'), /wasted 500 B: layer 2 changed its content/);
		t.assert.match(history('/c'), /wasted 500 B: layer 2 took it away/);
	});
});
