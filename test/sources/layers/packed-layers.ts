import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesetOf } from '../../../source/sources/layers/layer-parts.ts';
import type { PartTask, ScanTask } from '../../../source/sources/workers/layer-task.ts';
import { runLayerTask } from '../../../source/sources/workers/run-layer-task.ts';
import type { Changeset } from '../../../source/tar/changeset.ts';
import { newIdentityKey } from '../../../source/tar/content-identity.ts';
import type { ScannedPart } from '../../../source/tar/parts/scan-part.ts';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file, hardLink, symlink } from '../../support/archives/tar-entry.ts';
import { sparseEntry, sparseForms } from '../../support/sparse/sparse-entry.ts';
import { numbersOf } from '../../tar/inflate/packed-data.ts';

export const identityKey = newIdentityKey();
export const noPause = () => undefined;

/** Other bytes stand before and after the layer, as in an archive. */
export function taskFor(folder: string, layer: Uint8Array): ScanTask {
	const path = join(folder, 'layer');
	const around = Buffer.alloc(1000, 'x');
	writeFileSync(path, Buffer.concat([around, layer, around]));
	const location = { path, start: around.length, bytes: layer.length };
	const hashing = { identityKey, largestVerifiedBytes: 0 };
	return { type: 'scan', location, compression: 'gzip', hashing, withDigest: false };
}

export function layerOf(files: number, seed: number): Uint8Array {
	const next = numbersOf(seed);
	const entries = Array.from({ length: files }, (_, index) => {
		const folder = index % 7 === 0 ? `${'long-name/'.repeat(12)}${index}` : `folder-${index}`;
		const content = file(`${folder}/file`, wordsOf(next() % 40_000, index));
		const link =
			index % 2 === 0 ? symlink(`${folder}/link`, 'file') : hardLink(`${folder}/hard`, `${folder}/file`);
		const others = [directory(folder), content, link, file(`${folder}/.wh.gone`), file(`../${index}`)];
		return [...others.map((entry) => rawEntry(entry)), sparseOf(folder, index)];
	});
	return rawTar(entries.flat());
}

/** A sparse file in one of the forms. */
function sparseOf(folder: string, index: number): Uint8Array {
	const extents = Array.from({ length: index % 30 }, (_, extent) => ({
		start: 5000 * extent,
		data: wordsOf((index * 7) % 3000, index + extent),
	}));
	const sparse = { name: `${folder}/sparse`, fileBytes: 1_000_000, extents };
	return sparseEntry(sparseForms[index % sparseForms.length], sparse);
}

/** Half of it words that come again and again, half of it noise. */
export function wordsOf(bytes: number, seed: number): Buffer {
	const next = numbersOf(seed);
	const words = Array.from({ length: 50 }, () => next().toString(36));
	const content = Buffer.alloc(bytes);
	for (let end = 0; end < bytes; )
		end += content.write(next() % 2 === 0 ? words[next() % 50] : next().toString(36), end) || bytes;
	return content;
}

export async function readInParts(tasks: readonly (ScanTask | PartTask)[]): Promise<Changeset | null> {
	return changesetOf(await readEach(tasks));
}

export function readEach(
	tasks: readonly (ScanTask | PartTask)[],
): Promise<readonly (Changeset | ScannedPart | null)[]> {
	return Promise.all(tasks.map((task) => runLayerTask(task, noPause)));
}
