import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { symlink as linkTo, mkdir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { symlink } from '../support/tar-entry.ts';
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
