import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageDifference } from '../../source/diff/image-difference.ts';
import type { Both } from '../../source/diff/merge/merge-structure.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { compareImages } from '../../source/session/pair/image-pair.ts';
import { loadImage } from './load-image.ts';
import { dockerArchive, type TestImage } from './write-archive.ts';

export interface ComparedImages {
	readonly images: Both<ImageSession>;
	readonly difference: ImageDifference;
}

/** Compares two images from archives that are there while contents are read. */
export async function compareArchived(older: TestImage, newer: TestImage): Promise<ComparedImages> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	const paths: Both<string> = [join(folder, 'old.tar'), join(folder, 'new.tar')];
	try {
		await writeFile(paths[0], dockerArchive([older]));
		await writeFile(paths[1], dockerArchive([newer]));
		const images: Both<ImageSession> = [await loadImage(paths[0]), await loadImage(paths[1])];
		const difference = await compareImages(images);
		await Promise.all(images.map((image) => image.close()));
		return { images, difference };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
