import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import { hintLine } from '../../../source/tui/model/frame/hint-line.ts';
import { keyLabel, keyNames, nameOf } from '../../../source/tui/model/key-binding.ts';
import { type KeyContext, keyGroups, keymap } from '../../../source/tui/model/keymap.ts';
import { actionFor, commandHints } from '../../../source/tui/model/keys.ts';
import { lineText } from '../../../source/tui/model/line.ts';
import { helpLines } from '../../../source/tui/model/screens/help/help-screen.ts';
import { helpSections, homeHelpSections } from '../../../source/tui/model/screens/help/help-sections.ts';

const contexts: readonly KeyContext[] = [
	'layers',
	'file details',
	'layer details',
	'files',
	'prompt',
	'help',
	'too-small',
	'reading',
];

import { viewsOf } from '../../../source/tui/model/views/views.ts';

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
		for (const context of contexts)
			t.assert.deepEqual(actionFor(keymap, context, 'ctrl-c'), { type: 'leave' });
	});

	test('has each row in one of the groups, with a name of its own', (t) => {
		t.assert.equal(new Set(keymap.map(({ id }) => id)).size, keymap.length);
		for (const row of keymap) t.assert.match(nameOf(row), /^[a-z]+(?:-[a-z]+|-\d)*$/);
		for (const { group } of keymap) t.assert.equal(keyGroups.includes(group), true);
	});

	test('makes the help: every row is in it', (t) => {
		const help = [
			...(['image', 'difference'] as const).flatMap((kind) => helpSections(keymap, kind, viewsOf(kind)[0])),
			...homeHelpSections(keymap),
		];
		const text = helpLines({ sections: help }, 120).map(lineText).join('\n');
		for (const { keys, description } of keymap) {
			t.assert.equal(text.includes(description), true, description);
			for (const key of keys) t.assert.equal(text.includes(keyLabel(key)), true, key);
		}
	});

	test('makes a help that is whole at 60 columns', (t) => {
		const sections = helpSections(keymap, 'image', 'layers');
		const lines = helpLines({ sections }, 60).map(lineText);
		const text = lines.map((line) => line.slice(23).trim()).join(' ');
		for (const { rows } of sections)
			for (const { meaning } of rows) t.assert.equal(text.includes(meaning), true, meaning);
		t.assert.deepEqual(
			lines.filter((line) => line.includes('…') || stringWidth(line) > 60),
			[],
		);
	});

	test('has what each name means once in a place', (t) => {
		const places = keymap.flatMap((row) => row.contexts.map((context) => `${context} ${nameOf(row)}`));
		t.assert.deepEqual(
			places.filter((place, index) => places.indexOf(place) !== index),
			[],
		);
	});
});

describe('the footer', () => {
	test('names the keys of the pane, all of them where it is 80 wide', (t) => {
		const footer = (context: KeyContext, width = 80) =>
			lineText(
				hintLine(
					commandHints(keymap, context).filter(({ filterOnly }) => !filterOnly),
					width,
				),
			);
		t.assert.equal(
			footer('files'),
			' Space fold  a since base  ` flat  s sort  c changes  z zoom  ? keys  q quit  ',
		);
		t.assert.equal(
			footer('layers'),
			' a since base  ` flat  s sort  c changes  z zoom  / filter  ? keys  q quit  ',
		);
		t.assert.equal(footer('reading'), ' q quit  ');
	});

	test('keeps the way to the help and the way out where it is narrow', (t) => {
		t.assert.equal(lineText(hintLine(commandHints(keymap, 'files'), 32)), ' Space fold  ? keys  q quit  ');
	});
});
