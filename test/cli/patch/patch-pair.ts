import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
	device,
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
} from '../../support/archives/tar-entry.ts';
import {
	dockerArchive,
	type LayerCompression,
	type TestImage,
} from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

const numbered = (count: number): string =>
	Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

/** Something of every kind that can differ. */
export const oldLayers: readonly (readonly TarEntry[])[] = [
	[
		directory('etc'),
		file('etc/motd', numbered(40)),
		file('etc/gone', 'bye\n'),
		file('etc/mode', 'same\n'),
		file('etc/owner', 'same\n'),
		file('etc/type', 'was a file\n'),
		file('etc/same', 'same\n'),
		file(Buffer.from('etc/b\xffd', 'latin1'), 'x\n'),
	],
	[
		file('bin/tool', Buffer.from(`\x7fELF\0${'a'.repeat(60)}`)),
		symlink('lib', 'usr/lib'),
		file('usr/lib/one/a', numbered(20)),
		file('usr/lib/one/b', 'b\n'),
		device('dev/x', 'character-device', [1, 3]),
		directory('srv/empty'),
		file('opt/crlf', 'a\r\nb\r\n'),
		file('opt/end', 'a\nb'),
	],
];

export const newLayers: readonly (readonly TarEntry[])[] = [
	[
		directory('etc', { mode: 0o700 }),
		file('etc/motd', numbered(40)),
		file('etc/mode', 'same\n', { mode: 0o755 }),
		file('etc/owner', 'same\n', { uid: 7, gid: 8, xattrs: { 'user.a': 'b' } }),
		symlink('etc/type', 'motd'),
		file('etc/same', 'same\n'),
		file(Buffer.from('etc/b\xffd', 'latin1'), 'y\n'),
		file('etc/empty'),
		file('etc/a "name"', 'no line break'),
	],
	[
		file('bin/tool', Buffer.from(`\x7fELF\0${'a'.repeat(20)}b${'a'.repeat(50)}`)),
		symlink('lib', 'usr/lib64'),
		file('usr/lib/two/a', numbered(20)),
		file('usr/lib/two/b', 'b\n'),
		device('dev/x', 'character-device', [1, 5]),
		fifo('dev/pipe'),
		file('opt/crlf', 'a\r\nc\r\n'),
		file('opt/end', 'a\nb\n'),
	],
	[
		file('etc/motd', `${numbered(40).replace('line 5\n', 'line five\n').replace('line 30\n', '')}tail\n`),
		hardLink('etc/link', 'etc/motd'),
	],
];

/** A folder with `old.tar` and `new.tar`. */
export async function pairOf(
	t: TestContext,
	[older, newer]: readonly [TestImage['layers'], TestImage['layers']] = [oldLayers, newLayers],
	compression: LayerCompression = 'plain',
): Promise<string> {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'old.tar'), dockerArchive([{ layers: older }], compression));
	await writeFile(join(folder, 'new.tar'), dockerArchive([{ layers: newer }], compression));
	return folder;
}

export const diff = (folder: string, ...words: string[]) =>
	runProgram(['diff', 'old.tar', 'new.tar', ...words], { folder });

/** Images that have one file, and nothing else that differs. */
export const oneFile = (name: string, older: string | Uint8Array, newer: string | Uint8Array) =>
	[[[file(name, older)]], [[file(name, newer)]]] as const;
