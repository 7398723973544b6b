import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { choosePath } from '../../../source/commands/pair/patch/choose-paths.ts';
import { patchOf } from '../../../source/commands/pair/patch/patch-of.ts';
import type { ImageDifference } from '../../../source/diff/image-difference.ts';
import type { Both } from '../../../source/diff/merge/merge-structure.ts';
import type { PatchLayout } from '../../../source/report/diff/patch/patch-lines.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import { plain } from '../../../source/text/paint.ts';
import type { TarEntry } from '../archives/tar-entry.ts';
import { dockerArchive, type LayerCompression } from '../archives/write-archive.ts';
import { loadImage } from '../load-image.ts';

/** The layers of an image, lowest first. */
export type Layers = readonly (readonly TarEntry[])[];

export interface OpenPair {
	readonly images: Both<ImageSession>;
	readonly difference: ImageDifference;
}

/** Opens two archives, `old.tar` and `new.tar` in a folder, until the test is over. */
export async function openPair(
	t: TestContext,
	folder: string,
	[older, newer]: Both<Layers>,
	compression: LayerCompression = 'plain',
): Promise<OpenPair> {
	const open = async (name: string, layers: Layers): Promise<ImageSession> => {
		const path = join(folder, name);
		await writeFile(path, dockerArchive([{ layers }], compression));
		const session = await loadImage(path);
		t.after(() => session.close());
		return session;
	};
	const images: Both<ImageSession> = [await open('old.tar', older), await open('new.tar', newer)];
	return { images, difference: await compareImages(images) };
}

/** What a file gets. */
export const exact: PatchLayout = { width: null, paint: plain, isLog: false };

/** The patch of a path, or of all paths. */
export async function patchText(
	pair: OpenPair,
	path: string | null = null,
	layout: PatchLayout = exact,
): Promise<Buffer> {
	const { signal } = new AbortController();
	const chosen = path === null ? null : await choosePath(path, pair, signal);
	const write = patchOf(pair, { chosen, ignore: [], signal });
	const chunks: Buffer[] = [];
	await write(
		{ write: async (bytes) => void chunks.push(Buffer.from(bytes)) },
		{
			...layout,
			version: '0.0.0',
			digests: false,
		},
	);
	return Buffer.concat(chunks);
}
