import { describe, test } from 'node:test';
import { pointAt } from '../../../../source/tui/model/pointing/point-at.ts';
import { after, before, openPair } from '../../support/open-pair.ts';
import { explore, openSample, type Scenario, scenarioOf } from '../../support/scenario.ts';

const sample = await openSample();

const choice = {
	manifestDigest: null,
	configDigest: null,
	platform: null,
	storedBytes: null,
	created: null,
};

function copied({ state }: Scenario): string | undefined {
	const texts = state.effects.flatMap((effect) =>
		effect.type === 'request' && effect.kind === 'copy-text' ? [effect.ask.text] : [],
	);
	return texts[0];
}

describe('the palette', () => {
	test('lists what can be done here, with its keys', (t) => {
		const screen = explore(sample).press(':').screen().join('\n');
		t.assert.match(
			screen,
			/❯ This layer alone, all since the base or the mark, or everything up to the layer +scope +a$/m,
		);
		t.assert.match(explore(sample).press(':').type('copy command').screen()[1], /❯ Copy command line: /);
		t.assert.doesNotMatch(screen, /open or close the directory/i);
		t.assert.match(
			explore(sample).press('enter', ':').type('open or close').screen()[1],
			/❯ Show the file, or open or close the directory/,
		);
	});

	test('finds an action by letters of its name, and Enter does it', (t) => {
		const typed = explore(sample).press(':').type('srt othr');
		t.assert.match(typed.screen()[1], /❯ Sort the other way round +reverse +S$/);
		const done = typed.press('enter');
		t.assert.deepEqual(done.state.screens, []);
		t.assert.equal(done.layersState.isReversed, true);
	});

	test('finds an action by the name that it has in fathom.yaml, and says it where there is room', (t) => {
		t.assert.match(
			explore(sample).press(':').type('next-match').screen()[1],
			/❯ Next match of the filter.* next-match +n$/,
		);
		t.assert.doesNotMatch(
			explore(sample, { columns: 80, rows: 24 }).press(':').screen().join('\n'),
			/toggle-unchanged/,
		);
	});

	test('says where nothing has such a name, and Esc goes back', (t) => {
		const typed = explore(sample).press(':').type('\u001B[2J~qqqq');
		t.assert.match(typed.footer()[0], /Nothing has such a name/);
		t.assert.deepEqual(typed.press('enter').state.screens.length, 1);
		t.assert.deepEqual(typed.press('escape').state.screens, []);
	});

	test('moves, deletes and is clicked', (t) => {
		const moved = explore(sample).press(':', 'down', 'page-down', 'up').type('quit').press('backspace');
		t.assert.match(moved.screen()[1], /❯ Quit/);
		t.assert.match(moved.press('ctrl-u').screen()[0], /^ : *$/);
		const clicked = pointAt(moved.state, { kind: 'click', isDouble: false, column: 5, row: 1 });
		t.assert.equal(
			clicked.effects.some(({ type }) => type === 'leave'),
			true,
		);
	});

	test('copies the command that prints this view', async (t) => {
		const run = (scenario: Scenario) => scenario.press(':').type('copy command').press('enter');
		t.assert.equal(
			copied(run(explore(sample).press('j'))),
			'fathom files --layer 2 --changes sample/image.tar',
		);
		t.assert.equal(
			copied(run(explore(sample).press('enter', 'c', '/').type('.npmrc').press('enter'))),
			'fathom files --layer 1 --filter .npmrc sample/image.tar',
		);
		const images = [
			{ names: ['orders:1'], isOpened: false },
			{ names: ['orders:2'], isOpened: true },
		].map((image) => ({ ...choice, ...image }));
		t.assert.equal(
			copied(run(explore({ ...sample, choices: images }).press('2'))),
			'fathom report --only findings --image orders:2 sample/image.tar',
		);
		const since = run(explore(sample).press('G', 'a'));
		t.assert.equal(copied(since), undefined);
		t.assert.match(since.footer()[0], /No command prints this\./);
		const pair = await openPair(before, after);
		t.assert.equal(copied(run(explore(pair).press('2'))), 'fathom diff --only layers old.tar new.tar');
		const hostile = { ...sample, reference: "a b'\u001B[2J" };
		t.assert.match(copied(run(explore(hostile))) ?? '', / \$'a b\\'\\033\[2J'$/);
		t.assert.match(scenarioOf(run(explore(hostile)).state).footer()[0], /./);
	});
});

describe('Ctrl-D and Ctrl-U', () => {
	test('go half a page', (t) => {
		const start = explore(sample, { columns: 80, rows: 24 });
		t.assert.equal(start.press('ctrl-d').layersState.layer, 1);
		t.assert.equal(start.press('ctrl-d', 'ctrl-d', 'ctrl-u').layersState.layer, 1);
	});
});
