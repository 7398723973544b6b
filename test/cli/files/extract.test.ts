import { once } from 'node:events';
import {
	chmod,
	chown,
	symlink as link,
	lstat,
	mkdir,
	readdir,
	readFile,
	readlink,
	rm,
	writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { directory, file, hardLink, symlink } from '../../support/archives/tar-entry.ts';
import { runInTerminal } from '../run-in-terminal.ts';
import { type Outcome, runProgram, startProgram } from '../run-program.ts';
import { listedImage } from './listed-image.ts';

function extract(folder: string, ...args: readonly string[]): Promise<Outcome> {
	return runProgram(['extract', 'app.tar', ...args, '--to', 'out'], { folder });
}

/** All that is below a folder, by its path as bytes in Latin-1. */
async function below(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder, { recursive: true, encoding: 'latin1' });
	return names.sort();
}

describe('fathom extract IMAGE PATH...', () => {
	for (const compression of ['plain', 'gzip', 'zstd'] as const) {
		test(`writes everything but devices and fifos, of ${compression} layers`, async (t) => {
			const folder = await listedImage(t, undefined, compression);
			const { status, stdout, stderr } = await extract(folder, '/');
			t.assert.deepEqual(
				[status, stdout],
				[0, 'Extracted 7 files, 7 directories and 5 symlinks (300 kB) to out.\n'],
			);
			t.assert.equal(
				stderr,
				'fathom: left out 2 paths, such as /dev/null: devices and fifos are not made\n' +
					'fathom: left out the set-user-ID or set-group-ID bit of 1 path\n',
			);
			const out = join(folder, 'out');
			t.assert.equal(await readFile(join(out, 'etc/motd'), 'utf8'), 'second\n');
			t.assert.equal(await readlink(join(out, 'usr/up')), '../../../../etc/motd');
			t.assert.equal((await readFile(join(out, 'opt/big'))).length, 300_000);
			t.assert.deepEqual(await below(join(out, 'opt')), ['big', 'b\xffd', 'esc\x1b[31m\nape', 'text']);
		});
	}

	test('keeps permissions and times, gives files to the user, and links names of one file', async (t) => {
		const folder = await listedImage(t);
		await extract(folder, '/etc', '/bin/tool');
		const [motd, hard, etc, tool] = await Promise.all(
			['etc/motd', 'etc/motd.hard', 'etc', 'usr/bin/tool'].map((path) => lstat(join(folder, 'out', path))),
		);
		t.assert.equal(motd.mtimeMs, 172_800_000);
		t.assert.equal(etc.mtimeMs, 86_400_000);
		t.assert.equal(motd.uid, process.getuid?.());
		t.assert.equal(motd.ino, hard.ino);
		t.assert.equal(tool.mode & 0o7777, 0o755);
	});

	test('writes what a layer left, below the path that it has in the image', async (t) => {
		const folder = await listedImage(t);
		await extract(folder, '/etc/secret', '--layer', '1');
		t.assert.deepEqual(await below(join(folder, 'out')), ['etc', 'etc/secret']);
		t.assert.equal(await readFile(join(folder, 'out/etc/secret'), 'utf8'), 'hidden\n');
	});

	test('makes the folder that --to names, with all above it', async (t) => {
		const folder = await listedImage(t);
		const { status, stdout } = await runProgram(['extract', 'app.tar', '/etc/motd', '--to', 'a/b/../c/'], {
			folder,
		});
		t.assert.deepEqual([status, stdout], [0, 'Extracted 1 file and 1 directory (7 B) to a/b/../c/.\n']);
		t.assert.equal(await readFile(join(folder, 'a/c/etc/motd'), 'utf8'), 'second\n');
		t.assert.deepEqual(await readdir(join(folder, 'a/b')), []);
	});

	test('names the file in whose place a folder would have to be', async (t) => {
		const folder = await listedImage(t);
		for (const to of ['app.tar', 'app.tar/b/c'])
			t.assert.deepEqual(await runProgram(['extract', 'app.tar', '/etc', '--to', to], { folder }), {
				status: 2,
				stdout: '',
				stderr:
					'fathom: app.tar is a file, not a folder to write to.\n' +
					'try: Name another folder; it is made if it is not there.\n',
			});
	});

	test('gives up where no folder can be made, such as in /proc and below a symlink to nothing', async (t) => {
		const folder = await listedImage(t);
		await link('nowhere', join(folder, 'dangling'));
		const places = ['dangling/b', ...(process.platform === 'linux' ? ['/proc/none/b/c'] : [])];
		for (const to of places) {
			const { status, stderr } = await runProgram(['extract', 'app.tar', '/etc', '--to', to], { folder });
			t.assert.deepEqual(
				[status, stderr],
				[2, `fathom: ${to} cannot be written: there is no such folder.\ntry: Name another folder.\n`],
			);
		}
		t.assert.deepEqual((await readdir(folder)).sort(), ['app.tar', 'dangling']);
	});

	test('names the layer that has a path, in a command that can be run', async (t) => {
		const folder = await listedImage(t);
		const { stderr } = await extract(folder, '/etc/secret');
		t.assert.match(stderr, /\ntry: fathom extract app\.tar \/etc\/secret --layer 1 --to out\n$/);
	});

	test('replaces a file only with --force, and a directory never', async (t) => {
		const folder = await listedImage(t);
		await mkdir(join(folder, 'out/etc/motd.hard'), { recursive: true });
		await writeFile(join(folder, 'out/etc/motd'), 'mine\n');
		const first = await extract(folder, '/etc');
		t.assert.deepEqual(
			[first.status, first.stderr],
			[
				2,
				'fathom: 2 paths, such as /etc/motd, left out because something is there already.\n' +
					'try: --force to replace files and symlinks, or another folder with --to.\n',
			],
		);
		t.assert.equal(await readFile(join(folder, 'out/etc/motd'), 'utf8'), 'mine\n');
		const second = await extract(folder, '/etc', '--force');
		t.assert.deepEqual(
			[second.status, second.stderr.split('\n')[0]],
			[2, 'fathom: /etc/motd.hard left out because something is there already.'],
		);
		t.assert.equal(await readFile(join(folder, 'out/etc/motd'), 'utf8'), 'second\n');
	});

	for (const flags of [[], ['--force']]) {
		test(`writes through no symlink that was there before ${flags.join('')}`, async (t) => {
			const folder = await listedImage(t);
			await mkdir(join(folder, 'elsewhere'));
			await writeFile(join(folder, 'precious'), 'mine\n');
			await mkdir(join(folder, 'out/opt'), { recursive: true });
			await link('../elsewhere', join(folder, 'out/etc'));
			await link('../../precious', join(folder, 'out/opt/text'));
			const { status, stderr } = await extract(folder, '/etc', '/opt/text', ...flags);
			t.assert.deepEqual(
				[status, await below(join(folder, 'elsewhere'))],
				[flags.length === 0 ? 2 : 0, []],
				stderr,
			);
			t.assert.equal(await readFile(join(folder, 'precious'), 'utf8'), 'mine\n');
		});
	}

	test('writes through no symlink of the image', async (t) => {
		const folder = await listedImage(t, [
			[symlink('a', '../elsewhere'), directory('b'), symlink('b/c', '/')],
			[file('a/one', '1'), file('b/c/two', '2'), hardLink('three', 'a/one')],
		]);
		await mkdir(join(folder, 'elsewhere'));
		t.assert.equal((await extract(folder, '/')).status, 0);
		t.assert.deepEqual(await below(join(folder, 'elsewhere')), []);
		t.assert.deepEqual(await below(join(folder, 'out')), ['a', 'a/one', 'b', 'b/c', 'b/c/two', 'three']);
	});

	test('leaves out a name that cannot be, and makes the rest', async (t) => {
		const folder = await listedImage(t, [
			[file('x'.repeat(300), '1'), file(`${'y'.repeat(300)}/z`), file('ok', '2')],
		]);
		const { status, stderr } = await extract(folder, '/');
		t.assert.equal(status, 2);
		t.assert.match(
			stderr,
			/left out 2 paths, such as \/y{10}[^\n]*: this file system cannot have the name, the target or the size/,
		);
		t.assert.deepEqual(await below(join(folder, 'out')), ['ok']);
	});

	test('writes into a directory that cannot be written in the end', async (t) => {
		const folder = await listedImage(t, [
			[directory('ro', { mode: 0o500 }), file('ro/x', '1', { mode: 0o400 })],
		]);
		t.assert.equal((await extract(folder, '/')).status, 0);
		t.assert.equal((await lstat(join(folder, 'out/ro'))).mode & 0o7777, 0o500);
		await chmod(join(folder, 'out/ro'), 0o700);
	});

	test('leaves out what is in a directory that an earlier run closed, and makes the rest', async (t) => {
		const folder = await listedImage(t, [
			[directory('no', { mode: 0 }), file('no/f', '1'), file('no/in/g', '1')],
			[directory('yes'), file('yes/h', '2')],
		]);
		const userId = process.getuid?.() === 0 ? 65_534 : undefined;
		if (userId !== undefined) await chown(folder, userId, userId);
		const run = () =>
			runProgram(['extract', 'app.tar', '/', '--to', 'out'], {
				folder,
				...(userId !== undefined && { userId }),
			});
		t.assert.equal((await run()).status, 0);
		await rm(join(folder, 'out/yes/h'));
		const { status, stdout, stderr } = await run();
		t.assert.deepEqual(
			[status, stdout, stderr],
			[
				2,
				'Extracted 1 file (1 B) to out.\n',
				'fathom: 3 paths, such as /no/in, left out because a folder above must not be written to.\n' +
					'try: chmod -R u+rwx on what is there, or another folder with --to.\n',
			],
		);
		await chmod(join(folder, 'out/no'), 0o700);
	});

	test('leaves out a hard link to what is no file, and says so', async (t) => {
		const folder = await listedImage(t, [
			[hardLink('dangling', 'nothing'), directory('d'), hardLink('to-folder', 'd')],
			[hardLink('a', 'b'), hardLink('b', 'a'), file('ok', '1')],
		]);
		const { status, stderr } = await extract(folder, '/');
		t.assert.equal(status, 0);
		t.assert.match(stderr, /^fathom: left out 4 paths, such as \/\w+: a hard link to what is no file/m);
		t.assert.deepEqual(await below(join(folder, 'out')), ['d', 'ok']);
		const printed = await runProgram(['cat', 'app.tar', '/to-folder'], { folder });
		t.assert.deepEqual(
			[printed.status, printed.stdout, printed.stderr.split('\n')[0]],
			[2, '', 'fathom: /to-folder is a hard link to /d, which is no file, so it has no content.'],
		);
	});

	for (const [args, message] of [
		[['extract', 'app.tar', '/etc'], 'fathom extract needs --to DIR, the folder to write to.'],
		[['extract', 'app.tar', '--to', 'x'], 'fathom extract IMAGE PATH...: no path was named.'],
		[
			['extract', '-', '/etc', '--to', 'x'],
			'Standard input can be read only once, so its files cannot be opened.',
		],
		[['extract', 'app.tar', '/none', '--to', 'x'], 'app.tar has no /none.'],
		[['extract', 'app.tar', '/etc', '--to', 'app.tar'], 'app.tar is a file, not a folder to write to.'],
	] as const) {
		test(`says: ${message}`, async (t) => {
			const folder = await listedImage(t);
			const { status, stderr } = await runProgram(args, { folder });
			t.assert.deepEqual([status, stderr.split('\n')[0]], [2, `fathom: ${message}`]);
			t.assert.deepEqual(await readdir(folder), ['app.tar']);
		});
	}

	test('leaves no half-written file when it is interrupted', async (t) => {
		const big = Array.from({ length: 300 }, (_, index) => file(`f${index}`, Buffer.alloc(1_000_000, index)));
		const folder = await listedImage(t, [big]);
		const child = startProgram(['extract', 'app.tar', '/', '--to', 'out'], { folder });
		const ended = once(child, 'exit');
		const out = join(folder, 'out');
		for (;;) {
			const names = await readdir(out).catch(() => []);
			if (names.length > 5) break;
			await delay(1);
		}
		child.kill('SIGINT');
		t.assert.equal((await ended)[0], 130);
		for (const name of await readdir(out)) {
			t.assert.match(name, /^f\d+$/);
			t.assert.equal((await lstat(join(out, name))).size, 1_000_000);
		}
	});

	test('escapes names on a terminal', async (t) => {
		const folder = await listedImage(t);
		await extract(folder, '/opt');
		const { output } = await runInTerminal(
			['extract', 'app.tar', '/opt/esc\\x1B[31m\\x0Aape', '--to', 'out'],
			{ folder },
		);
		t.assert.match(
			output,
			/^fathom: \/opt\/esc\\x1B\[31m\\x0Aape left out because something is there already\./m,
		);
	});
});
