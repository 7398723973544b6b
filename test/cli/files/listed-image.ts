import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import {
	device,
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression } from '../../support/archives/write-archive.ts';
import { programPath } from '../../support/built-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Something of every kind, in three layers. */
export const listedLayers: readonly (readonly TarEntry[])[] = [
	[
		directory('etc', { mtime: 86_400 }),
		file('etc/motd', 'first\n', { mtime: 86_400 }),
		file('etc/secret', 'hidden\n', { mode: 0o600, mtime: 86_400 }),
		symlink('bin', 'usr/bin'),
		file('usr/bin/tool', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]), { mode: 0o4755 }),
		symlink('usr/bin/link', '/etc/motd'),
		symlink('usr/up', '../../../../etc/motd'),
		symlink('loop/a', 'b'),
		symlink('loop/b', 'a'),
	],
	[
		file('etc/motd', 'second\n', { mtime: 172_800, uid: 7, gid: 8 }),
		whiteout('etc/secret'),
		hardLink('etc/motd.hard', 'etc/motd'),
		device('dev/null', 'character-device', [1, 3]),
		fifo('run/pipe'),
	],
	[
		file(Buffer.from('opt/b\xffd', 'latin1'), 'odd\n'),
		file('opt/esc\x1b[31m\nape', 'red\n'),
		file('opt/text', 'a\tb\r\n\x1b[2Jc é\n'),
		file('opt/big', Buffer.alloc(300_000, 'x')),
	],
];

/** A folder with the image as `app.tar`. */
export async function listedImage(
	t: TestContext,
	layers = listedLayers,
	compression: LayerCompression = 'plain',
): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'app.tar'), dockerArchive([{ layers, names: ['app:1'] }], compression));
	return folder;
}

const run = promisify(execFile);

/** What the program writes to standard output, byte by byte. */
export async function bytesOf(folder: string, ...args: readonly string[]): Promise<Buffer> {
	const { stdout } = await run(process.execPath, [programPath, ...args], {
		cwd: folder,
		encoding: 'buffer',
		maxBuffer: 2 ** 30,
		env: { PATH: '/nowhere', FATHOM_CACHE: 'off' },
	});
	return stdout;
}
