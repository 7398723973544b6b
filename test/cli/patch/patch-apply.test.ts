import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { symlink as linkTo, mkdir, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { file, symlink } from '../../support/archives/tar-entry.ts';
import { diff, pairOf } from './patch-pair.ts';

/** Applies a patch as users do; with git where there is no `patch`. */
function applyPatch(patch: Buffer, folder: string): SpawnSyncReturns<Buffer> {
	const options = { cwd: folder, input: patch };
	const applied = spawnSync('patch', ['-p1'], options);
	return applied.error === undefined ? applied : spawnSync('git', ['apply'], options);
}

describe('the patch of symlinks', () => {
	const older = { changed: 'one', 'with space': 'a', removed: 'gone' };
	const newer = { added: 'somewhere', changed: 'a longer target', 'with space': 'b' };
	const layersOf = (links: Readonly<Record<string, string>>) => [
		Object.entries(links).map(([name, target]) => symlink(name, target)),
	];

	test('is applied by patch -p1', async (t) => {
		const folder = await pairOf(t, [layersOf(older), layersOf(newer)]);
		await diff(folder, '--patch', '--output', 'out.patch');
		const root = join(folder, 'root');
		await mkdir(root);
		for (const [name, target] of Object.entries(older)) await linkTo(target, join(root, name));
		const { status } = applyPatch(await readFile(join(folder, 'out.patch')), root);
		t.assert.equal(status, 0);
		const links = await Promise.all(
			(await readdir(root)).sort().map(async (name) => [name, await readlink(join(root, name))]),
		);
		t.assert.deepEqual(Object.fromEntries(links), newer);
	});

	test('names the blobs and the mode as git does', async (t) => {
		const folder = await pairOf(t, [layersOf({ lnk: 'one' }), layersOf({ lnk: 'two' })]);
		const { stdout } = await diff(folder, 'lnk');
		t.assert.deepEqual(stdout.split('\n').slice(0, 3), [
			'diff --git a/lnk b/lnk',
			'index 43dd47e..64c5e58 120000',
			'--- a/lnk\told.tar, layer 1',
		]);
	});
});

test('the patch of names that end in a blank is applied, and shows the blank', async (t) => {
	const moved = 'some content that moves\n'.repeat(20);
	const folder = await pairOf(t, [
		[[file('content ', 'a\n'), file('mode ', 'a\n'), file('from ', moved)]],
		[[file('content ', 'b\n'), file('mode ', 'a\n', { mode: 0o755 }), file('to ', moved)]],
	]);
	await diff(folder, '--patch', '--output', 'out.patch');
	const patch = await readFile(join(folder, 'out.patch'));
	t.assert.doesNotMatch(patch.toString(), / $/m);
	const root = join(folder, 'root');
	await mkdir(root);
	for (const [name, text] of Object.entries({ 'content ': 'a\n', 'mode ': 'a\n', 'from ': moved }))
		await writeFile(join(root, name), text, { mode: 0o644 });
	t.assert.equal(applyPatch(patch, root).status, 0);
	t.assert.deepEqual((await readdir(root)).sort(), ['content ', 'mode ', 'to ']);
	t.assert.equal(await readFile(join(root, 'content '), 'utf8'), 'b\n');
	t.assert.equal((await stat(join(root, 'mode '))).mode & 0o777, 0o755);
});
