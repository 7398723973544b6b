import { describe, test } from 'node:test';
import { finish } from '../../../../source/steps.ts';
import { update } from '../../../../source/tui/model/update.ts';
import { directory, file, hardLink, whiteout } from '../../../support/archives/tar-entry.ts';
import { explore, openLayers, type Scenario, scenarioOf } from '../../support/scenario.ts';

const image = await openLayers(
	[directory('srv'), file('srv/draft.html', 'd'.repeat(460)), file('srv/Draft.bin', 'x'.repeat(9000))],
	[file('srv/draft.html', 'e'.repeat(5000)), file('srv/other', 'o')],
	[whiteout('srv/draft.html'), hardLink('srv/draft.link', 'srv/other')],
	[file('srv/late', 'l')],
);
const size = { columns: 80, rows: 24 };
const found = (scenario: Scenario) =>
	scenario
		.screen()
		.filter((line) => /^[ ❯›][ADMm=~] L\d/.test(line))
		.map((line) =>
			line
				.replace(/[▲┃│▼]$/, '')
				.replace(/ +/g, ' ')
				.trim(),
		);

function exportedFrom({ screens }: Scenario['state']) {
	const top = screens.at(-1);
	if (top?.id !== 'export') throw new Error('No export is asked for.');
	return top.state;
}

describe('F', () => {
	test('lists what any layer did to what matches, deleted paths too, the largest first', (t) => {
		const search = explore(image, size).press('F').type('draft');
		t.assert.deepEqual(found(search), [
			'›A L1 9 kB /srv/Draft.bin',
			'M L2 5 kB /srv/draft.html',
			'D L3 5 kB /srv/draft.html',
			'A L1 460 B /srv/draft.html',
			'A L3 0 B /srv/draft.link',
		]);
		t.assert.match(search.screen()[0], /Search in all layers.*5 changes in 3 layers/);
	});

	test('begins with the filter that found nothing in the layer, which names the key', (t) => {
		const filtered = explore(image, size).press('G', '/').type('draft.html kind:removed');
		const before = scenarioOf(filtered.state).press('enter', 'shift-tab', 'k', 'k');
		const empty = before.press('tab').screen().join(' ').replace(/\s+/g, ' ');
		t.assert.match(empty, /F lists what matches in all layers, deleted paths too\./);
		t.assert.deepEqual(found(before.press('F')), ['❯D L3 5 kB /srv/draft.html']);
	});

	test('takes smart case, patterns, sizes, layers and kinds, and says why a filter is none', (t) => {
		const search = (text: string) => found(explore(image, size).press('F').type(text));
		t.assert.deepEqual(search('Draft'), ['›A L1 9 kB /srv/Draft.bin']);
		t.assert.deepEqual(search('~draft\\.[hb].*'), search('draft !link'));
		t.assert.deepEqual(search('>4kB layer:2'), ['›M L2 5 kB /srv/draft.html']);
		t.assert.match(
			explore(image, size).press('F').type('kind:x').screen().join(' '),
			/This is no usable filter: kind: needs/,
		);
		t.assert.match(
			explore(image, size).press('F').type('zzz').screen().join(' '),
			/Nothing that any layer did matches zzz/,
		);
	});

	test('goes there with Enter, and comes back with Backspace', (t) => {
		const there = explore(image, size).press('F').type('draft kind:removed').press('enter', 'enter');
		t.assert.equal(there.layersState.layer, 2);
		t.assert.match(there.footer()[0], /^ \/srv\/draft\.html/);
		t.assert.deepEqual(found(there.press('backspace')), ['❯D L3 5 kB /srv/draft.html']);
	});

	test('says of the row under the cursor what was done, where it is from and by what', (t) => {
		const search = explore(image, size).press('F').type('draft kind:removed').press('enter');
		t.assert.match(search.screen().join('\n'), /layer 3 removed it: 5 kB, from layer 2/);
	});

	test('sorts by layer and by path, and the other way round', (t) => {
		const search = explore(image, size).press('F').type('draft').press('enter');
		t.assert.deepEqual(
			found(search.press('s')).map((line) => /L\d/.exec(line)?.[0]),
			['L1', 'L1', 'L2', 'L3', 'L3'],
		);
		t.assert.match(found(search.press('s', 's'))[0], /Draft\.bin$/);
		t.assert.match(found(search.press('s', 's', 'S'))[0], /draft\.link$/);
	});

	test('opens the history and the file of a row, and comes back to the list', (t) => {
		const search = explore(image, size).press('F').type('html').press('enter');
		t.assert.match(search.press('H').screen()[0], /History of \/srv\/draft\.html/);
		t.assert.match(search.press('H', 'escape').screen()[0], /Search in all layers/);
		t.assert.equal(search.press('d').state.screens.at(-1)?.id, 'file');
	});

	test('exports what is found, and copies the path under the cursor', (t) => {
		const search = explore(image, size).press('F').type('draft kind:removed').press('enter');
		t.assert.match(search.press('e').screen().join('\n'), /Export changes .* 1 row[\s\S]*image-changes\.csv/);
		const [effect] = search.press('y').state.effects;
		t.assert.deepEqual(effect?.type === 'request' && effect.ask, { text: '/srv/draft.html' });
		const { table } = exportedFrom(search.press('e').state);
		t.assert.deepEqual(
			[table.columns, ...table.rows(0, 9)],
			[
				['layer', 'change', 'bytes', 'path', 'instruction'],
				[3, 'removed', 5000, '/srv/draft.html', null],
			],
		);
	});

	test('has nothing to export or to copy where nothing is found', (t) => {
		const search = explore(image, size).press('F').type('nowhere').press('enter');
		t.assert.match(search.press('e').screen().join('\n'), /There is nothing to export\./);
		t.assert.match(search.press('y').screen().join('\n'), /There is nothing to copy here\./);
	});

	test('is in the palette by name', (t) => {
		const palette = explore(image, size).press(':').type('all layers').screen().join('\n');
		t.assert.match(palette, /Find in all layers, deleted paths too/);
	});

	test('fits every terminal', (t) => {
		for (const [columns, rows] of [
			[60, 15],
			[80, 24],
			[120, 40],
			[200, 60],
		] as const) {
			const screen = explore(image, { columns, rows }).press('F').type('draft').screen();
			t.assert.equal(screen.length, rows);
			t.assert.equal(found(explore(image, { columns, rows }).press('F').type('draft')).length, 5);
		}
	});
});

describe('F on very many changes', () => {
	test('looks through them in steps while the screen waits, and keeps the largest', async (t) => {
		const many = Array.from({ length: 50_500 }, (_, index) => file(`f${index}`, 'x'.repeat(index % 50)));
		const large = await openLayers(many, [file('f7', 'y'.repeat(999))]);
		const typing = explore(large, size).press('F').type('f');
		t.assert.match(typing.screen().join(' '), /Looking through all layers/);
		const [effect] = typing.state.effects.filter(({ type }) => type === 'prepare-list');
		t.assert.equal(effect?.type, 'prepare-list');
		if (effect?.type !== 'prepare-list') return;
		finish(effect.steps);
		const done = scenarioOf(update(typing.state, effect.done));
		t.assert.equal(found(done)[0], '›M L2 999 B /f7');
		t.assert.match(done.screen()[0], /50,501 changes in 2 layers · 20,000 largest shown/);
	});
});
