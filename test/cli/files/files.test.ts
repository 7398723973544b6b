import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fileRowJsonSchema } from '../../../source/report/files/schema.ts';
import { archiveWithoutForeignLayer } from '../../support/images/foreign-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runInTerminal } from '../run-in-terminal.ts';
import { type Outcome, runProgram } from '../run-program.ts';
import { bytesOf, listedImage } from './listed-image.ts';

async function files(t: TestContext, ...args: readonly string[]): Promise<Outcome> {
	return runProgram(['files', 'app.tar', ...args], { folder: await listedImage(t) });
}

/** The paths of a list, in its order. */
async function paths(t: TestContext, ...args: readonly string[]): Promise<readonly string[]> {
	const { stdout } = await files(t, ...args, '--format', 'ndjson');
	return rowsOf(stdout).map(({ path }) => path);
}

function rowsOf(ndjson: string): readonly { readonly path: string; readonly kind: string }[] {
	return ndjson
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}

describe('fathom files IMAGE', () => {
	test('lists the final file system', async (t) => {
		t.assert.deepEqual(await files(t, '--sort', 'name'), {
			status: 0,
			stderr: '',
			stdout: [
				'lrwxrwxrwx 0:0      0 2023-11-14 22:13 1 /bin -> usr/bin',
				'drwxr-xr-x 0:0      0                - 2 /dev',
				'crw-r--r-- 0:0      0 2023-11-14 22:13 2 /dev/null',
				'drwxr-xr-x 0:0      0 1970-01-02 00:00 1 /etc',
				'-rw-r--r-- 7:8      7 1970-01-03 00:00 2 /etc/motd',
				'hrw-r--r-- 0:0      0 2023-11-14 22:13 2 /etc/motd.hard link to /etc/motd',
				'drwxr-xr-x 0:0      0                - 1 /loop',
				'lrwxrwxrwx 0:0      0 2023-11-14 22:13 1 /loop/a -> b',
				'lrwxrwxrwx 0:0      0 2023-11-14 22:13 1 /loop/b -> a',
				'drwxr-xr-x 0:0      0                - 3 /opt',
				'-rw-r--r-- 0:0 300000 2023-11-14 22:13 3 /opt/big',
				'-rw-r--r-- 0:0      4 2023-11-14 22:13 3 /opt/b\\xFFd',
				'-rw-r--r-- 0:0      4 2023-11-14 22:13 3 /opt/esc\\x1B[31m\\x0Aape',
				'-rw-r--r-- 0:0     14 2023-11-14 22:13 3 /opt/text',
				'drwxr-xr-x 0:0      0                - 2 /run',
				'prw-r--r-- 0:0      0 2023-11-14 22:13 2 /run/pipe',
				'drwxr-xr-x 0:0      0                - 1 /usr',
				'drwxr-xr-x 0:0      0                - 1 /usr/bin',
				'lrwxrwxrwx 0:0      0 2023-11-14 22:13 1 /usr/bin/link -> /etc/motd',
				'-rwsr-xr-x 0:0      8 2023-11-14 22:13 1 /usr/bin/tool',
				'lrwxrwxrwx 0:0      0 2023-11-14 22:13 1 /usr/up -> ../../../../etc/motd',
				'',
			].join('\n'),
		});
	});

	test('lists what a layer left, and what it changed', async (t) => {
		t.assert.deepEqual(await paths(t, '/etc', '--layer', '1'), ['etc', 'etc/motd', 'etc/secret']);
		const { stdout } = await files(t, '--layer', '2', '--changes');
		t.assert.deepEqual(stdout.split('\n'), [
			'A crw-r--r-- 0:0 0 2023-11-14 22:13 2 /dev/null',
			'M -rw-r--r-- 7:8 7 1970-01-03 00:00 2 /etc/motd',
			'A hrw-r--r-- 0:0 0 2023-11-14 22:13 2 /etc/motd.hard link to /etc/motd',
			'D -rw------- 0:0 7 1970-01-02 00:00 2 /etc/secret',
			'A prw-r--r-- 0:0 0 2023-11-14 22:13 2 /run/pipe',
			'',
		]);
	});

	test('lists the changes of all layers, the lowest first, of a path that is gone too', async (t) => {
		const { stdout } = await files(t, '--changes', '/etc/secret', '/etc/motd');
		t.assert.deepEqual(stdout.split('\n'), [
			'A -rw-r--r-- 0:0 6 1970-01-02 00:00 1 /etc/motd',
			'A -rw------- 0:0 7 1970-01-02 00:00 1 /etc/secret',
			'M -rw-r--r-- 7:8 7 1970-01-03 00:00 2 /etc/motd',
			'D -rw------- 0:0 7 1970-01-02 00:00 2 /etc/secret',
			'',
		]);
	});

	test('writes JSON that the schema describes, a path a line', async (t) => {
		const validate = new Ajv2020().compile(fileRowJsonSchema({ closed: true }));
		for (const args of [[], ['--changes'], ['--layer', '1']]) {
			const { stdout } = await files(t, ...args, '--format', 'ndjson');
			for (const row of rowsOf(stdout)) t.assert.deepEqual([validate(row), validate.errors], [true, null]);
		}
	});

	test('says in JSON what layer did what, and how many bytes a hard link has to read', async (t) => {
		const { stdout } = await files(t, '--format', 'ndjson', '/etc');
		t.assert.deepEqual(rowsOf(stdout)[2], {
			path: 'etc/motd.hard',
			kind: 'added',
			type: 'hard-link',
			layerIndex: 1,
			sizeBytes: 0,
			contentBytes: 7,
			mode: '0644',
			uid: 0,
			gid: 0,
			mtime: 1_700_000_000,
			linkTarget: 'etc/motd',
		});
	});

	test('gives bare names byte by byte with -0', async (t) => {
		const folder = await listedImage(t);
		t.assert.deepEqual(
			(await bytesOf(folder, 'files', 'app.tar', '/opt', '-0')).toString('latin1').split('\0'),
			['/opt', '/opt/big', '/opt/b\xffd', '/opt/esc\x1b[31m\nape', '/opt/text', ''],
		);
	});

	test('prints no bare names to a terminal', async (t) => {
		const { status, output } = await runInTerminal(['files', 'app.tar', '-0'], {
			folder: await listedImage(t),
		});
		t.assert.equal(status, 2);
		t.assert.match(output, /^fathom: -0 prints names as they are, which is not safe on a terminal\.\r\n/);
	});

	for (const [order, expected] of [
		['size', ['opt/big', 'opt/text', 'usr/bin/tool']],
		['time', ['bin', 'dev/null', 'etc/motd.hard']],
		['layer', ['bin', 'etc', 'loop']],
	] as const) {
		test(`sorts by ${order}`, async (t) => {
			t.assert.deepEqual((await paths(t, '--sort', order)).slice(0, 3), expected);
		});
	}

	for (const [filter, expected] of [
		['>10kB', ['opt/big']],
		['<=7 type:file /etc', ['etc/motd', 'etc/motd.hard']],
		['kind:content', ['etc/motd']],
		['layer:2-3 !/opt type:device', ['dev/null']],
		['owner:7:8', ['etc/motd']],
		['~^/usr/(up|bin)$', ['usr/bin', 'usr/bin/link', 'usr/bin/tool', 'usr/up']],
		['type:symlink !loop', ['bin', 'usr/bin/link', 'usr/up']],
		['"kind:added"', []],
	] as const) {
		test(`lists what matches ${filter}`, async (t) => {
			t.assert.deepEqual(await paths(t, '--filter', filter), expected);
		});
	}

	test('takes the names that the image has for owners', async (t) => {
		const sample = join(import.meta.dirname, '../../../sample/image.tar');
		const named = async (filter: string) =>
			runProgram(['files', sample, '--filter', filter], { folder: await temporaryFolder(t) });
		const { stdout } = await named('owner:1000:1000');
		t.assert.notEqual(stdout, '');
		t.assert.equal((await named('owner:node:node')).stdout, stdout);
		t.assert.match(
			(await named('owner:nod')).stderr,
			/--filter owner:nod: owner: \/etc\/passwd has no user nod\./,
		);
	});

	test('filters what was removed by what it was', async (t) => {
		t.assert.deepEqual(await paths(t, '--changes', '--filter', 'kind:removed <1kB'), ['etc/secret']);
	});

	for (const [args, message] of [
		[
			['--filter', 'kind:new'],
			'--filter kind:new: kind: needs added, changed, content, metadata, identical or removed.',
		],
		[['--filter', '>lots'], '--filter >lots: > needs a size such as >10MB.'],
		[['--filter', '>10 MB'], '--filter >10 MB: >10 MB is one size, which has no blank in it: >10MB.'],
		[['--filter', '<= 2k'], '--filter <= 2k: <= 2k is one size, which has no blank in it: <=2k.'],
		[['--filter', 'layer:3-1'], '--filter layer:3-1: layer: needs the lower number first, as in layer:1-3.'],
		[['--filter', 'layer:99'], '--filter layer:99: layer:99: the image has 3 layers.'],
		[['--filter', '"a'], '--filter "a: a quote is not closed.'],
		[['--filter', '~('], '--filter ~(: unmatched (.'],
		[['--sort', 'x'], '--sort: expected name, size, time or layer, got "x".'],
		[['--format', 'json'], '--format: expected text or ndjson, got "json".'],
		[['/etc/secret'], '/etc/secret was last there in layer 1; layer 2 removed it.'],
		[['--changes', '/etc/none'], 'No layer of app.tar has /etc/none.'],
	] as const) {
		test(`says: ${message}`, async (t) => {
			const { status, stdout, stderr } = await files(t, ...args);
			t.assert.deepEqual([status, stdout, stderr.split('\n')[0]], [2, '', `fathom: ${message}`]);
		});
	}

	test('reads standard input, and a saved report', async (t) => {
		const folder = await listedImage(t);
		const { stdout } = await runProgram(['files', 'app.tar'], { folder });
		const input = await readFile(join(folder, 'app.tar'));
		t.assert.equal((await runProgram(['files', '-'], { input })).stdout, stdout);
		await runProgram(['report', 'app.tar', '-o', 'app.json'], { folder });
		t.assert.equal((await runProgram(['files', 'app.json'], { folder })).stdout, stdout);
	});
});

test('fathom files says which layers are not there', async (t) => {
	const folder = await temporaryFolder(t);
	await writeFile(join(folder, 'app.tar'), archiveWithoutForeignLayer());
	const { status, stderr } = await runProgram(['files', 'app.tar'], { folder });
	t.assert.equal(status, 0);
	t.assert.equal(stderr, 'fathom: layer 1 is kept elsewhere and is not there: its files are missing\n');
});
