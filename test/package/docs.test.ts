import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describedKeys } from '../../source/tui/model/bindings/described-keys.ts';
import { diveKeys } from '../../source/tui/model/bindings/dive-preset.ts';
import { keyLabel, nameOf } from '../../source/tui/model/key-binding.ts';
import { keyGroups, keymap } from '../../source/tui/model/keymap.ts';
import { viewIds, views } from '../../source/tui/model/views/views.ts';
import { runProgram } from '../cli/run-program.ts';
import { withGeneratedTables } from './settings-page.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const docs = new URL('../../docs/', import.meta.url);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the documentation', () => {
	test('the README shows what fathom ci prints', async (t) => {
		const { stdout } = await runProgram(['ci', 'sample/image.tar'], { folder: repository });
		const shown = /\$ fathom ci sample\/image\.tar\n([^`]*)```/.exec(readme)?.[1];
		t.assert.equal(shown, stdout);
	});

	test('the README and findings.md show what fathom report --only findings prints', async (t) => {
		const command = 'fathom report sample/image.tar --only findings --format text';
		const { stdout } = await runProgram(command.split(' ').slice(1), { folder: repository });
		for (const page of [readme, read('findings.md')]) {
			const shown = page.split(`$ ${command}\n`)[1]?.split(/^(?:\$ .*|```)$/m)[0] ?? '';
			let at = 0;
			for (const part of shown.split('...\n')) {
				const start = stdout.indexOf(part, at);
				t.assert.notEqual(start, -1, part);
				at = start + part.length;
			}
			t.assert.equal(at, stdout.length);
		}
	});

	test('keys.md is the table of keys (written anew with --test-update-snapshots)', (t) => {
		t.assert.fileSnapshot(keysPage(), fileURLToPath(new URL('keys.md', docs)), { serializers: [String] });
	});

	test('settings.md has the tables of settings and flags (updated by --test-update-snapshots)', (t) => {
		const page = fileURLToPath(new URL('settings.md', docs));
		t.assert.fileSnapshot(withGeneratedTables(read('settings.md')), page, { serializers: [String] });
	});

	test('figures.md has every warning and notice', (t) => {
		const source = readFileSync(new URL('../../source/warning.ts', import.meta.url), 'utf8');
		const codes = [...source.matchAll(/\| '([a-z-]+)'|code: '([a-z-]+)'/g)].map(
			([, one, other]) => one ?? other,
		);
		const page = read('figures.md');
		t.assert.deepEqual(
			codes.filter((code) => !page.includes(`\`${code}\``)),
			[],
		);
	});
});

function keysPage(): string {
	const used = keyGroups.filter((group) => keymap.some((binding) => binding.group === group));
	const groups = used.flatMap((group) => [
		`## ${group}`,
		'',
		'| keys | action | where | what |',
		'|---|---|---|---|',
		...describedKeys(keymap, group).map(({ keys, names, contexts, description }) => {
			const words = names.map((name) => `\`${name}\``).join(' ');
			return `| ${labelsOf(keys)} | ${words} | ${placesOf(contexts)} | ${description} |`;
		}),
		'',
	]);
	const signs = viewIds.flatMap((id) => {
		const { title, rows } = views[id].help;
		const lines = rows.map(({ sign, meaning }) => `| \`${sign}\` | ${meaning} |`);
		return [`## ${title}`, '', '| sign | meaning |', '|---|---|', ...lines, ''];
	});
	return [
		'# Keys of the explorer',
		'',
		'This page is generated from the key table of the explorer. Of the panes, those that are called changes, changed, pair, config or figure show what',
		'differs between two (`fathom diff OLD NEW`).',
		'',
		...choosingKeys(),
		...groups,
		'## Mouse',
		'',
		'A click chooses a row and its pane, a double click does what `Enter` does, and the wheel scrolls the pane under it. A click on a tab opens it, one on a key in the',
		'last line presses it, and one on the title of a column sorts by it, or the other way round. Most terminals select text while `Shift` is held; `M`, `--no-mouse` or',
		'`mouse: false` in `fathom.yaml` leave the mouse to the terminal.',
		'',
		'## What is remembered',
		'',
		'The explorer begins as you left it: changes only or everything, the flat list, what changes are counted since, the order in each view, the room for the layers, wrapped lines of a',
		'file, the mouse, and the order of the images at hand. Filters, marks, open directories, the zoom and revealed values are not remembered. Only what you choose by a key or the mouse is,',
		'not what a jump to a file changes. Flags, variables and `fathom.yaml` come first.',
		'',
		'It is kept in `explorer.json`, without anything of an image, in `$XDG_STATE_HOME/fathom`, else in `~/.local/state/fathom`; on macOS in `~/Library/Application Support/fathom`, on',
		'Windows in `%LOCALAPPDATA%\\fathom\\state`. Delete the file to forget it. With `--no-cache`, nothing is remembered and nothing looked up.',
		'',
		...signs,
	].join('\n');
}

function labelsOf(keys: readonly string[]): string {
	return (keys.length === 0 ? [':'] : keys).map((key) => codeOf(keyLabel(key))).join(' ');
}

/** How fathom.yaml gives keys, and what the preset has. */
function choosingKeys(): readonly string[] {
	const rows = diveKeys.map(({ action, keys, contexts = [] }) => {
		const binding = keymap.find((each) => nameOf(each) === action);
		return `| ${labelsOf(keys)} | \`${action}\` | ${contexts.length === 0 ? 'wherever it works' : contexts.join(', ')} | ${binding?.description} |`;
	});
	return [
		'## Choose keys',
		'',
		'`fathom.yaml` gives other keys to actions. The tables below have the name of each action.',
		'',
		'```yaml',
		'keys:',
		'  preset: dive # or default, which may be left out',
		'  bind:',
		'    sort: o',
		'    quit: [Q, Ctrl-Q]',
		"    palette: [':', Ctrl-P]",
		'    mouse: none',
		'```',
		'',
		'What is bound here takes the place of the keys that an action has by itself, wherever the action works. Another action that has one of them by itself, or by a preset,',
		'loses it there, and is still found by its name with `:`. What has no key left anywhere is said at the start and with `?`, unless it has another key or `none` here.',
		'Two actions of `bind` that want one key in one pane are an error. `none` is no key. `Ctrl-C` always quits.',
		'',
		'A key is the character that it types, or a name: `Enter`, `Esc`, `Space`, `Tab`, `Shift-Tab`, `Backspace`, `Delete`, `Home`, `End`, `PgUp`, `PgDn`, `Up`, `Down`, `Left`, `Right`, or',
		"`Ctrl-` with a letter, a slash or `Space`; `ctrl+a` is `Ctrl-A`, and capital letters count only in characters. YAML wants quotes around signs such as `'-'` or `'?'`. A terminal sends `Ctrl-H` as",
		'`Backspace`, `Ctrl-I` as `Tab`, and `Ctrl-J` and `Ctrl-M` as `Enter`. Where text is typed, characters are text, so that an action keeps its own other keys there.',
		'',
		'`keys: dive` alone adds the keys of [dive](https://github.com/wagoodman/dive) to those below. Where they meet, those of dive win:',
		'',
		'| keys | action | where | what |',
		'|---|---|---|---|',
		...rows,
		'',
		'In dive, `Ctrl-B` hides attributes and `Ctrl-P` wraps the tree; fathom shows all about a file, and the pane alone. `Ctrl-M`, which dive has for changed files, is `Enter` for',
		'every terminal: give `toggle-changed` a key of your own.',
		'',
	];
}

/** Code in Markdown, also where it is a backtick. */
function codeOf(text: string): string {
	return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

const panes = viewIds.flatMap((id): readonly string[] => views[id].panes);

/** Where a key works: panes, or all of them in two words. */
function placesOf(contexts: readonly string[]): string {
	if (!panes.every((pane) => contexts.includes(pane))) return contexts.join(', ');
	return ['all panes', ...contexts.filter((context) => !panes.includes(context))].join(', ');
}

function read(name: string): string {
	return readFileSync(new URL(name, docs), 'utf8');
}
