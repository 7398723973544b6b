import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { archiveWithoutForeignLayer } from '../support/images/foreign-image.ts';
import { parseReport } from '../support/report.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runProgram, samplePath } from './run-program.ts';

const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

const lenient = ['--lowest-efficiency', '50%', '--highest-wasted-percent', 'off'];

describe('fathom', () => {
	test('--version prints the version', async (t) => {
		t.assert.deepEqual(await runProgram(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
	});

	test('--help prints the help', async (t) => {
		const { status, stdout, stderr } = await runProgram(['--help']);
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.match(stdout, /^Usage$/m);
	});

	test('ci --help prints the help of ci', async (t) => {
		t.assert.match((await runProgram(['ci', '--help'])).stdout, /--highest-wasted-percent/);
	});

	test('IMAGE prints the summary where there is no terminal', async (t) => {
		const { status, stdout, stderr } = await runProgram([samplePath]);
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.match(stdout, /^orders:1\.8\.2\n/);
		t.assert.match(stdout, /^Most wasteful paths$/m);
	});

	test('demo prints the summary of the sample image, from any folder', async (t) => {
		const { status, stdout } = await runProgram(['demo'], { folder: await temporaryFolder(t) });
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^orders:1\.8\.2\n/);
	});
});

describe('fathom ci', () => {
	test('exits with 1 when a rule fails', async (t) => {
		const { status, stdout, stderr } = await runProgram(['ci', 'image.tar'], {
			folder: join(samplePath, '..'),
		});
		t.assert.deepEqual([status, stderr], [1, '']);
		const path = fileURLToPath(new URL('../../snapshots/cli/ci-sample.txt', import.meta.url));
		t.assert.fileSnapshot(stdout, path, { serializers: [String] });
	});

	test('exits with 0 when all rules hold', async (t) => {
		const { status, stdout } = await runProgram(['ci', samplePath, ...lenient]);
		t.assert.equal(status, 0);
		t.assert.match(stdout, /\nPASS: 1 rule holds\.\n$/);
	});

	test('does not judge an image without a layer that is kept elsewhere, unless it is told to', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'app.tar'), archiveWithoutForeignLayer());
		const refused = await runProgram(['ci', 'app.tar'], { folder });
		t.assert.deepEqual(refused, {
			status: 2,
			stdout: '',
			stderr:
				'fathom: app.tar: layer 1 is kept elsewhere by design and is not here, so the image cannot be checked.\n' +
				'try: --allow-missing-layers checks the image without it.\n',
		});
		const environment = { CI: 'true' };
		const unwatched = await runProgram(['app.tar'], { folder, environment });
		t.assert.deepEqual([unwatched.status, unwatched.stderr], [2, refused.stderr]);
		const { status, stdout } = await runProgram(['ci', 'app.tar', '--allow-missing-layers'], { folder });
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^app:1 \(app\.tar\) without layer 1$/m);
	});

	test('exits with 2 when there is nothing to judge', async (t) => {
		t.assert.deepEqual(await runProgram(['ci', 'gone.tar']), {
			status: 2,
			stdout: '',
			stderr:
				'fathom: gone.tar: there is no such file or folder.\ntry: Check the path; fathom reads image archives and OCI layout folders.\n',
		});
	});

	test('judges an image that comes by standard input', async (t) => {
		const { status, stdout } = await runProgram(['ci', '-', ...lenient], {
			input: await readFile(samplePath),
		});
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^orders:1\.8\.2 \(-\)\n/);
	});

	test('takes its limits from the fathom.yaml of the folder and from the environment', async (t) => {
		const folder = await temporaryFolder(t);
		await writeFile(join(folder, 'fathom.yaml'), 'rules:\n  lowest-efficiency: 10%\n');
		const { status } = await runProgram(['ci', samplePath], {
			folder,
			environment: { FATHOM_HIGHEST_WASTED_PERCENT: '99%' },
		});
		t.assert.equal(status, 0);
	});

	test('writes the JSON report beside the verdict', async (t) => {
		const folder = await temporaryFolder(t);
		const { status, stdout } = await runProgram(['ci', samplePath, '--json', 'report.json'], { folder });
		t.assert.equal(status, 1);
		t.assert.match(stdout, /\nFAIL: lowest-efficiency, highest-wasted-percent\.\n$/);
		t.assert.equal(parseReport(await readFile(join(folder, 'report.json'), 'utf8')).layers.length, 11);
		t.assert.deepEqual(await readdir(folder), ['report.json']);
	});
});

describe('fathom report', () => {
	test('writes JSON to standard output', async (t) => {
		const { status, stdout, stderr } = await runProgram(['report', samplePath]);
		t.assert.deepEqual([status, stderr], [0, '']);
		t.assert.equal(parseReport(stdout).generator.version, version);
	});

	test('writes the same JSON to the file that --output names', async (t) => {
		const folder = await temporaryFolder(t);
		const { stdout } = await runProgram(['report', samplePath]);
		const outcome = await runProgram(['report', samplePath, '--output', 'report.json'], { folder });
		t.assert.deepEqual(outcome, { status: 0, stdout: '', stderr: '' });
		t.assert.equal(await readFile(join(folder, 'report.json'), 'utf8'), stdout);
		t.assert.deepEqual(await readdir(folder), ['report.json']);
	});

	test('writes text, and JSON beside it', async (t) => {
		const folder = await temporaryFolder(t);
		const args = ['report', samplePath, '--format', 'text', '--json', 'report.json'];
		const { stdout } = await runProgram(args, { folder });
		t.assert.match(stdout, /^orders:1\.8\.2\n/);
		t.assert.equal(parseReport(await readFile(join(folder, 'report.json'), 'utf8')).layers.length, 11);
	});
});

describe('no image', () => {
	test('is exit 2 where nobody can choose one, with the help on standard output', async (t) => {
		const [{ status, stdout, stderr }, help] = await Promise.all([runProgram([]), runProgram(['--help'])]);
		t.assert.equal(status, 2);
		t.assert.equal(stdout, help.stdout);
		t.assert.match(stderr, /^fathom: No image was named\.\ntry: fathom IMAGE/);
	});
});

describe('what cannot be done', () => {
	const nowhere = [
		'Docker Engine at unix:///nowhere/docker.sock does not answer: there is no such socket',
		'Podman at unix:///nowhere/podman.sock does not answer: there is no such socket',
		'containerd at unix:///nowhere/containerd.sock does not answer: there is no such socket',
		'registry-1.docker.io: the proxy does not answer',
	].join('; ');
	const refused: readonly (readonly [string, readonly string[], string])[] = [
		['an unknown flag', [samplePath, '--imge', 'x'], '--imge: no such flag.\ntry: --image'],
		['a misspelt command', ['reprot'], `reprot was not found: ${nowhere}.\ntry: fathom report`],
		['a word that asks for help', ['help'], `help was not found: ${nowhere}.\ntry: fathom --help`],
		[
			'an image that is nowhere',
			['ci', 'nginx:1.27'],
			`nginx:1.27 was not found: ${nowhere}.\ntry: Check the name`,
		],
		[
			'an engine that does not answer',
			['nginx', '--source', 'docker'],
			'Docker Engine at unix:///nowhere/docker.sock does not answer: there is no such socket.\ntry: ',
		],
		[
			'an image that is called like a source',
			['docker:dind'],
			'Docker Engine at unix:///nowhere/docker.sock does not answer: there is no such socket.\ntry: If you mean the image called docker, use docker:docker:dind or registry:docker:dind.',
		],
		[
			'a source that there is not',
			['nginx', '--source', 'dockr'],
			'--source: expected docker, podman, containerd, registry, archive, oci or container, got "dockr".',
		],
		[
			'a wrong limit',
			['ci', samplePath, '--lowest-efficiency', 'high'],
			'--lowest-efficiency: expected a ratio',
		],
		[
			'a base of more layers than there are',
			['ci', samplePath, '--base', '12'],
			'--base 12: the image has only 11 layers.\ntry: --base with a number from 0 to 11.',
		],
		[
			'an unknown format',
			['report', samplePath, '--format', 'xml'],
			'--format: expected json or text, got "xml".',
		],
		[
			'a wrong setting',
			['ci', samplePath, '--config', 'bad.yaml'],
			'bad.yaml:1: bse: no such setting.\ntry: base',
		],
		[
			'a file in a folder that is not there',
			['ci', samplePath, '--json', 'gone/report.json'],
			'gone/report.json cannot be written: there is no such folder.\ntry: Make the folder first, or name a file in one that is there.',
		],
		['a folder that is no layout', ['folder'], 'folder'],
		['an empty file', ['ci', 'empty'], 'empty'],
		['a text file', ['report', 'bad.yaml'], 'bad.yaml'],
	];
	for (const [what, args, message] of refused) {
		test(`${what}: exit 2, nothing on standard output, and one line that says why`, async (t) => {
			const folder = await temporaryFolder(t);
			await writeFile(join(folder, 'bad.yaml'), 'bse: 1');
			await writeFile(join(folder, 'empty'), '');
			await mkdir(join(folder, 'folder'));
			const { status, stdout, stderr } = await runProgram(args, { folder });
			t.assert.deepEqual([status, stdout], [2, '']);
			t.assert.equal(stderr.startsWith(`fathom: ${message}`), true, stderr);
			t.assert.match(stderr, /^fathom: [^\n]+\n(?:try: [^\n]+\n)?$/);
			t.assert.deepEqual((await readdir(folder)).sort(), ['bad.yaml', 'empty', 'folder']);
		});
	}

	test('shows the cause below with --verbose', async (t) => {
		const { stderr } = await runProgram(['gone.tar', '--verbose']);
		t.assert.match(stderr, /^fathom: gone\.tar: [^\n]+\ntry: [^\n]+\nFathomError: .*\n {4}at /);
		t.assert.match(stderr, /\ncaused by Error: ENOENT/);
	});
});
