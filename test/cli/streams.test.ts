import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, type FileHandle, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { rawEntry } from '../support/raw-tar.ts';
import { file } from '../support/tar-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram, samplePath, startProgram } from './run-program.ts';

describe('a reader that leaves before the end', () => {
	for (const [args, expected] of [
		[['report', samplePath], 0],
		[['report', samplePath, '--format', 'text'], 0],
		[['ci', samplePath], 1],
		[['--help'], 0],
	] as const) {
		test(`fathom ${args[0]} ends without a word, and with its own exit code`, async (t) => {
			const child = startProgram(args);
			child.stdout?.destroy();
			child.stdin?.end();
			const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'close')]);
			t.assert.deepEqual({ status, errors }, { status: expected, errors: '' });
		});
	}
});

describe('an input that does not end', () => {
	test('is not waited for, once it is known to be no image', async (t) => {
		const child = startProgram(['ci', '-']);
		child.stdin?.on('error', () => {});
		child.stdin?.write('no tar at all '.repeat(1000));
		const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'exit')]);
		t.assert.equal(status, 2);
		t.assert.match(errors, /^fathom: [^\n]+\n(?:try: [^\n]+\n)?$/);
	});
});

describe('Ctrl-C', () => {
	for (const [signal, expected] of [
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const) {
		test(`${signal} while an image is read: exit ${expected}, no word, no file`, async (t) => {
			const folder = await temporaryFolder(t);
			const child = startProgram(['report', '-', '--output', 'report.json', '--json', 'other.json'], {
				folder,
			});
			await feed(child);
			child.kill(signal);
			const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'exit')]);
			t.assert.deepEqual({ status, errors }, { status: expected, errors: '' });
			t.assert.deepEqual(await readdir(folder), []);
		});
	}

	test('ends the wait for a named pipe that nobody writes to', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		const child = startProgram(['ci', pipe]);
		t.after(() => child.kill('SIGKILL'));
		const writer = await openForReader(pipe);
		t.after(() => writer.close());
		child.kill('SIGINT');
		const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'exit')]);
		t.assert.deepEqual({ status, errors }, { status: 130, errors: '' });
	});

	test('a second time ends the program at once, whatever it does', async (t) => {
		const folder = await temporaryFolder(t);
		const module = new URL('../../source/interruption.ts', import.meta.url);
		const script = join(folder, 'deaf.mjs');
		await writeFile(
			script,
			`import { listenForInterruption } from '${module.href}';
			const { signal } = listenForInterruption(process);
			signal.addEventListener('abort', () => console.log('once'));
			setInterval(() => {}, 1000);
			console.log('ready');`,
		);
		const child = spawn(process.execPath, [script]);
		const lines: string[] = [];
		child.stdout.on('data', (chunk) => {
			lines.push(String(chunk).trim());
			child.kill('SIGINT');
		});
		const [status, signal] = await once(child, 'close');
		t.assert.deepEqual([status, signal, lines], [null, 'SIGINT', ['ready', 'once']]);
	});

	test('a second time ends a program that waits for settings from a named pipe', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		const child = startProgram(['ci', samplePath, '--config', pipe]);
		t.after(() => child.kill('SIGKILL'));
		const sending = setInterval(() => child.kill('SIGTERM'), 200);
		t.after(() => clearInterval(sending));
		const [, signal] = await once(child, 'exit');
		t.assert.equal(signal, 'SIGTERM');
	});
});

describe('what a process loads', () => {
	const nodeOptions = ['--import', new URL('./log-modules.ts', import.meta.url).href];

	for (const args of [
		['ci', samplePath],
		['report', samplePath],
	]) {
		test(`fathom ${args[0]} loads no React, no Ink, no YAML, no engine and no registry`, async (t) => {
			const { stderr } = await runProgram(args, { nodeOptions });
			t.assert.match(stderr, /read-and-stack/);
			t.assert.doesNotMatch(
				stderr,
				/node_modules\/(?:react|ink|yoga-layout|yaml|string-width|xz-decompress)\/|\/tui\/|json\/schema/,
			);
			t.assert.doesNotMatch(stderr, /\/sources\/(?:engine|registry)\//);
		});
	}

	test('fathom --version loads no command', async (t) => {
		const { stderr } = await runProgram(['--version'], { nodeOptions });
		t.assert.match(stderr, /main\.ts/);
		t.assert.doesNotMatch(stderr, /read-and-stack|zod|\/report\/json\//);
	});
});

/** Opens a named pipe as soon as somebody waits for it at the other end. */
async function openForReader(pipe: string): Promise<FileHandle> {
	for (;;) {
		try {
			return await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
		} catch (error) {
			if (!(error instanceof Error) || !/ENXIO/.test(error.message)) throw error;
			await delay(20);
		}
	}
}

/** Writes the beginning of a tar, more of it than any pipe holds: once it is gone the program has begun to read. */
async function feed({ stdin }: ChildProcess): Promise<void> {
	if (stdin === null) throw new TypeError('The child has no pipe for its input.');
	stdin.on('error', () => {});
	const beginning = Buffer.concat([
		rawEntry(file('layer.tar'), { size: 2 ** 32 }),
		Buffer.alloc(4 * 1024 * 1024),
	]);
	await new Promise((resolve) => stdin.write(beginning, resolve));
}

function errorsOf({ stderr }: ChildProcess): Promise<string> {
	if (stderr === null) throw new TypeError('The child has no pipe for its errors.');
	return text(stderr);
}
