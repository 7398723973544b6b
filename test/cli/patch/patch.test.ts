import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { file, symlink, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';
import { diff, oldLayers, pairOf } from './patch-pair.ts';

const snapshot = fileURLToPath(new URL('../../../snapshots/cli/patch.txt', import.meta.url));

describe('fathom diff OLD NEW --patch', () => {
	for (const compression of ['plain', 'gzip', 'zstd'] as const) {
		test(`prints what differs in every file, of ${compression} layers`, async (t) => {
			const { status, stdout, stderr } = await diff(await pairOf(t, undefined, compression), '--patch');
			t.assert.deepEqual([status, stderr], [0, '']);
			t.assert.fileSnapshot(stdout, snapshot, { serializers: [String] });
		});
	}

	test('prints what is below a folder alone', async (t) => {
		const { stdout } = await diff(await pairOf(t), 'opt', '--patch');
		t.assert.deepEqual(stdout.match(/^diff .*$/gm), [
			'diff --git a/opt/crlf b/opt/crlf',
			'diff --git a/opt/end b/opt/end',
		]);
	});

	test('says where nothing differs', async (t) => {
		const folder = await pairOf(t, [oldLayers, oldLayers]);
		t.assert.equal((await diff(folder, '--patch')).stdout, '# No file differs.\n');
		t.assert.equal((await diff(folder, '/opt', '--patch')).stdout, '# No file below /opt differs.\n');
		t.assert.equal((await diff(folder, '/opt/end')).stdout, '# /opt/end does not differ.\n');
	});

	test('says that what --ignore leaves out was not compared', async (t) => {
		const folder = await pairOf(t);
		const said = async (...args: readonly string[]) => (await diff(folder, ...args)).stdout;
		const ignored = (path: string) => `# ${path} was not compared: --ignore leaves it out.\n`;
		t.assert.equal(await said('/opt/end', '--ignore', 'opt'), ignored('/opt/end'));
		t.assert.equal(await said('/opt', '--patch', '--ignore', 'opt'), ignored('/opt'));
		const rest = (place: string) => `# No file${place} differs that --ignore does not leave out.\n`;
		t.assert.equal(await said('/opt', '--patch', '--ignore', 'opt/*'), rest(' below /opt'));
		t.assert.equal(await said('--patch', '--ignore', '**'), rest(''));
	});

	test('reads more than is kept in memory in several passes, and prints in the order of paths', async (t) => {
		const layer = (seed: string): TarEntry[] =>
			Array.from({ length: 20 }, (_, index) =>
				file(`${(index * 7) % 20}`.padStart(2, '0'), Buffer.alloc(4_000_000, `${index}${seed}\n`)),
			);
		const folder = await pairOf(t, [[layer('a')], [layer('b')]], 'gzip');
		await diff(folder, '--patch', '--output', 'out.patch');
		const patch = await readFile(join(folder, 'out.patch'), 'latin1');
		const names = Array.from({ length: 20 }, (_, index) => `${index}`.padStart(2, '0'));
		t.assert.deepEqual(
			patch.match(/^diff .*$|^Binary.*$/gm),
			names.flatMap((name) => [
				`diff --git a/${name} b/${name}`,
				`Binary files a/${name} and b/${name} differ`,
			]),
		);
	});
});

describe('fathom diff OLD NEW PATH', () => {
	const motd = [
		'diff --git a/etc/motd b/etc/motd',
		'--- a/etc/motd\told.tar, layer 1',
		'+++ b/etc/motd\tnew.tar, layer 3',
		'@@ -2,7 +2,7 @@',
	];
	for (const path of ['etc/motd', '/etc/motd', '/etc/motd/', './etc//motd']) {
		test(`finds the file as ${path}`, async (t) => {
			const { status, stdout } = await diff(await pairOf(t), path);
			t.assert.equal(status, 0);
			t.assert.deepEqual(stdout.split('\n').slice(0, 4), motd);
		});
	}

	test('finds a name that is no text as fathom prints it', async (t) => {
		const { stdout } = await diff(await pairOf(t), '/etc/b\\xFFd');
		t.assert.equal(
			stdout,
			'diff --git "a/etc/b\\377d" "b/etc/b\\377d"\n' +
				'--- "a/etc/b\\377d"\told.tar, layer 1\n' +
				'+++ "b/etc/b\\377d"\tnew.tar, layer 1\n' +
				'@@ -1 +1 @@\n-x\n+y\n',
		);
	});

	test('finds a name with control characters as fathom prints it, and prefers one that is as written', async (t) => {
		const names = ['a\tb', 'c\u200Bd', 'e\\x09f', 'e\tf', 'g '];
		const layer = (content: string) => [[...names.map((name) => file(name, content))]];
		const folder = await pairOf(t, [layer('x\n'), layer('y\n')]);
		const firstLine = async (path: string) => (await diff(folder, path)).stdout.split('\n')[0];
		t.assert.equal(await firstLine('a\\x09b'), 'diff --git "a/a\\tb" "b/a\\tb"');
		t.assert.equal(await firstLine('g\\x20'), 'diff --git "a/g " "b/g "');
		t.assert.equal(await firstLine('c\\u{200B}d'), 'diff --git "a/c\\342\\200\\213d" "b/c\\342\\200\\213d"');
		t.assert.equal(await firstLine('e\\x09f'), 'diff --git "a/e\\\\x09f" "b/e\\\\x09f"');
	});

	for (const path of ['usr/lib/one/a', 'usr/lib/two/a']) {
		test(`prints a file that moved as a rename, for ${path}`, async (t) => {
			const { stdout } = await diff(await pairOf(t), path);
			t.assert.equal(
				stdout,
				'# /usr/lib/one/a -> /usr/lib/two/a: old.tar, layer 2 -> new.tar, layer 2\n' +
					'diff --git a/usr/lib/one/a b/usr/lib/two/a\n' +
					'similarity index 100%\nrename from usr/lib/one/a\nrename to usr/lib/two/a\n',
			);
		});
	}

	test('prints the targets of a symlink, which need not be text', async (t) => {
		const linkTo = (target: Uint8Array) => [[symlink('link', target)]];
		const targets = [linkTo(Buffer.from('a\xff', 'latin1')), linkTo(Buffer.from('b'))] as const;
		const folder = await pairOf(t, targets);
		await diff(folder, 'link', '-o', 'out.patch');
		const patch = await readFile(join(folder, 'out.patch'), 'latin1');
		t.assert.deepEqual(patch.split('\n').slice(4, 8), [
			'@@ -1 +1 @@',
			'-a\xff',
			'\\ No newline at end of file',
			'+b',
		]);
	});

	test('names the platforms where one reference is both images', async (t) => {
		const folder = await temporaryFolder(t);
		const images = ['amd64', 'arm64'].map((architecture) => ({
			architecture,
			os: 'linux',
			layers: [[file('arch', `${architecture}\n`)]],
		}));
		await writeFile(join(folder, 'both.tar'), dockerArchive(images));
		const platforms = ['--platform', 'linux/amd64', '--platform', 'linux/arm64'];
		const { stdout } = await runProgram(['diff', ...platforms, 'both.tar', 'both.tar', 'arch'], { folder });
		t.assert.deepEqual(stdout.split('\n').slice(1, 3), [
			'--- a/arch\tboth.tar (linux/amd64), layer 1',
			'+++ b/arch\tboth.tar (linux/arm64), layer 1',
		]);
	});

	const missing: readonly (readonly [string, string])[] = [
		['/etc/mtd', '/etc/motd'],
		['etc/nothing/like/it', 'The nearest path that is there is /etc.'],
		['/nothing-like-it', 'fathom diff OLD NEW shows which paths differ.'],
		['/lib/one/a', '/lib is a symlink to usr/lib64, which is not followed: name the path that it leads to.'],
	];
	for (const [path, hint] of missing) {
		test(`says that neither image has ${path}`, async (t) => {
			const { status, stdout, stderr } = await diff(await pairOf(t), path);
			const shown = path.startsWith('/') ? path : `/${path}`;
			t.assert.deepEqual(
				[status, stdout, stderr],
				[2, '', `fathom: Neither old.tar nor new.tar has ${shown}.\ntry: ${hint}\n`],
			);
		});
	}

	test('does not find what a layer removed', async (t) => {
		const removed = [[file('a', 'x')], [whiteout('a'), file('b')]];
		const { status } = await diff(await pairOf(t, [removed, removed]), 'a');
		t.assert.equal(status, 2);
	});

	test('says of an image from standard input that it can be read only once, and prints nothing', async (t) => {
		const folder = await pairOf(t);
		const input = await readFile(join(folder, 'new.tar'));
		for (const words of [['etc/motd'], ['--patch'], ['--patch', '--output', 'out.patch']]) {
			const outcome = await runProgram(['diff', 'old.tar', '-', ...words], { folder, input });
			t.assert.deepEqual(outcome, {
				status: 2,
				stdout: '',
				stderr:
					'fathom: Standard input can be read only once, so its files cannot be opened.\n' +
					'try: Write the archive to a file, and open that.\n',
			});
		}
		await t.assert.rejects(readFile(join(folder, 'out.patch')), { code: 'ENOENT' });
	});

	test('shows what one image alone has beside one from standard input', async (t) => {
		const folder = await pairOf(t);
		const input = await readFile(join(folder, 'new.tar'));
		const { stdout } = await runProgram(['diff', 'old.tar', '-', 'etc/gone'], { folder, input });
		t.assert.match(stdout, /^-bye$/m);
	});
});
