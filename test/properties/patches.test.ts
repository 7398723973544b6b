import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyPatch, parsePatch } from 'diff';
import fc from 'fast-check';
import { plain } from '../../source/text/paint.ts';
import { anyText } from '../support/any-text.ts';
import { file } from '../support/archives/tar-entry.ts';
import { commandParts, commandsIn } from '../support/log-readers.ts';
import { openPair, patchText } from '../support/pair/image-pair.ts';
import { runs } from '../support/runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Lines of any length and with any end, of which many are equal. */
const line = fc.oneof(
	fc.constantFrom('', 'a', 'b', 'c', '-- a', '++ b', '@@ -1 +1 @@', ' x', '\ty', 'z\r', 'é', '\\ No newline'),
	fc.stringMatching(/^[ -~]{0,12}$/),
);
const content = fc
	.tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n'))
	.map(([lines, end]) => lines.join('\n') + end);
const contents = fc.tuple(fc.option(content), fc.option(content));

const hasGit = spawnSync('git', ['--version']).status === 0;

/** Applies a patch to a folder that has the old files: with git where it is there, else with the library that made it. */
async function apply(folder: string, patch: Buffer, older: ReadonlyMap<string, string>): Promise<void> {
	if (patch.toString().startsWith('# No file differs.')) return;
	if (hasGit) {
		const args = ['apply', '--unsafe-paths', '--whitespace=nowarn', `--directory=${folder}`];
		const { status, stderr } = spawnSync('git', args, { input: patch, cwd: '/' });
		assert.equal(status, 0, String(stderr));
		return;
	}
	for (const each of parsePatch(patch.toString())) {
		const name = (each.newFileName ?? each.oldFileName ?? '').slice(2);
		const applied = applyPatch(older.get(name) ?? '', each, { autoConvertLineEndings: false });
		assert.notEqual(applied, false);
		await writeFile(join(folder, name), String(applied));
	}
}

test('applying the patch to the old files gives the new ones', async (t) => {
	const folder = await temporaryFolder(t);
	await fc.assert(
		fc.asyncProperty(fc.array(contents, { minLength: 1, maxLength: 8 }), async (pairs) => {
			const names = pairs.map((_, index) => `file-${index}`);
			const layerOf = (side: 0 | 1) => [
				file('other'),
				...names.flatMap((name, index) => {
					const text = pairs[index][side];
					return text === null ? [] : [file(name, text)];
				}),
			];
			const pair = await openPair(t, folder, [[layerOf(0)], [layerOf(1)]]);
			const patch = await patchText(pair);
			const tree = join(folder, 'tree');
			await rm(tree, { recursive: true, force: true });
			await mkdir(tree);
			const older = new Map(
				layerOf(0).map((entry) => [String(entry.name), Buffer.from(entry.content).toString()]),
			);
			for (const [name, text] of older) await writeFile(join(tree, name), text);
			await apply(tree, patch, older);
			for (const [index, name] of names.entries()) {
				const found = await readFile(join(tree, name), 'utf8').catch(() => null);
				assert.equal(found, pairs[index][1], name);
			}
		}),
		{ numRuns: runs(300) },
	);
});

test('no line of a patch for a log is a command, but for those with which patches begin', async (t) => {
	const folder = await temporaryFolder(t);
	const hostile = fc
		.array(fc.constantFrom(...commandParts), { maxLength: 20 })
		.map((parts) => parts.join(''));
	const layout = { width: null, paint: plain, isLog: true };
	await fc.assert(
		fc.asyncProperty(hostile, hostile, hostile, async (older, newer, name) => {
			const path = name.replaceAll(/[/\0]/g, '') || 'x';
			const pair = await openPair(t, folder, [[[file(path, older)]], [[file(path, newer)]]]);
			for (const each of [layout, { ...layout, width: 80 }]) {
				const patch = String(await patchText(pair, null, each));
				const commands = commandsIn(patch).filter((found) => !/^[ +-]?\s*(?:---|\+\+\+)/.test(found));
				assert.deepEqual(commands, []);
			}
		}),
		{ numRuns: runs(500) },
	);
});

test('what a terminal gets has no control characters but tabs', async (t) => {
	const folder = await temporaryFolder(t);
	const text = anyText({ maxLength: 60 }).map((each) => each.replaceAll('\0', '\n'));
	await fc.assert(
		fc.asyncProperty(text, text, text, async (older, newer, name) => {
			const path = name.replaceAll(/[/\n]/g, '').slice(0, 40) || 'x';
			const pair = await openPair(t, folder, [[[file(path, older)]], [[file(path, newer)]]]);
			const layout = { width: 80, paint: plain, isLog: false };
			const patch = String(await patchText(pair, null, layout));
			assert.doesNotMatch(patch.replaceAll(/[\n\t]/g, ''), /[\p{Cc}\p{Cf}]/u);
		}),
		{ numRuns: runs(300) },
	);
});
