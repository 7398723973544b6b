import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../source/errors.ts';
import { escapeForTerminal } from '../../source/text/escape.ts';
import { runProgram } from '../cli/run-program.ts';
import {
	type BadArchives,
	badDocuments,
	cutArchives,
	damagedArchives,
	hostileArchives,
	lyingArchives,
	noImages,
} from '../support/bad-archives.ts';
import { fromStream } from '../support/load-layers.ts';
import { rawControls } from '../support/raw-controls.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const archives: Readonly<Record<string, BadArchives>> = {
	'what is no image': noImages,
	'what ends early': cutArchives,
	'what is damaged': damagedArchives,
	'what does not hold what it says': lyingArchives,
	'JSON that is none': badDocuments,
	'names that are hostile': hostileArchives,
};

/** Everything that the program said, for people to read. */
const transcript: string[] = [];

/** Runs `fathom report` on something bad in a folder, and holds what goes for all that is bad. */
async function refuse(t: TestContext, reference: string, folder: string): Promise<void> {
	const before = await readdir(folder);
	const args = ['report', reference, '--output', 'report.json', '--json', 'other.json'];
	const { status, stdout, stderr } = await runProgram(args, { folder });
	transcript.push(`$ fathom report ${reference}\n${stderr}exit ${status}\n`);
	t.assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
	t.assert.match(stderr, /^fathom: [^\n]+\.\ntry: [^\n]+\n$/);
	t.assert.doesNotMatch(stderr, /bug/);
	t.assert.doesNotMatch(stderr, rawControls);
	t.assert.deepEqual(await readdir(folder), before);
}

describe('a reference that cannot be opened', () => {
	test('no such file', async (t) => {
		await refuse(t, 'gone.tar', await temporaryFolder(t));
	});

	test('a file in a file', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'file'), '');
		await refuse(t, 'file/image.tar', folder);
	});

	test('a name that is too long for any file', async (t) => {
		await refuse(t, 'n'.repeat(300), await temporaryFolder(t));
	});

	test('a folder that is no layout', async (t) => {
		const folder = await temporaryFolder(t);
		await mkdir(join(folder, 'folder'));
		await refuse(t, 'folder', folder);
	});

	test('a layout without an index', async (t) => {
		const folder = await temporaryFolder(t);
		await mkdir(join(folder, 'layout'));
		await writeFile(join(folder, 'layout/oci-layout'), '{"imageLayoutVersion": "1.0.0"}');
		await refuse(t, 'layout', folder);
	});

	test('a circle of symbolic links', async (t) => {
		const folder = await temporaryFolder(t);
		await symlink('one.tar', join(folder, 'other.tar'));
		await symlink('other.tar', join(folder, 'one.tar'));
		await refuse(t, 'one.tar', folder);
	});

	test('a socket', async (t) => {
		const folder = await temporaryFolder(t);
		const server = createServer().listen(join(folder, 'socket'));
		t.after(() => server.close());
		await refuse(t, 'socket', folder);
	});
});

for (const [group, members] of Object.entries(archives)) {
	describe(group, () => {
		for (const [name, bytes] of Object.entries(members)) {
			const reference = `${name.replaceAll(' ', '-')}.tar`;

			test(name, async (t) => {
				const folder = await temporaryFolder(t);
				await writeFile(join(folder, reference), bytes);
				await refuse(t, reference, folder);
			});

			test(`${name}: the same words when it comes by standard input`, async (t) => {
				const said = transcript.findLast((text) => text.startsWith(`$ fathom report ${reference}\n`));
				const wanted = said?.split('\n')[1].replace(`fathom: ${reference}`, 'standard input');
				const told: unknown = await fromStream(bytes).catch((error: unknown) => error);
				t.assert.equal(escapeForTerminal(messageOf(told)), wanted);
			});
		}
	});
}

describe('--verbose', () => {
	test('adds the cause, down to what the decoder said', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'cut.tar.gz'), cutArchives['a gzip that ends early']);
		const brief = await runProgram(['report', 'cut.tar.gz'], { folder });
		const verbose = await runProgram(['report', 'cut.tar.gz', '--verbose'], { folder });
		t.assert.equal(verbose.status, 2);
		t.assert.equal(verbose.stderr.slice(0, brief.stderr.length), brief.stderr);
		const causes = verbose.stderr.match(/^(?:caused by )?\w+: .*$/gm)?.slice(2);
		t.assert.deepEqual(causes, [
			'FathomError: cut.tar.gz: the gzip data ends too early, at byte 5000.',
			'caused by TarError: the gzip data ends too early, at byte 5000',
			'caused by Error: unexpected end of file',
		]);
	});

	test('adds what the system said', async (t) => {
		const { stderr } = await runProgram(['ci', 'gone.tar', '--verbose'], {
			folder: await temporaryFolder(t),
		});
		t.assert.match(stderr, /^caused by Error: ENOENT: no such file or directory, stat 'gone.tar'$/m);
	});
});

test('all of it reads well (snapshots/cli/bad-input.txt)', (t) => {
	const path = fileURLToPath(new URL('../../snapshots/cli/bad-input.txt', import.meta.url));
	t.assert.fileSnapshot(transcript.join('\n'), path, { serializers: [String] });
});
