import { readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { directory, file, hardLink, symlink, type TarEntry } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { run } from './engine-image.ts';

/** What the image is called in the engines; Podman puts `localhost/` in front. */
export const shellImageName = 'fathom-shell:1';

const programs = ['sh', 'rm', 'chmod', 'chown', 'touch', 'mkdir', 'ln', 'mv', 'cp', 'cat', 'sleep', 'mkfifo'];

/** Files that a container of the image can change. */
const ownFiles: readonly TarEntry[] = [
	directory('etc/'),
	file('etc/motd', 'hello\n'),
	file('etc/passwd', 'root:x:0:0:root:/:/bin/sh\n'),
	file('etc/issue', 'old\n'),
	file('etc/shadow', 'secret\n', { mode: 0o640 }),
	file('etc/group', 'root:x:0:\n'),
	directory('srv/'),
	file('srv/first', 'one file'),
	hardLink('srv/second', 'srv/first'),
	file('srv/same-size', 'aaaa'),
	file('srv/copied', 'copied'),
	directory('srv/folder/'),
	file('srv/folder/file', 'file'),
	directory('srv/folder/inner/'),
	directory('srv/emptied/'),
	file('srv/emptied/file', 'file'),
	symlink('srv/link', 'first', { mode: 0o755 }),
	directory('tmp/', { mode: 0o1777 }),
	directory('run/'),
	directory('var/'),
	symlink('var/run', '../run'),
];

/** Writes an image with a shell, made of this machine's own, as `docker save` does; gives the path. Both layers have some of its files. */
export async function writeShellImage(folder: string): Promise<string> {
	const path = join(folder, 'shell.tar');
	const layers = [await programFiles(), [...ownFiles.slice(0, 3)], ownFiles];
	await writeFile(path, dockerArchive([{ names: [shellImageName], layers }]));
	return path;
}

/** The programs and their libraries, where they are on this machine, and `/bin/sh`. */
async function programFiles(): Promise<readonly TarEntry[]> {
	const paths = new Set<string>();
	const links: TarEntry[] = [];
	for (const name of programs) {
		const path = (await run('sh', '-c', `command -v ${name}`)).trim();
		const libraries = (await run('ldd', path)).matchAll(/(\/\S+) \(0x/g);
		for (const each of [path, ...Array.from(libraries, ([, library]) => library)]) paths.add(each);
		if (dirname(path) !== '/bin') links.push(symlink(`bin/${name}`, path));
	}
	const files = await Promise.all(
		[...paths].map(async (path) =>
			file(path.slice(1), await readFile(await realpath(path)), { mode: 0o755 }),
		),
	);
	return [...files, ...links];
}
