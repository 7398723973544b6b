import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, type FileHandle, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { rawEntry } from '../support/archives/raw-tar.ts';
import { file } from '../support/archives/tar-entry.ts';
import { dockerArchive, layerTar } from '../support/archives/write-archive.ts';
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

describe('zeros without end', () => {
	/** What the program says of a stream that begins like this, and goes on with zeros for as long as it is read. */
	async function outcomeOf(start: Uint8Array, args: readonly string[], zeros = new Uint8Array(1024 * 1024)) {
		const child = startProgram(args);
		const { stdin } = child;
		stdin?.on('error', () => {});
		stdin?.write(start);
		const feed = () => {
			while (stdin?.writable && stdin.write(zeros));
		};
		stdin?.on('drain', feed);
		feed();
		const [stdout, errors, [status]] = await Promise.all([
			child.stdout === null ? '' : text(child.stdout),
			errorsOf(child),
			once(child, 'exit'),
		]);
		return { status, stdout, errors };
	}
	const image = dockerArchive([{ names: ['app:1'], layers: [[file('a', 'x')]] }]);

	test('are no image', async (t) => {
		const { status, errors } = await outcomeOf(new Uint8Array(0), ['report', '-']);
		t.assert.equal(status, 2);
		t.assert.match(
			errors,
			/^fathom: standard input is not a container image: it has no manifest\.json and no index\.json\.\n/,
		);
	});

	test('are none where they are packed', async (t) => {
		const { status, errors } = await outcomeOf(
			new Uint8Array(0),
			['report', '-'],
			gzipSync(new Uint8Array(8 * 1024 * 1024)),
		);
		t.assert.equal(status, 2);
		t.assert.match(errors, /^fathom: standard input is not a container image: /);
	});

	test('behind an image are passed over', async (t) => {
		const { status, stdout, errors } = await outcomeOf(image, ['report', '-', '--format', 'text']);
		t.assert.deepEqual([status, errors], [0, '']);
		t.assert.match(stdout, /app:1/);
	});

	test('behind a layer would be part of it, and are refused', async (t) => {
		const { status, errors } = await outcomeOf(layerTar([file('a', 'x')]), ['report', '-', '--as-layer']);
		t.assert.equal(status, 2);
		t.assert.match(errors, /^fathom: standard input: more than 64 MiB follow the end of the tar\.\ntry: /);
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

	test('ends the wait for settings from a named pipe', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		const child = startProgram(['ci', samplePath, '--config', pipe]);
		t.after(() => child.kill('SIGKILL'));
		const writer = await openForReader(pipe);
		t.after(() => writer.close());
		child.kill('SIGTERM');
		const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'exit')]);
		t.assert.deepEqual({ status, errors }, { status: 143, errors: '' });
	});

	test('ends the wait for a reader of a named pipe that stopped reading', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		const child = startProgram(['report', samplePath, '--format', 'json', '-o', pipe]);
		t.after(() => child.kill('SIGKILL'));
		const reader = await open(pipe, constants.O_RDWR);
		t.after(() => reader.close());
		await reader.read(Buffer.alloc(1));
		child.kill('SIGINT');
		const [errors, [status]] = await Promise.all([errorsOf(child), once(child, 'exit')]);
		t.assert.deepEqual({ status, errors }, { status: 130, errors: '' });
	});
});

describe('a named pipe', () => {
	test('gets a report as soon as somebody reads it, and all of it', async (t) => {
		const folder = await temporaryFolder(t);
		execFileSync('mkfifo', [join(folder, 'pipe')]);
		const child = startProgram(['report', samplePath, '--format', 'json', '-o', join(folder, 'pipe')]);
		const cat = spawn('cat', [join(folder, 'pipe')]);
		const [piped, [status]] = await Promise.all([text(cat.stdout), once(child, 'exit')]);
		const { stdout } = await runProgram(['report', samplePath, '--format', 'json']);
		t.assert.equal(status, 0);
		t.assert.equal(piped, stdout);
	});

	test('brings settings, and is no Dockerfile', async (t) => {
		const pipe = join(await temporaryFolder(t), 'pipe');
		execFileSync('mkfifo', [pipe]);
		const child = startProgram(['ci', samplePath, '--config', pipe]);
		const writer = await openForReader(pipe);
		await writer.write('rules:\n  no-such-rule: 1\n');
		await writer.close();
		const [errors] = await Promise.all([errorsOf(child), once(child, 'exit')]);
		t.assert.match(errors, /pipe:2: .*no-such-rule/);
		const { status, stderr } = await runProgram(['report', samplePath, '--file', pipe]);
		t.assert.equal(status, 2);
		t.assert.match(stderr, /: it is not a regular file\.\n/);
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
