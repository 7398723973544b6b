import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { startEarlyWorker } from '../../source/commands/early-worker.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function fileOf(t: TestContext, bytes: number): Promise<string> {
	const path = join(await temporaryFolder(t), 'image.tar');
	writeFileSync(path, '');
	truncateSync(path, bytes);
	return path;
}

describe('a worker that is started before the command is loaded', () => {
	for (const command of ['ci', 'report'] as const)
		test(`is there for fathom ${command} on a large archive`, async (t) => {
			const worker = startEarlyWorker(command, await fileOf(t, 100_000_000), 2);
			t.assert.notEqual(worker, null);
			await worker?.terminate();
		});

	test('is not there where the program has only one core', async (t) => {
		t.assert.equal(startEarlyWorker('report', await fileOf(t, 100_000_000), 1), null);
	});

	test('is not there for an archive that is read in no time', async (t) => {
		t.assert.equal(startEarlyWorker('report', await fileOf(t, 1_000_000), 2), null);
	});

	test('is not there for what is no file', async (t) => {
		t.assert.equal(startEarlyWorker('report', await temporaryFolder(t), 2), null);
		t.assert.equal(startEarlyWorker('report', 'nginx:latest', 2), null);
	});

	test('is not there for the explorer, which shows the lowest layer first', async (t) => {
		t.assert.equal(startEarlyWorker('explore', await fileOf(t, 100_000_000), 2), null);
	});
});
