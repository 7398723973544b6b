import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { knownImage } from '../../support/contract/known-image.ts';

/** What the image is called in every engine; containerd and registries put more in front. */
export const imageName = 'fathom-check:1';

/** The known image with another ID, so that the checks do not get in each other's way. */
export const checkImage: TestImage = {
	...knownImage.image,
	names: [imageName],
	config: { ...knownImage.image.config, author: 'the check' },
};

/** Writes the image as `docker save` does; gives the path. */
export async function writeCheckImage(folder: string): Promise<string> {
	const path = join(folder, 'image.tar');
	await writeFile(path, dockerArchive([checkImage]));
	return path;
}

/** Runs a program of an engine to its end, and gives its output. Throws with what it said when it fails. */
export async function run(program: string, ...options: readonly string[]): Promise<string> {
	const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
	const [output, errors, code] = await Promise.all([
		buffer(child.stdout),
		buffer(child.stderr),
		new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', resolve);
		}),
	]);
	if (code !== 0) throw new Error(`${program} ${options.join(' ')} ended with ${code}: ${errors}`);
	return output.toString();
}
