import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '../../source/gate/rules.ts';
import { flagLabel, flags } from '../../source/settings/flags.ts';
import { letterMeanings } from '../../source/tui/model/frame/change-letters.ts';
import { keyGroups, keyLabel } from '../../source/tui/model/key-binding.ts';
import { keymap } from '../../source/tui/model/keymap.ts';
import { runProgram } from '../cli/run-program.ts';

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

	test('settings.md names every flag, and every rule with its variable', (t) => {
		const page = read('settings.md');
		const words = [
			...flags.map(flagLabel),
			...rules.map(({ key }) => `FATHOM_${key.replaceAll('-', '_').toUpperCase()}`),
			...rules.map(({ key }) => `rules: ${key}`),
		];
		t.assert.deepEqual(
			words.filter((word) => !page.includes(`${word}\``) && !page.includes(`${word} `)),
			[],
		);
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
	const groups = keyGroups.flatMap((group) => [
		`## ${group}`,
		'',
		'| keys | where | what |',
		'|---|---|---|',
		...keymap
			.filter((binding) => binding.group === group)
			.map(({ keys, contexts, description }) => {
				const labels = keys.map((key) => `\`${keyLabel(key)}\``).join(' ');
				return `| ${labels} | ${contexts.join(', ')} | ${description} |`;
			}),
		'',
	]);
	const letters = letterMeanings.map(({ letter, meaning }) => `| \`${letter}\` | ${meaning} |`);
	return [
		'# Keys of the explorer',
		'',
		'This page is made of the table that the explorer itself goes by.',
		'',
		...groups,
		'## Letters in the file tree',
		'',
		'| letter | meaning |',
		'|---|---|',
		...letters,
		'',
	].join('\n');
}

function read(name: string): string {
	return readFileSync(new URL(name, docs), 'utf8');
}
