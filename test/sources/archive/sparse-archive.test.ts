import { test } from 'node:test';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { smallImage } from '../../support/images/small-image.ts';
import { fromFile, fromStream } from '../../support/load-layers.ts';
import { type SparseForm, sparseEntry, sparseForms } from '../../support/sparse/sparse-entry.ts';

/** The small image packed with one of its files as a sparse entry. */
function archiveWithSparse(name: keyof typeof smallImage, form: SparseForm, fileBytes: number): Uint8Array {
	const entries = Object.entries(smallImage).map(([path, content]) =>
		path === name
			? sparseEntry(form, { name, fileBytes, extents: [{ start: 0, data: content }] })
			: rawEntry(file(path, content)),
	);
	return rawTar(entries);
}

for (const name of ['1/layer.tar', 'config.json', 'manifest.json'] as const) {
	test(`an archive whose ${name} has holes is refused, and named`, async (t) => {
		for (const form of sparseForms) {
			const archive = archiveWithSparse(name, form, 10_000_000);
			for (const [label, load] of [
				['image.tar', fromFile],
				['standard input', fromStream],
			] as const) {
				await t.assert.rejects(load(archive), {
					code: 'unsupported',
					message: `${label}: ${name} is a sparse file in the archive.`,
					hint: 'Pack the archive again without "--sparse", or unpack it and open the folder.',
				});
			}
		}
	});
}

test('an archive whose sparse entries have no holes opens', async (t) => {
	for (const form of sparseForms) {
		const archive = archiveWithSparse('2/layer.tar', form, smallImage['2/layer.tar'].length);
		for (const load of [fromFile, fromStream])
			t.assert.equal((await load(archive)).figures.totalBytes, 1200 + 3000);
	}
});
