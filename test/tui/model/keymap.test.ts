import { describe, test } from 'node:test';
import { hintLine } from '../../../source/tui/model/frame/hint-line.ts';
import { keyLabel, keyNames } from '../../../source/tui/model/key-binding.ts';
import { type KeyContext, keyGroups, keymap } from '../../../source/tui/model/keymap.ts';
import { actionFor, commandHints } from '../../../source/tui/model/keys.ts';
import { lineText } from '../../../source/tui/model/line.ts';
import { helpLines } from '../../../source/tui/model/overlays/help.ts';

const contexts: readonly KeyContext[] = [
	'layers',
	'details',
	'files',
	'prompt',
	'help',
	'too-small',
	'reading',
];

describe('the table of keys', () => {
	test('has one row for a key in each context', (t) => {
		const all = keymap.flatMap(({ keys, contexts }) =>
			contexts.flatMap((context) => keys.map((key) => `${context} ${key}`)),
		);
		t.assert.deepEqual(
			all.filter((key, index) => all.indexOf(key) !== index),
			[],
		);
	});

	test('names every key that types no character', (t) => {
		const named = keymap.flatMap(({ keys }) => keys).filter((key) => key.length > 1);
		t.assert.deepEqual(
			named.filter((key) => !Object.hasOwn(keyNames, key)),
			[],
		);
	});

	test('lets everybody out with Ctrl-C', (t) => {
		for (const context of contexts) t.assert.deepEqual(actionFor(context, 'ctrl-c'), { type: 'leave' });
	});

	test('has each row in one of the groups, with a name of its own', (t) => {
		t.assert.equal(new Set(keymap.map(({ id }) => id)).size, keymap.length);
		for (const { group } of keymap) t.assert.equal(keyGroups.includes(group), true);
	});

	test('makes the help: every row is in it', (t) => {
		const help = (['image', 'difference'] as const)
			.flatMap((kind) => helpLines(120, kind).map(lineText))
			.join('\n');
		for (const { keys, description } of keymap) {
			t.assert.equal(help.includes(description), true, description);
			t.assert.equal(help.includes(keys.map(keyLabel).join(' ')), true, keys.join());
		}
	});
});

describe('the footer', () => {
	test('names the keys of the pane, all of them where it is 80 wide', (t) => {
		const footer = (context: KeyContext, width = 80) =>
			lineText(
				hintLine(
					commandHints(context).filter(({ filterOnly }) => !filterOnly),
					width,
				),
			);
		t.assert.equal(
			footer('files'),
			' Space fold  a up to it  s sort  c changes  / filter  Tab pane  ? keys  q quit  ',
		);
		t.assert.equal(
			footer('layers'),
			' a up to it  s sort  c changes  / filter  Tab pane  → files  ? keys  q quit  ',
		);
		t.assert.equal(footer('reading'), ' q quit  ');
	});

	test('keeps the way to the help and the way out where it is narrow', (t) => {
		t.assert.equal(lineText(hintLine(commandHints('files'), 32)), ' Space fold  ? keys  q quit  ');
	});
});
