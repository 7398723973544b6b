import {
	chmod,
	mkdir,
	readdir,
	readFile,
	readlink,
	stat,
	symlink,
	utimes,
	writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
	checkOutputFile,
	removeUnfinishedFiles,
	writeOutputFile,
} from '../../source/commands/output/output-file.ts';
import { FathomError } from '../../source/errors.ts';
import type { ByteSink } from '../../source/report/byte-stream.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();

const writing = (text: string) => (sink: ByteSink) => sink.write(Buffer.from(text));

describe('a file that is written', () => {
	test('holds all of it, and nothing else is left in the folder', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'report.json');
		await writeOutputFile({
			path,
			signal,
			write: async (sink) => {
				for (let part = 0; part < 100; part++) await sink.write(Buffer.from(`${part}\n`));
			},
		});
		t.assert.equal((await readFile(path, 'utf8')).split('\n').length, 101);
		t.assert.deepEqual(await readdir(folder), ['report.json']);
	});

	test('is the old one until the new one is complete', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'report.json');
		await writeFile(path, 'old');
		await writeOutputFile({
			path,
			signal,
			write: async (sink) => {
				await sink.write(Buffer.from('new'));
				t.assert.equal(await readFile(path, 'utf8'), 'old');
			},
		});
		t.assert.equal(await readFile(path, 'utf8'), 'new');
	});

	test('keeps the permissions of the file that it replaces', async (t) => {
		const path = join(await temporaryFolder(t), 'report.json');
		await writeFile(path, 'old');
		await chmod(path, 0o600);
		await writeOutputFile({ path, signal, write: writing('new') });
		t.assert.equal((await stat(path)).mode & 0o777, 0o600);
	});

	test('is written through a symlink, which stays', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'target.json'), 'old');
		await symlink('target.json', join(folder, 'link.json'));
		await writeOutputFile({ path: join(folder, 'link.json'), signal, write: writing('new') });
		t.assert.equal(await readlink(join(folder, 'link.json')), 'target.json');
		t.assert.equal(await readFile(join(folder, 'target.json'), 'utf8'), 'new');
	});

	test('is made where a symlink leads to nothing yet, and the symlink stays', async (t) => {
		const folder = await temporaryFolder(t);
		await mkdir(join(folder, 'reports'));
		await symlink('second.json', join(folder, 'first.json'));
		await symlink('reports/report.json', join(folder, 'second.json'));
		const path = join(folder, 'first.json');
		await checkOutputFile(path);
		await writeOutputFile({ path, signal, write: writing('new') });
		t.assert.deepEqual((await readdir(folder)).sort(), ['first.json', 'reports', 'second.json']);
		t.assert.equal(await readFile(join(folder, 'reports', 'report.json'), 'utf8'), 'new');
		t.assert.equal(await readlink(path), 'second.json');
	});

	test('takes with it what a run that was killed has left of it an hour ago', async (t) => {
		const folder = await temporaryFolder(t);
		const left = {
			'.report.json.0123456789ab.tmp': 61,
			'.report.json.ba9876543210.tmp': 59,
			'.other.json.0123456789ab.tmp': 61,
			'.report.json.notes.tmp': 61,
		};
		for (const [name, minutesAgo] of Object.entries(left)) {
			await writeFile(join(folder, name), 'half');
			await utimes(join(folder, name), new Date(), Date.now() / 1000 - minutesAgo * 60);
		}
		await writeOutputFile({ path: join(folder, 'report.json'), signal, write: writing('new') });
		t.assert.deepEqual((await readdir(folder)).sort(), [
			'.other.json.0123456789ab.tmp',
			'.report.json.ba9876543210.tmp',
			'.report.json.notes.tmp',
			'report.json',
		]);
	});

	test('may be a device, which stays one', async (t) => {
		await writeOutputFile({ path: '/dev/null', signal, write: writing('anything') });
		t.assert.equal((await stat('/dev/null')).isCharacterDevice(), true);
	});
});

describe('a file that cannot be finished', () => {
	test('leaves the old one and nothing else, when writing fails', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'report.json');
		await writeFile(path, 'old');
		const failing = writeOutputFile({
			path,
			signal,
			write: async (sink) => {
				await sink.write(Buffer.from('half'));
				throw new Error('the image went away');
			},
		});
		await t.assert.rejects(failing, /the image went away/);
		t.assert.deepEqual([await readdir(folder), await readFile(path, 'utf8')], [['report.json'], 'old']);
	});

	test('leaves nothing, when the user interrupts', async (t) => {
		const folder = await temporaryFolder(t);
		const controller = new AbortController();
		const endless = writeOutputFile({
			path: join(folder, 'report.json'),
			signal: controller.signal,
			write: async (sink) => {
				for (;;) {
					await sink.write(Buffer.from('row\n'));
					controller.abort();
				}
			},
		});
		await t.assert.rejects(endless, (error) => error instanceof FathomError && error.code === 'interrupted');
		t.assert.deepEqual(await readdir(folder), []);
	});

	test('leaves nothing, when the process has to end at once', async (t) => {
		const folder = await temporaryFolder(t);
		const waiting = writeOutputFile({
			path: join(folder, 'report.json'),
			signal,
			write: async (sink) => {
				await sink.write(Buffer.from('half'));
				removeUnfinishedFiles();
				await delay(1);
				t.assert.deepEqual(await readdir(folder), []);
				throw new Error('ended');
			},
		});
		await t.assert.rejects(waiting, /ended/);
	});
});

describe('a path that cannot be written', () => {
	const refused: readonly (readonly [string, string, string])[] = [
		['in a folder that is not there', 'gone/report.json', 'there is no such folder'],
		['below a file', 'file/report.json', 'there is no such folder'],
		['that is a symlink to nowhere', 'dangling', 'there is no such folder'],
		['that is a symlink to itself', 'loop', 'its symbolic links lead in a circle'],
		['that is a folder', 'folder', 'it is a folder'],
		['with a name that is too long', 'n'.repeat(300), 'the name is too long'],
	];
	for (const [what, name, reason] of refused) {
		test(what, async (t) => {
			const folder = await temporaryFolder(t);
			await mkdir(join(folder, 'folder'));
			await writeFile(join(folder, 'file'), '');
			await symlink('gone/report.json', join(folder, 'dangling'));
			await symlink('loop', join(folder, 'loop'));
			const path = join(folder, name);
			const expected = {
				name: 'FathomError',
				code: 'output',
				message: `${path} cannot be written: ${reason}.`,
			};
			await t.assert.rejects(checkOutputFile(path), expected);
			await t.assert.rejects(writeOutputFile({ path, signal, write: writing('x') }), expected);
		});
	}

	test('on a device that is full', async (t) => {
		await t.assert.rejects(writeOutputFile({ path: '/dev/full', signal, write: writing('x') }), {
			code: 'output',
			message: '/dev/full cannot be written: no space is left on the device.',
		});
	});
});
