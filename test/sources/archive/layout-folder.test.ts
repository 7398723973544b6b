import { link, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { layoutFiles } from '../../support/archives/write-archive.ts';
import { smallImage } from '../../support/images/small-image.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const layers = [[file('a', 'xxx')], [file('a', 'yy')]];

/** A folder with an OCI layout in it, and the paths of its files. */
async function layoutFolder(t: TestContext): Promise<{ folder: string; layer: string }> {
	const parent = await temporaryFolder(t);
	const folder = join(parent, 'layout');
	await mkdir(folder);
	const files = layoutFiles([{ names: ['app:1'], layers }]);
	await writeFiles(folder, files);
	return { folder, layer: [...files.keys()][0] };
}

describe('a folder', () => {
	test('with an OCI layout in it is an image', async (t) => {
		const { folder } = await layoutFolder(t);
		const { image, figures } = await loadImage(folder, {});
		t.assert.deepEqual(
			[image.sourceKind, image.description.names, figures.totalBytes, image.warnings],
			['oci-layout', ['app:1'], 5, []],
		);
	});

	test('into which a docker archive was unpacked is one as well', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFiles(folder, new Map(Object.entries(smallImage)));
		t.assert.equal((await loadImage(folder, {})).figures.totalBytes, 4200);
	});

	test('may hold its blobs as links, as long as they stay in it', async (t) => {
		const { folder, layer } = await layoutFolder(t);
		await rename(join(folder, layer), join(folder, 'elsewhere'));
		await symlink('../../elsewhere', join(folder, layer));
		t.assert.equal((await loadImage(folder, {})).figures.totalBytes, 5);
	});

	test('may share its blobs with other folders by hard links', async (t) => {
		const { folder, layer } = await layoutFolder(t);
		await rename(join(folder, layer), join(folder, '../shared'));
		await link(join(folder, '../shared'), join(folder, layer));
		t.assert.equal((await loadImage(folder, {})).figures.totalBytes, 5);
	});

	test('may be named over a symlink', async (t) => {
		const { folder } = await layoutFolder(t);
		await symlink(folder, join(folder, '../link'));
		t.assert.equal((await loadImage(join(folder, '../link'), {})).figures.totalBytes, 5);
	});
});

describe('what leads out of the folder is not there', () => {
	test('a layer that is a symlink to a file outside', async (t) => {
		const { folder, layer } = await layoutFolder(t);
		await rename(join(folder, layer), join(folder, '../outside'));
		await symlink(join(folder, '../outside'), join(folder, layer));
		await t.assert.rejects(loadImage(folder, {}), {
			code: 'missing',
			message: `layout: layer 1 is listed but missing (${layer}).`,
		});
	});

	test('blobs in a folder that is a symlink to one outside', async (t) => {
		const { folder } = await layoutFolder(t);
		await rename(join(folder, 'blobs'), join(folder, '../blobs'));
		await symlink('../blobs', join(folder, 'blobs'));
		await t.assert.rejects(loadImage(folder, {}), { code: 'not-an-image' });
	});

	test('a layer whose path climbs out', async (t) => {
		const parent = await temporaryFolder(t);
		const folder = join(parent, 'layout');
		await writeFiles(folder, new Map(Object.entries(smallImage)));
		await writeFile(join(parent, 'secret'), smallImage['1/layer.tar']);
		const manifest = [{ Config: 'config.json', Layers: ['../secret'] }];
		await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
		await t.assert.rejects(loadImage(folder, {}), {
			code: 'missing',
			message: 'layout: layer 1 is listed but missing (../secret).',
		});
	});
});
