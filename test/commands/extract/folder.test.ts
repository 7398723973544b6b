import { mkdir, readdir, readFile, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { Folder, type FolderAccess } from '../../../source/commands/extract/folder.ts';
import { makeFile } from '../../../source/commands/extract/make-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const attributes = { mode: 0o644, owner: null, mtime: null };

async function* content(): AsyncGenerator<Uint8Array> {
	yield Buffer.from('content');
}

/** A folder that is open, and that somebody then moves away and replaces by a symlink to another one. */
async function replacedFolder(t: TestContext, access: FolderAccess) {
	const top = await temporaryFolder(t);
	for (const name of ['out', 'out/etc', 'outside']) await mkdir(join(top, name));
	const root = Folder.root(join(top, 'out'), access);
	const folder = root.open(Buffer.from('etc'));
	t.after(() => [folder, root].forEach((each) => void each.close()));
	await rename(join(top, 'out/etc'), join(top, 'out/moved'));
	await symlink('../outside', join(top, 'out/etc'));
	return { top, root, folder };
}

describe('a folder that is replaced by a symlink while it is open', () => {
	test('gets what is made in it wherever it is, by its descriptor', async (t) => {
		const { top, folder } = await replacedFolder(t, 'descriptor');
		const place = { folder, name: Buffer.from('passwd'), force: true };
		await makeFile(place, { data: content(), map: null }, attributes);
		t.assert.deepEqual(await readdir(join(top, 'outside')), []);
		t.assert.equal(await readFile(join(top, 'out/moved/passwd'), 'utf8'), 'content');
	});

	test('gets nothing any more, by its path', async (t) => {
		const { top, folder } = await replacedFolder(t, 'path');
		const place = { folder, name: Buffer.from('passwd'), force: true };
		const making = makeFile(place, { data: content(), map: null }, attributes);
		await t.assert.rejects(making, { code: 'ENOTDIR' });
		t.assert.deepEqual(await readdir(join(top, 'outside')), []);
	});

	for (const access of ['descriptor', 'path'] as const) {
		test(`is not opened again through the symlink, by ${access}`, async (t) => {
			const { root } = await replacedFolder(t, access);
			t.assert.throws(() => root.open(Buffer.from('etc')), /ENOTDIR|ELOOP/);
		});
	}
});

describe('a name', () => {
	for (const name of ['', '.', '..', 'a/b', '../a', '/a']) {
		test(`such as ${JSON.stringify(name)} is not one of a file`, async (t) => {
			const folder = Folder.root(await temporaryFolder(t), 'descriptor');
			t.after(() => folder.close());
			t.assert.throws(() => folder.pathOf(Buffer.from(name)), TypeError);
		});
	}
});
