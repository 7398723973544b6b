import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.ts';

const image = fileURLToPath(new URL('../image/data/buildkit/provenance-v1.tar', import.meta.url));
const own = fileURLToPath(new URL('../image/data/buildkit/Dockerfile', import.meta.url));

async function noticesWith(t: TestContext, path: string, ...more: readonly string[]) {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	t.after(() => rm(folder, { recursive: true }));
	await writeFile(join(folder, 'Other'), 'FROM debian\nRUN apt-get update\n');
	const { stdout, stderr, status } = await runProgram(
		['report', image, '--format', 'json', '--file', path, ...more],
		{ folder },
	);
	return { stderr, status, notices: stdout === '' ? null : JSON.parse(stdout).notices };
}

describe('--file', () => {
	test('says nothing of a Dockerfile that the image was built from', async (t) => {
		t.assert.deepEqual((await noticesWith(t, own)).notices, []);
	});

	test('says that a Dockerfile, or a stage, is of another image', async (t) => {
		const [other] = (await noticesWith(t, 'Other')).notices;
		t.assert.equal(other.message, 'Other: it does not fit the history of the image: no lines are named.');
		const [stage] = (await noticesWith(t, own, '--target', 'none')).notices;
		t.assert.equal(stage.message, 'Dockerfile: it has no such stage: no lines are named.');
	});

	test('says in a line why a file cannot be read', async (t) => {
		const absent = await noticesWith(t, 'absent');
		t.assert.equal(absent.status, 2);
		t.assert.match(
			absent.stderr,
			/^fathom: --file absent: there is no such file\.\ntry: Name the Dockerfile/,
		);
		t.assert.match((await noticesWith(t, '.')).stderr, /^fathom: --file \.: it is not a regular file\./);
	});
});
