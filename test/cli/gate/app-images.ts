import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { directory, file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import {
	dockerArchive,
	type LayerCompression,
	ociArchive,
	type TestImage,
} from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A layer, and the instruction that made it. */
export type Step = readonly [instruction: string, entries: readonly TarEntry[]];

/** The steps of an app: two of its base, and its own. */
export const steps = {
	os: ['ADD rootfs.tar /', [directory('bin/'), file('bin/sh', 's'.repeat(300_000))]],
	runtime: ['RUN install-runtime', [file('bin/runtime', 'r'.repeat(200_000))]],
	code: ['COPY . /app', [directory('app/'), file('app/main', 'm'.repeat(50_000))]],
	download: [
		'RUN fetch sources',
		[
			directory('src/'),
			file('src/a.c', 'a'.repeat(60_000)),
			file('src/b.c', 'b'.repeat(40_000)),
			file('app/main', 'M'.repeat(90_000)),
		],
	],
	remove: ['RUN rm -r /src', [whiteout('src')]],
} as const satisfies Readonly<Record<string, Step>>;

export const baseSteps: readonly Step[] = [steps.os, steps.runtime];
export const goodSteps: readonly Step[] = [...baseSteps, steps.code];
export const worseSteps: readonly Step[] = [...goodSteps, steps.download, steps.remove];

/** An image that these steps make. */
export function imageOf(made: readonly Step[], rest: Partial<TestImage> = {}): TestImage {
	const history = made.map(([instruction]) => ({ created_by: instruction }));
	return { names: ['app:1'], layers: made.map(([, entries]) => entries), config: { history }, ...rest };
}

/** A folder with archives, by name. */
export async function folderOf(
	t: TestContext,
	images: Readonly<Record<string, TestImage>>,
	compression: LayerCompression = 'plain',
): Promise<string> {
	const folder = await temporaryFolder(t);
	for (const [name, image] of Object.entries(images)) {
		const archive = compression === 'plain' ? dockerArchive([image]) : ociArchive([image], compression);
		await writeFile(join(folder, name), archive);
	}
	return folder;
}
