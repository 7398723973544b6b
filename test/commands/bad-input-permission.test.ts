import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { file } from '../support/archives/tar-entry.ts';
import { layoutFiles } from '../support/archives/write-archive.ts';
import { smallArchive } from '../support/images/small-image.ts';
import { loadImage } from '../support/load-image.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const NOBODY = 65_534;

/** The code and the words that loading fails with for somebody who may not read everything: root stands back from its rights for as long as it takes. */
async function failureOf(path: string): Promise<unknown> {
	const isRoot = process.geteuid?.() === 0;
	if (isRoot) process.seteuid?.(NOBODY);
	try {
		return await loadImage(path, {}).catch(({ code, message, hint }) => ({ code, message, hint }));
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
}

test('a file that may not be read', async (t) => {
	const folder = await temporaryFolder(t);
	await chmod(folder, 0o755);
	const path = join(folder, 'image.tar');
	await writeFile(path, smallArchive());
	await chmod(path, 0);
	t.assert.deepEqual(await failureOf(path), {
		code: 'unreadable',
		message: `${path}: permission denied.`,
		hint: 'Check who may read the file.',
	});
});

test('a folder that may not be looked into', async (t) => {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'image.tar'), smallArchive());
	await chmod(folder, 0);
	const failure = await failureOf(join(folder, 'image.tar'));
	await chmod(folder, 0o755);
	t.assert.deepEqual(failure, {
		code: 'unreadable',
		message: `${join(folder, 'image.tar')}: permission denied.`,
		hint: 'Check who may read the file.',
	});
});

test('a blob of a layout that may not be read is named', async (t) => {
	const folder = await temporaryFolder(t);
	await chmod(folder, 0o755);
	const files = layoutFiles([{ layers: [[file('a', 'x')]] }]);
	await writeFiles(folder, files);
	const [layer] = [...files.keys()].filter((path) => path.startsWith('blobs/'));
	await chmod(join(folder, layer), 0);
	t.assert.deepEqual(await failureOf(folder), {
		code: 'unreadable',
		message: `${join(folder, layer)}: permission denied.`,
		hint: 'Check who may read the file.',
	});
});
