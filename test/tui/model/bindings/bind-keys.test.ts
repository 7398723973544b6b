import { describe, test } from 'node:test';
import fc from 'fast-check';
import { escapeForTerminal } from '../../../../source/text/escape.ts';
import {
	type BindingProblem,
	bindKeys,
	type WantedKeys,
} from '../../../../source/tui/model/bindings/bind-keys.ts';
import { diveKeys, withDiveKeys } from '../../../../source/tui/model/bindings/dive-preset.ts';
import { keysIn } from '../../../../source/tui/model/bindings/key-labels.ts';
import { lostKeysMessage } from '../../../../source/tui/model/bindings/lost-keys.ts';
import { parseKey } from '../../../../source/tui/model/bindings/parse-key.ts';
import { keyLabel, nameOf } from '../../../../source/tui/model/key-binding.ts';
import { type KeyContext, type Keymap, keymap } from '../../../../source/tui/model/keymap.ts';
import { actionFor, commandHints } from '../../../../source/tui/model/keys.ts';
import { helpSections } from '../../../../source/tui/model/screens/help/help-sections.ts';
import { paletteEntries } from '../../../../source/tui/model/screens/palette/palette-entries.ts';
import { runs } from '../../../support/runs.ts';

function bound(wanted: Readonly<Record<string, readonly string[]>>, base: Keymap = keymap): Keymap {
	const result = bindKeys(base, wantedOf(wanted));
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.bindings;
}

function problemOf(wanted: Readonly<Record<string, readonly string[]>>): BindingProblem | null {
	const result = bindKeys(keymap, wantedOf(wanted));
	return result.ok ? null : result.problem;
}

function wantedOf(wanted: Readonly<Record<string, readonly string[]>>): readonly WantedKeys[] {
	return Object.entries(wanted).map(([action, keys]) => ({ action, keys }));
}

/** The name of what a key does in a place; null for nothing. */
function nameAt(bindings: Keymap, context: KeyContext, key: string): string | null {
	const row = bindings.find(({ contexts, keys }) => contexts.includes(context) && keys.includes(key));
	return row === undefined ? null : nameOf(row);
}

describe('keys that the user chooses', () => {
	test('take the place of the keys that an action has, in all of its places', (t) => {
		const keys = bound({ sort: ['o', 'Ctrl-O'] });
		for (const context of ['files', 'findings', 'changed files', 'home'] as const) {
			t.assert.equal(nameAt(keys, context, 'o'), 'sort');
			t.assert.equal(nameAt(keys, context, 'ctrl-o'), 'sort');
			t.assert.equal(nameAt(keys, context, 's'), null);
		}
	});

	test('are taken from another action, only where both work', (t) => {
		const keys = bound({ 'toggle-unchanged': ['y', 'ctrl+l'] });
		t.assert.equal(nameAt(keys, 'files', 'y'), 'toggle-unchanged');
		t.assert.equal(nameAt(keys, 'files', 'ctrl-l'), 'toggle-unchanged');
		t.assert.equal(nameAt(keys, 'findings', 'y'), 'copy-name');
		t.assert.equal(nameAt(keys, 'findings', 'ctrl-l'), 'repaint');
		t.assert.equal(nameAt(keys, 'extract', 'y'), 'replace-files');
	});

	test('may be none', (t) => {
		t.assert.equal(nameAt(bound({ mouse: [] }), 'files', 'M'), null);
	});

	test('that are characters leave an action its other keys where text is typed', (t) => {
		const keys = bound({ down: ['t'], 'step-out': ['x'], confirm: [';'] });
		t.assert.equal(nameAt(keys, 'files', 'down'), null);
		t.assert.equal(nameAt(keys, 'palette', 'down'), 'down');
		t.assert.equal(nameAt(keys, 'prompt', 'escape'), 'step-out');
		t.assert.equal(nameAt(keys, 'prompt', 'enter'), 'confirm');
		t.assert.equal(nameAt(keys, 'help', 'x'), 'step-out');
	});

	test('that two actions want in one place are a conflict, whichever comes first', (t) => {
		t.assert.deepEqual(problemOf({ sort: ['o'], scope: ['o'] }), {
			kind: 'conflict',
			index: 1,
			other: 0,
			key: 'o',
			place: 'layers',
		});
		t.assert.equal(problemOf({ mark: ['o'], wrap: ['o'] }), null);
	});

	test('are known actions and keys', (t) => {
		t.assert.deepEqual(problemOf({ srot: ['o'] }), { kind: 'unknown-action', index: 0 });
		t.assert.deepEqual(problemOf({ 'quit-at-once': ['o'] }), { kind: 'fixed-action', index: 0 });
		for (const [key, reason] of [
			['Ctrl-M', 'a terminal sends Enter for it'],
			['ctrl+i', 'a terminal sends Tab for it'],
			['Ctrl-C', 'it always quits'],
			['hyper-x', 'no such key'],
			['ab', 'no such key'],
			['\u001B', 'no such key'],
			['\u202E', 'no such key'],
			['', 'no such key'],
		])
			t.assert.deepEqual(problemOf({ sort: [key] }), { kind: 'unusable-key', index: 0, key, reason });
	});

	test('leave an action without any, which is said with what took them', (t) => {
		const keys = bound({ down: ['e'], help: ['F'] });
		t.assert.equal(lostKeysMessage(keys, 'F'), 'search-layers and open-export have no key. F says why.');
		t.assert.equal(
			lostKeysMessage(bound({ down: ['e'] }), '?'),
			'open-export has no key: fathom.yaml gave e to down.',
		);
		const general = helpSections(bound({ down: ['e'] }), 'image', 'layers').find(
			({ title }) => title === 'General',
		);
		t.assert.deepEqual(
			general?.rows.find(({ meaning }) => meaning.startsWith('Export')),
			{
				sign: 'no key',
				style: 'warning',
				meaning: 'Export this view to a file, as text, JSON or CSV (fathom.yaml gave e to down)',
			},
		);
		t.assert.equal(
			paletteEntries(bound({ down: ['e'] }), 'files').find(({ id }) => id === 'open-export')?.keys,
			'no key',
		);
	});

	test('leave nothing to be said where an action keeps a key, or is meant to have none', (t) => {
		t.assert.equal(lostKeysMessage(bound({ down: ['e'], 'open-export': ['E'] }), '?'), null);
		t.assert.equal(lostKeysMessage(bound({ down: ['e'], 'open-export': [] }), '?'), null);
		t.assert.equal(lostKeysMessage(bound({ 'toggle-unchanged': ['y'] }), '?'), null);
		t.assert.equal(lostKeysMessage(withDiveKeys(keymap), '?'), null);
		t.assert.equal(lostKeysMessage(bound({}, withDiveKeys(keymap)), '?'), null);
	});

	test('are said in the footer and in sentences', (t) => {
		const keys = bound({ help: ['F'], 'toggle-unchanged': ['Ctrl-T'], flat: [], up: ['w'], down: ['e'] });
		const hints = commandHints(keys, 'files').map((hint) => `${hint.keys} ${hint.text}`);
		t.assert.equal(hints.includes('F keys'), true);
		t.assert.equal(hints.includes('Ctrl-T changes'), true);
		t.assert.equal(hints.includes('we move'), true);
		t.assert.equal(
			hints.some((hint) => hint.endsWith('flat')),
			false,
		);
		t.assert.equal(keysIn(keys, 'files')('toggle-unchanged'), 'Ctrl-T');
		// What has no key is found by its name.
		t.assert.equal(keysIn(keys, 'files')('flat'), ':');
	});

	test('never reach a terminal unescaped, and Ctrl-C quits whatever they are', (t) => {
		const names = [...new Set(keymap.map(nameOf))].filter((name) => name !== 'quit-at-once');
		const key = fc.oneof(
			fc.string({ unit: 'grapheme', maxLength: 3 }),
			fc.string({ unit: 'binary', maxLength: 2 }),
		);
		t.assert.doesNotThrow(() =>
			fc.assert(
				fc.property(fc.dictionary(fc.constantFrom(...names), fc.array(key, { maxLength: 3 })), (wanted) => {
					const usable = Object.fromEntries(
						Object.entries(wanted).map(([name, keys]) => [name, keys.filter((each) => parseKey(each).ok)]),
					);
					const result = bindKeys(keymap, wantedOf(usable));
					if (!result.ok) return result.problem.kind === 'conflict';
					const labels = result.bindings.flatMap(({ keys }) => keys.map(keyLabel));
					return (
						labels.every((label) => escapeForTerminal(label) === label) &&
						actionFor(result.bindings, 'files', 'ctrl-c')?.type === 'leave'
					);
				}),
				{ numRuns: runs(100) },
			),
		);
	});
});

describe('the preset dive', () => {
	test('adds the keys of dive, which win where they meet others', (t) => {
		const keys = withDiveKeys(keymap);
		t.assert.equal(nameAt(keys, 'layers', 'ctrl-a'), 'scope-all');
		t.assert.equal(nameAt(keys, 'files', 'ctrl-a'), 'toggle-added');
		t.assert.equal(nameAt(keys, 'prompt', 'ctrl-a'), 'text-start');
		t.assert.equal(nameAt(keys, 'layers', 'ctrl-l'), 'scope-layer');
		t.assert.equal(nameAt(keys, 'files', 'ctrl-l'), 'repaint');
		t.assert.equal(nameAt(keys, 'files', 'ctrl-u'), 'toggle-unchanged');
		t.assert.equal(nameAt(keys, 'files', 'c'), 'toggle-unchanged');
		t.assert.equal(nameAt(keys, 'file', 'd'), 'diff');
		t.assert.equal(nameAt(keys, 'files', 'd'), 'page-down');
	});

	test('names actions and keys that there are, each where it works, and no key twice in a place', (t) => {
		const keys = withDiveKeys(keymap);
		for (const { action, keys: added, contexts = [] } of diveKeys)
			for (const key of added)
				for (const context of contexts) t.assert.equal(nameAt(keys, context as KeyContext, key), action);
		const all = keys.flatMap((row) =>
			row.contexts.flatMap((context) => row.keys.map((key) => `${context} ${key}`)),
		);
		t.assert.equal(new Set(all).size, all.length);
	});

	test('gives way to what the user binds', (t) => {
		const keys = bound({ sort: ['ctrl-a'] }, withDiveKeys(keymap));
		t.assert.equal(nameAt(keys, 'files', 'ctrl-a'), 'sort');
		t.assert.equal(nameAt(keys, 'files', 'ctrl-o'), null);
	});
});
