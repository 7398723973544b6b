import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { rawTar } from '../../support/archives/raw-tar.ts';
import { commandsIn } from '../../support/log-readers.ts';
import { sparseEntry } from '../../support/sparse/sparse-entry.ts';
import { runInTerminal } from '../run-in-terminal.ts';
import { runProgram } from '../run-program.ts';
import { diff, oneFile, pairOf } from './patch-pair.ts';

const ESCAPE = '\u001b';

describe('what is not compared line by line', () => {
	const start = (stdout: string) => stdout.split('\n').slice(2);

	test('is a file with a NUL byte among its first 8,000 bytes', async (t) => {
		const text = Buffer.alloc(9000, 'a\n');
		const withNul = (position: number) => Buffer.from(text).fill(0, position, position + 1);
		const near = await diff(await pairOf(t, oneFile('f', text, withNul(7999))), 'f');
		t.assert.match(near.stdout, /^Binary files a\/f and b\/f differ$/m);
		const far = await diff(await pairOf(t, oneFile('f', text, withNul(8000))), 'f');
		t.assert.match(far.stdout, /^\+\0$/m);
	});

	test('is a file that is not UTF-8, unless a character is cut at the 8,000th byte', async (t) => {
		const latin = Buffer.from('caf\xe9\n', 'latin1');
		const { stdout } = await diff(await pairOf(t, oneFile('f', 'cafe\n', latin)), 'f');
		t.assert.match(stdout, /^Binary/m);
		const cut = `${'a'.repeat(7999)}é\n`;
		const whole = await diff(await pairOf(t, oneFile('f', 'a\n', cut)), 'f');
		t.assert.equal(whole.stdout.endsWith(`\n+${cut}`), true);
	});

	test('has its sizes, digests and first difference', async (t) => {
		const older = Buffer.alloc(100_000, 0);
		const newer = Buffer.concat([older, Buffer.from('end')]);
		newer.fill(1, 70_001, 70_002);
		const { stdout } = await diff(await pairOf(t, oneFile('f', older, newer)), 'f');
		t.assert.deepEqual(start(stdout), [
			'index f18c9a6..ed84282 100644',
			'Binary files a/f and b/f differ',
			'# old: 100,000 B, sha256:9192c25b734fcbadbe32dadc28089c60db0e39f90cc20ce2e5733f57261acc0c',
			'# new: 100,003 B, sha256:d0f0c37e77e9ec425f5b895fa80ae76544e34e40b075a0fa1b9147d09c44be16',
			'# first difference at byte 70,001:',
			'# old: 00011170  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|',
			'# new: 00011170  00 01 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|',
			'',
		]);
	});

	const sparse = (holeBytes: number, text: string) => {
		const data = Buffer.from(text);
		const extents = [{ start: holeBytes, data }];
		return [rawTar([sparseEntry('pax-1.0', { name: 'f', fileBytes: holeBytes + data.length, extents })])];
	};

	test('is a sparse file, which has zeros in its holes', async (t) => {
		const { stdout } = await diff(await pairOf(t, [sparse(20_000, 'a\n'), sparse(20_000, 'b\n')]), 'f');
		t.assert.match(stdout, /^# old: 20,002 B, sha256:[0-9a-f]{64}$/m);
		t.assert.match(stdout, /^# first difference at byte 20,000:$/m);
	});

	test('is a sparse file that begins with text', async (t) => {
		const layers = ['a\n', 'b\n'].map((text) => {
			const extents = [{ start: 0, data: Buffer.alloc(9000, text) }];
			return [rawTar([sparseEntry('pax-1.0', { name: 'f', fileBytes: 20_000, extents })])];
		});
		const { stdout } = await diff(await pairOf(t, [layers[0], layers[1]]), 'f');
		t.assert.match(stdout, /^# not compared line by line: a sparse file$/m);
	});

	test('is compared up to 1 GiB where the holes of a sparse file are larger', async (t) => {
		const hole = 2 ** 40;
		const { stdout } = await diff(await pairOf(t, [sparse(hole, 'a\n'), sparse(hole, 'bc\n')]), 'f');
		t.assert.match(stdout, /^# compared up to 1 GiB: the holes of the sparse file are larger$/m);
		t.assert.match(stdout, /^# old: 1,099,511,627,778 B$/m);
	});

	test('is a text of more than 8 MiB', async (t) => {
		const layers = oneFile('f', Buffer.alloc(8 * 1024 * 1024 + 1, 'a\n'), 'b\n');
		const { stdout } = await diff(await pairOf(t, layers, 'gzip'), 'f');
		t.assert.match(stdout, /^# not compared line by line: larger than 8 MiB$/m);
		t.assert.match(stdout, /^# first difference at byte 0:$/m);
	});

	test('is a text of more than 200,000 lines', async (t) => {
		const { stdout } = await diff(
			await pairOf(t, oneFile('f', '\n'.repeat(200_000), '\n'.repeat(200_001))),
			'f',
		);
		t.assert.match(stdout, /^# not compared line by line: more than 200,000 lines$/m);
		t.assert.match(stdout, /^# first difference at byte 200,000:$/m);
	});
});

describe('what is printed', () => {
	const hostile = oneFile('f', 'a\n', `a\n::error::x\n+ ##[group]\n${ESCAPE}[31mred\n`);

	test('to a pipe has no command to a CI system, and cannot be applied where one was escaped', async (t) => {
		const { stdout } = await diff(await pairOf(t, hostile), 'f');
		t.assert.deepEqual(
			commandsIn(stdout).filter((line) => !/^(?:---|\+\+\+) /.test(line)),
			[],
		);
		t.assert.match(stdout, /^@@ -1 \+1,4 escaped @@$/m);
		t.assert.match(stdout, /^# lines that a CI system would take for commands are escaped, /m);
	});

	test('to a file is exact', async (t) => {
		const folder = await pairOf(t, hostile);
		const { stdout } = await diff(folder, 'f', '--output', 'out.patch');
		t.assert.equal(stdout, '');
		const patch = await readFile(join(folder, 'out.patch'), 'utf8');
		t.assert.equal(
			patch.slice(patch.indexOf('@@')),
			`@@ -1 +1,4 @@\n a\n+::error::x\n++ ##[group]\n+${ESCAPE}[31mred\n`,
		);
	});

	test('to a terminal has colours, and escapes what could control it', async (t) => {
		const folder = await pairOf(t, hostile);
		const { output } = await runInTerminal(['diff', 'old.tar', 'new.tar', 'f'], { folder });
		t.assert.equal(output.includes(`${ESCAPE}[32m+\\x1B[31mred${ESCAPE}[39m`), true);
		t.assert.equal(output.includes(`${ESCAPE}[1mdiff --git a/f b/f${ESCAPE}[22m`), true);
	});

	for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
		test(`to a terminal has no colours with ${JSON.stringify(environment)}`, async (t) => {
			const folder = await pairOf(t, hostile);
			const { output } = await runInTerminal(['diff', 'old.tar', 'new.tar', 'f'], { folder, environment });
			t.assert.equal(output.includes(ESCAPE), false);
		});
	}

	test('of an archive that is packed as a whole is the same', async (t) => {
		const folder = await pairOf(t);
		const plain = await diff(folder, '--patch');
		await writeFile(join(folder, 'new.tar'), gzipSync(await readFile(join(folder, 'new.tar'))));
		t.assert.equal((await diff(folder, '--patch')).stdout, plain.stdout);
	});

	test('loads what compares lines only where a patch is asked for', async (t) => {
		const folder = await pairOf(t);
		const nodeOptions = ['--import', new URL('../log-modules.ts', import.meta.url).href];
		const run = (...words: string[]) =>
			runProgram(['diff', 'old.tar', 'new.tar', ...words], { folder, nodeOptions });
		t.assert.doesNotMatch((await run()).stderr, /node_modules\/diff\//);
		t.assert.match((await run('etc/motd')).stderr, /node_modules\/diff\//);
	});
});
