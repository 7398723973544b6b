import { describe, test } from 'node:test';
import { update } from '../../../../source/tui/model/update.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { explore, openLayers, type Scenario, scenarioOf } from '../../support/scenario.ts';

const image = await openLayers([file('motd', 'hello')]);
const size = { columns: 80, rows: 24 };
const hints = (scenario: Scenario) => scenario.footer()[1].trim();

type Answer = { readonly kind: 'done' | 'exists' | 'refused'; readonly message: string };

/** The screen once what it asked for is answered. */
function answered({ state }: Scenario, screen: 'extract' | 'export', answer: Answer): Scenario {
	const action = screen === 'extract' ? { type: 'extracted', answer } : { type: 'exported', answer };
	return scenarioOf(update(state, { type: 'screen', screen, action } as Parameters<typeof update>[1]));
}

const screens = [
	{ screen: 'extract', opened: explore(image, size).press('l', 'x'), typing: 'out' },
	{ screen: 'export', opened: explore(image, size).press('e'), typing: '' },
] as const;

for (const { screen, opened, typing } of screens)
	describe(`the footer of ${screen}`, () => {
		const written = opened.type(typing).press('enter');

		test('says what Enter does while a name is typed', (t) => {
			t.assert.equal(hints(opened), 'Enter write  Esc back');
		});

		test('says how to stop it while it is written', (t) => {
			t.assert.equal(hints(written), 'Esc stop');
		});

		test('says what closes it when it is written, or refused', (t) => {
			for (const kind of ['done', 'refused'] as const)
				t.assert.equal(hints(answered(written, screen, { kind, message: 'Said.' })), 'Enter close  Esc back');
		});

		test('says what replaces what is there', (t) => {
			t.assert.equal(
				hints(answered(written, screen, { kind: 'exists', message: 'Said.' })),
				'y replace  Esc back',
			);
		});
	});

test('the footer of extract says how to move where the path is longer than the screen', async (t) => {
	const deep = await openLayers([file(`${'folder-with-a-name/'.repeat(60)}motd`, 'hello')]);
	const opened = explore(deep, { columns: 60, rows: 15 }).press('l', 'x');
	t.assert.equal(hints(opened), 'Enter write  ↑↓ move  Esc back');
});

describe('the folder to extract to', () => {
	const opened = explore(image, size).press('l', 'x');
	const askedFor = ({ state }: Scenario) =>
		state.effects.flatMap((effect) => (effect.type === 'request' ? [effect.ask] : []));

	test('is this one where none is named', (t) => {
		t.assert.match(opened.screen()[1], /^ Folder to write to: {2}this folder$/);
		t.assert.match(opened.screen().join('\n'), /with the folders above it: \.\/motd/);
		t.assert.deepEqual(askedFor(opened.press('enter')), [
			{ node: 1, layer: 0, folder: '.', replaces: false },
		]);
	});

	test('is the one that is typed, with nothing before it', (t) => {
		const typed = opened.type('/tmp/t1');
		t.assert.equal(typed.screen()[1], ' Folder to write to: /tmp/t1');
		t.assert.deepEqual(askedFor(typed.press('enter')), [
			{ node: 1, layer: 0, folder: '/tmp/t1', replaces: false },
		]);
	});
});
