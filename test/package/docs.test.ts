import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { keyLabel } from '../../source/tui/model/key-binding.ts';
import { keyGroups, keymap } from '../../source/tui/model/keymap.ts';
import { viewIds, views } from '../../source/tui/model/views/views.ts';
import { runProgram } from '../cli/run-program.ts';
import { withGeneratedTables } from './settings-page.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const docs = new URL('../../docs/', import.meta.url);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the documentation', () => {
	test('the picture in the README is a frame of the explorer', (t) => {
		const frame = readFileSync(new URL('../../snapshots/tui/80x24-files.txt', import.meta.url), 'utf8');
		const picture = /```text\n([^`]*)```/.exec(readme)?.[1];
		t.assert.equal(picture, `${frame.trimEnd().replaceAll(/ +$/gm, '')}\n`);
	});

	test('the README shows what fathom ci prints', async (t) => {
		const { stdout } = await runProgram(['ci', 'sample/image.tar'], { folder: repository });
		const shown = /\$ fathom ci sample\/image\.tar\n([^`]*)```/.exec(readme)?.[1];
		t.assert.equal(shown, stdout);
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
		'| keys | where | what |',
		'|---|---|---|',
		...keymap
			.filter((binding) => binding.group === group)
			.map(({ keys, contexts, description }) => {
				const labels = keys.map((key) => `\`${keyLabel(key)}\``).join(' ');
				return `| ${labels} | ${placesOf(contexts)} | ${description} |`;
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
		'This page is generated from the key table of the explorer. Of the panes, layers, details and files show one image; the others show what',
		'differs between two (`fathom diff OLD NEW`).',
		'',
		...groups,
		...signs,
	].join('\n');
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
