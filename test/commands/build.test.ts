import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { runProgram, startProgram } from '../cli/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A build that fails at once. */
const failing = 'echo "Step 1/2"; echo "no such file" >&2; exit 3';

describe('fathom build', () => {
	test('gives all that stands behind build to docker, and nothing of what stands in front', async (t) => {
		const folder = await folderWith(t, { docker: `printf '%s\\n' "$@" > arguments; exit 3` });
		const args = ['--json', 'a.json', 'build', '--platform', 'linux/arm64', '-t', 'two words', '--', '.'];
		await run(folder, args);
		const given = (await readFile(join(folder, 'arguments'), 'utf8')).trimEnd().split('\n');
		t.assert.deepEqual(given.slice(0, 2), ['build', '--iidfile']);
		t.assert.deepEqual(given.slice(3), ['--platform', 'linux/arm64', '-t', 'two words', '--', '.']);
	});

	test('asks BuildKit to bring the image into the engine, unless the user says where it goes', async (t) => {
		const docker = `printf '%s\\n' "$@" >> arguments; [ "$2" = --help ] && echo "      --load  Shorthand"; exit 3`;
		const lastRun = async (...args: readonly string[]) => {
			const folder = await folderWith(t, { docker });
			await run(folder, ['build', ...args]);
			return (await readFile(join(folder, 'arguments'), 'utf8')).trimEnd().split('\n').slice(-3);
		};
		t.assert.equal((await lastRun('.')).includes('--load'), true);
		t.assert.equal((await lastRun('--push', '.')).includes('--load'), false);
		t.assert.equal((await lastRun('--output=type=local', '.')).includes('--load'), false);
	});

	test('shows what the build says on standard error, and its failure in one line', async (t) => {
		const folder = await folderWith(t, { docker: failing });
		t.assert.deepEqual(await run(folder, ['build', '.']), {
			status: 2,
			stdout: '',
			stderr: 'Step 1/2\nno such file\nfathom: docker build failed with exit code 3.\n',
		});
	});

	test('says where flags of its own stand when docker fails with one', async (t) => {
		const folder = await folderWith(t, { docker: failing });
		const { stderr } = await run(folder, ['build', '.', '--lowest-efficiency=95%']);
		t.assert.match(
			stderr,
			/\ntry: Put fathom's own flags before build: fathom --lowest-efficiency \.\.\. build\n$/,
		);
	});

	test('builds with podman where docker is not installed, is podman, or is not wanted', async (t) => {
		const podman = 'echo "podman version 5.0"; exit 4';
		for (const [programs, args] of [
			[{ podman }, ['build']],
			[{ podman, docker: podman }, ['build']],
			[{ podman, docker: failing }, ['--source', 'podman', 'build']],
		] as const) {
			const { stderr } = await run(await folderWith(t, programs), args);
			t.assert.match(stderr, /fathom: podman build failed with exit code 4\.\n$/);
		}
	});

	test('needs one of them', async (t) => {
		const { status, stderr } = await run(await folderWith(t, {}), ['build', '.']);
		t.assert.equal(status, 2);
		t.assert.match(
			stderr,
			/^fathom: Neither docker nor podman is installed, and fathom build needs one of them\.\ntry: /,
		);
	});

	test('builds with nothing else', async (t) => {
		const { stderr } = await run(await folderWith(t, {}), ['--source', 'registry', 'build', '.']);
		t.assert.match(stderr, /^fathom: --source registry: only docker and podman build images\.\ntry: /);
	});

	test('says so when a build leaves no image that could be opened', async (t) => {
		const folder = await folderWith(t, { docker: 'exit 0' });
		const { stderr } = await run(folder, ['build', '--push', '.']);
		t.assert.match(
			stderr,
			/^fathom: docker build built no image that could be opened\.\ntry: Leave out --push and --output, or add --load,/,
		);
	});

	test('tells how to get at an image that was pushed and is not in the engine', async (t) => {
		const id = `sha256:${'1'.repeat(64)}`;
		const docker = `while [ $# -gt 0 ]; do [ "$1" = --iidfile ] && printf ${id} > "$2"; shift; done`;
		for (const [args, hint] of [
			[
				['--push', '-t', 'registry.example/app:1', '.'],
				'; or read what was pushed: fathom registry:registry.example/app:1',
			],
			[
				['--push', '--tag=registry.example/app:1', '.'],
				'; or read what was pushed: fathom registry:registry.example/app:1',
			],
			[['.'], ''],
		] as const) {
			const server = createServer((request, response) => {
				response.writeHead(request.url === '/_ping' ? 200 : 404, {
					'Api-Version': '1.41',
					Server: 'Docker/20.10.24',
				});
				response.end('{}');
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			t.after(() => server.close());
			const address = server.address();
			const port = address !== null && typeof address === 'object' ? address.port : 0;
			const folder = await folderWith(t, { docker });
			const environment = { PATH: folder, DOCKER_HOST: `127.0.0.1:${port}` };
			const { stderr } = await runProgram(['build', ...args], { folder, environment });
			t.assert.equal(
				stderr.split('\n').at(-2),
				`try: Add --load, so that the image is also in the engine${hint}`,
			);
		}
	});

	test('says at once that a report could not be written, before anything is built', async (t) => {
		const folder = await folderWith(t, { docker: ': > was-run' });
		const { stderr } = await run(folder, ['--json', 'gone/a.json', 'build', '.']);
		t.assert.match(stderr, /^fathom: gone\/a\.json cannot be written: /);
		await t.assert.rejects(readFile(join(folder, 'was-run')));
	});

	test('ends the build when the user interrupts', async (t) => {
		const docker = `case "$1 $2" in *--version*|*--help*) exit;; esac; trap 'echo stopped >&2; exit 130' TERM INT; echo building >&2; while :; do /bin/sleep 0.02; done`;
		const folder = await folderWith(t, { docker });
		const child = startProgram(['build', '.'], { folder, environment: { PATH: folder } });
		child.stdin?.end();
		const { stderr } = child;
		if (stderr === null) throw new TypeError('The child has no pipes.');
		const said = text(stderr);
		stderr.once('data', () => child.kill('SIGINT'));
		await new Promise((resolve) => child.once('close', resolve));
		t.assert.equal(child.exitCode, 130);
		t.assert.equal(await said, 'building\nstopped\n');
	});
});

/** A folder with programs in it, each a shell script. */
async function folderWith(t: TestContext, programs: Readonly<Record<string, string>>): Promise<string> {
	const folder = await temporaryFolder(t);
	for (const [name, script] of Object.entries(programs)) {
		await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
		await chmod(join(folder, name), 0o755);
	}
	return folder;
}

function run(folder: string, args: readonly string[]) {
	return runProgram(args, { folder, environment: { PATH: folder } });
}
