import { describe, test } from 'node:test';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const token = `npm_${'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC2'}`;
const removed = Array.from({ length: 1200 }, (_, index) => `cache/${index}.bin`);

/** 1,200 files that are removed, one that is replaced, and two that can be seen and look secret. */
const image = await openWithDetails({
	layers: [
		[
			...removed.map((name) => file(name, 'c'.repeat(100))),
			file('etc/a-file-with-quite-a-long-name-that-is-replaced.conf', 'old'.repeat(99)),
			file('srv/a-folder-with-a-long-name/npm-token.txt', token),
			file('srv/b.txt', token),
		],
		[whiteout('cache'), file('etc/a-file-with-quite-a-long-name-that-is-replaced.conf', 'new')],
	],
});

const sizes = [
	{ columns: 60, rows: 15 },
	{ columns: 80, rows: 24 },
	{ columns: 120, rows: 40 },
];

const deleted = (size = sizes[1]) => explore(image, size).press('5');
const rowOf = (scenario: Scenario, pattern: RegExp) =>
	scenario.screen().find((line) => pattern.test(line)) ?? '';

describe('the deleted files', () => {
	test('are counted in the tab as they are listed, and the title says which are visible', (t) => {
		const scenario = deleted();
		t.assert.match(scenario.screen()[0], /\[5 Deleted 1,203!\]/);
		t.assert.match(scenario.screen()[1], /^━ 1,201 deleted, 120 kB still in the image; 2 visible ━/);
		t.assert.match(scenario.footer()[0], / 1 of 1,203$/);
	});

	for (const size of sizes)
		test(`have a kind that is whole at ${size.columns}x${size.rows}`, (t) => {
			const scenario = deleted(size);
			const secret = rowOf(scenario, /! .* \/srv\/a/);
			t.assert.match(secret, size.columns > 60 ? / {2}visible, token of npm/ : / {2}token of npm/);
			const replaced = rowOf(scenario, / L2 .*replaced/);
			t.assert.match(replaced, / L1 +L2 {2}\/etc\/\S+ {2}replaced/);
		});

	test('have the whole words in their details', (t) => {
		t.assert.match(deleted(sizes[2]).screen().join('\n'), /looks like a token of npm, line 1/);
	});

	test('are found by the words of the list, and by those of the details', (t) => {
		const found = (text: string) =>
			deleted()
				.press('/', ...text, 'enter')
				.footer()[0];
		t.assert.match(found('visible, token of npm'), / 1 of 2$/);
		t.assert.match(found('a token of npm'), / 1 of 2$/);
	});
});

describe('a deleted file', () => {
	test('can be extracted and shown, as the last line says', (t) => {
		const scenario = deleted();
		t.assert.match(scenario.footer()[1], / x extract {2}d show file /);
		t.assert.match(deleted(sizes[0]).footer()[1], / x extract /);
		t.assert.equal(scenario.press('x').state.screens.at(-1)?.id, 'extract');
		t.assert.equal(scenario.press('d').state.screens.at(-1)?.id, 'file');
	});

	test('is shown as the layer has it that ships it', (t) => {
		const shown = deleted().press('/', ...'replaced', 'enter', 'd');
		t.assert.match(shown.screen().join('\n'), /that-is-replaced\.conf ━ L1 of L1, L2 ━/);
	});
});
