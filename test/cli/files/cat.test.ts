import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { symlink } from '../../support/archives/tar-entry.ts';
import { runInTerminal } from '../run-in-terminal.ts';
import { type Outcome, runProgram } from '../run-program.ts';
import { bytesOf, listedImage } from './listed-image.ts';

async function cat(t: TestContext, ...args: readonly string[]): Promise<Outcome> {
	return runProgram(['cat', 'app.tar', ...args], { folder: await listedImage(t) });
}

describe('fathom cat IMAGE PATH', () => {
	for (const [path, content] of [
		['/etc/motd', 'second\n'],
		['etc//motd', 'second\n'],
		['/etc/motd.hard', 'second\n'],
		['/bin/link', 'second\n'],
		['/usr/up', 'second\n'],
		['/opt/b\\xFFd', 'odd\n'],
		['/opt/esc\\x1B[31m\\x0Aape', 'red\n'],
	]) {
		test(`prints the file that ${path} leads to`, async (t) => {
			t.assert.deepEqual(await cat(t, path), { status: 0, stdout: content, stderr: '' });
		});
	}

	for (const compression of ['plain', 'gzip', 'zstd'] as const) {
		test(`gives every byte to a pipe and to a file, of ${compression} layers`, async (t) => {
			const folder = await listedImage(t, undefined, compression);
			t.assert.deepEqual(
				await bytesOf(folder, 'cat', 'app.tar', '/bin/tool'),
				Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]),
			);
			await runProgram(['cat', 'app.tar', '/opt/big', '-o', 'big'], { folder });
			t.assert.deepEqual(await readFile(join(folder, 'big')), Buffer.alloc(300_000, 'x'));
		});
	}

	test('prints a file as a layer left it', async (t) => {
		t.assert.equal((await cat(t, '/etc/motd', '--layer', '1')).stdout, 'first\n');
		t.assert.equal((await cat(t, '/etc/secret', '--layer', '1')).stdout, 'hidden\n');
	});

	const failures: readonly (readonly [readonly string[], string, string])[] = [
		[
			['/etc/secret'],
			'/etc/secret was last there in layer 1; layer 2 removed it.',
			'fathom cat app.tar /etc/secret --layer 1',
		],
		[
			['/opt/big', '--layer', '1'],
			'/opt/big is not there in layer 1; layer 3 brings it.',
			'fathom cat app.tar /opt/big --layer 3',
		],
		[['/etc/modt'], 'app.tar has no /etc/modt.', '/etc/motd'],
		[['/etc/motd/x'], 'app.tar has no /etc/motd/x.', '/etc/motd is no directory.'],
		[
			['/loop/a'],
			'/loop/a leads through more than 40 symlinks, /loop/a among them.',
			'Name the path that it is meant to lead to.',
		],
		[['/bin'], '/usr/bin is a directory, which has no content.', 'fathom files app.tar /usr/bin'],
		[
			['/etc/motd', '--layer', '4'],
			'--layer 4: the image has 3 layers.',
			'--layer with a number from 1 to 3.',
		],
		[
			['/etc/motd', '--layer', '0'],
			'--layer: expected the number of a layer such as 1, got "0".',
			'--layer 1 for the lowest layer.',
		],
		[[], 'fathom cat IMAGE PATH: no path was named.', 'fathom files app.tar lists the paths of the image.'],
	];
	for (const [args, message, hint] of failures) {
		test(`says: ${message}`, async (t) => {
			const expected = { status: 2, stdout: '', stderr: `fathom: ${message}\ntry: ${hint}\n` };
			t.assert.deepEqual(await cat(t, ...args), expected);
		});
	}

	test('says of a symlink with a target that no system follows that it leads nowhere', async (t) => {
		const folder = await listedImage(t, [[symlink('long', 'x'.repeat(5000))]]);
		const { stderr } = await runProgram(['cat', 'app.tar', '/long'], { folder });
		t.assert.equal(
			stderr,
			'fathom: app.tar has no /long.\ntry: /long is a symlink with a target that leads nowhere.\n',
		);
	});

	test('says that a device has no content', async (t) => {
		const { status, stderr } = await cat(t, '/dev/null');
		t.assert.deepEqual(
			[status, stderr],
			[2, 'fathom: /dev/null is a character device, which has no content.\n'],
		);
	});

	test('says that an image on standard input can be read only once', async (t) => {
		const input = await readFile(join(await listedImage(t), 'app.tar'));
		const { status, stderr } = await runProgram(['cat', '-', '/etc/motd'], { input });
		t.assert.equal(status, 2);
		t.assert.match(
			stderr,
			/^fathom: Standard input can be read only once, so its files cannot be opened\.\n/,
		);
	});

	test('says that a saved report does not have the contents of files', async (t) => {
		const folder = await listedImage(t);
		await runProgram(['report', 'app.tar', '-o', 'app.json'], { folder });
		const { status, stderr } = await runProgram(['cat', 'app.json', '/etc/motd'], { folder });
		t.assert.equal(status, 2);
		t.assert.match(stderr, /^fathom: app\.json: a saved report does not have the contents of files\.\n/);
	});

	test('replaces no image with a file of it', async (t) => {
		const { status, stderr } = await cat(t, '/etc/motd', '-o', 'app.tar');
		t.assert.equal(status, 2);
		t.assert.match(stderr, /this is the image itself/);
	});
});

describe('fathom cat on a terminal', () => {
	test('escapes what could move the cursor', async (t) => {
		const folder = await listedImage(t);
		const { status, output } = await runInTerminal(['cat', 'app.tar', '/opt/text'], { folder });
		t.assert.deepEqual([status, output], [0, 'a\tb\\x0D\r\n\\x1B[2Jc é\r\n']);
	});

	test('refuses what is no text', async (t) => {
		const folder = await listedImage(t);
		const { status, output } = await runInTerminal(['cat', 'app.tar', '/bin/tool', '--layer', '1'], {
			folder,
		});
		t.assert.equal(status, 2);
		t.assert.equal(
			output,
			'fathom: /bin/tool is not text, and is not printed to a terminal.\r\n' +
				'try: fathom cat app.tar /bin/tool --layer 1 > FILE\r\n',
		);
	});

	test('prints a long file without a line break whole', async (t) => {
		const folder = await listedImage(t);
		const { output } = await runInTerminal(['cat', 'app.tar', '/opt/big'], { folder });
		t.assert.equal(output.length, 300_000);
	});
});
