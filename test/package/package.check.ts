import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInTerminal } from '../tui/support/terminal.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };

/** The Node of the machine, which is not the one that npm scripts run on; null when it is new enough for fathom. */
const oldNode = findOldNode();

describe('the package, installed from its tarball in an empty folder', () => {
	const folder = mkdtempSync(join(tmpdir(), 'fathom-package-'));
	const installed = join(folder, 'node_modules', 'fathom');
	const bin = join(folder, 'node_modules', '.bin', 'fathom');
	const sample = join(installed, 'sample', 'image.tar');
	let packed: readonly string[] = [];

	before(() => {
		const pack = npm(['pack', '--json', '--pack-destination', folder], repository);
		const [{ filename, files }] = parsePacked(pack.stdout);
		packed = files.map(({ path }) => path);
		npm(['install', '--no-audit', '--no-fund', '--prefix', folder, join(folder, filename)], folder);
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	test('holds the program, the schema, the sample and nothing else', (t) => {
		const places = packed.map((path) => (path.startsWith('sample/') ? path : path.split('/')[0]));
		t.assert.deepEqual(
			[...new Set(places)].sort(),
			['LICENSE', 'README.md', 'distribution', 'package.json', 'sample/image.tar', 'schema'].sort(),
		);
	});

	test('brings no other package with it', (t) => {
		const folders = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
		t.assert.deepEqual(folders, ['fathom']);
	});

	test('has the licence of every package that is part of it', (t) => {
		const programs = packed.filter((path) => path.endsWith('.js'));
		const modules = programs.flatMap(
			(path) => readFileSync(join(installed, path), 'utf8').match(/^\/\/ node_modules\/.*$/gm) ?? [],
		);
		const bundled = new Set(
			modules.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path),
		);
		const licences = readFileSync(join(installed, 'distribution', 'third-party-licences.txt'), 'utf8');
		t.assert.equal(bundled.has('react'), true);
		t.assert.deepEqual(
			[...bundled].filter((name) => !licences.includes(`\n${name} `) && !licences.startsWith(`${name} `)),
			[],
		);
	});

	test('fathom demo opens the explorer, takes keys, and gives the terminal back', async (t) => {
		const terminal = startInTerminal(t, {
			program: bin,
			arguments: ['demo'],
			size: { columns: 80, rows: 24 },
		});
		const hasRow = (pattern: RegExp) => (screen: readonly string[]) =>
			screen.some((row) => pattern.test(row));
		await terminal.until(hasRow(/^›A █+ 18\.4 kB .* ▸ bin\/ /));
		terminal.press('j');
		await terminal.until(hasRow(/^ A .* 26\.6 kB .* -rwxr-xr-x .* node +│$/));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		t.assert.deepEqual([terminal.isAlternate(), terminal.isCursorHidden()], [false, false]);
	});

	test('fathom --version prints the version', (t) => {
		const { status, stdout, stderr } = run(process.execPath, [bin, '--version'], folder);
		t.assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: `${version}\n`, stderr: '' });
	});

	test('fathom ci judges the sample, which wastes too much on purpose', (t) => {
		const { status, stdout, stderr } = run(process.execPath, [bin, 'ci', sample], folder);
		t.assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
		const rules = ['lowest-efficiency', 'highest-wasted-bytes', 'highest-wasted-percent'];
		t.assert.deepEqual(
			rules.filter((rule) => stdout.includes(rule)),
			rules,
		);
	});

	for (const words of [
		['report', sample, '--format', 'json'],
		['report', sample, '--format', 'text'],
		['ci', sample, '--json', join(folder, 'report.json')],
		[sample],
		['cache'],
		['build', '--help'],
	]) {
		const shown = words.map((word) => word.replace(sample, 'sample').replace(`${folder}/`, '')).join(' ');
		test(`fathom ${shown} says what it says when it is run from its source`, (t) => {
			const options = { cwd: folder, encoding: 'utf8' } as const;
			const built = spawnSync(process.execPath, [bin, ...words], options);
			const source = spawnSync(process.execPath, [join(repository, 'source', 'cli.ts'), ...words], options);
			t.assert.equal(built.stderr, '');
			t.assert.notEqual(built.stdout, '');
			t.assert.deepEqual([built.status, built.stdout], [source.status, source.stdout]);
		});
	}

	if (oldNode !== null) {
		test('a Node that is too old is told so in one line', (t) => {
			const { status, stdout, stderr } = run(oldNode, [bin, '--version'], folder);
			t.assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
			t.assert.match(stderr, /^[^\n]*22\.15[^\n]*\n$/);
		});
	}
});

function run(command: string, options: readonly string[], cwd: string): SpawnSyncReturns<string> {
	return spawnSync(command, options, { cwd, encoding: 'utf8' });
}

function npm(options: readonly string[], cwd: string): SpawnSyncReturns<string> {
	const result = run('npm', options, cwd);
	if (result.status !== 0) throw new Error(`npm ${options[0]} failed: ${result.stderr}`);
	return result;
}

/** npm prints an array, or in newer versions an object by package name; lines of scripts that it ran may come before it. */
function parsePacked(output: string): readonly { filename: string; files: readonly { path: string }[] }[] {
	const parsed = JSON.parse(output.slice(output.search(/^[[{]\s*$/m)));
	return Array.isArray(parsed) ? parsed : Object.values(parsed);
}

function findOldNode(): string | null {
	const folders = (process.env.PATH ?? '')
		.split(delimiter)
		.filter((folder) => !folder.includes('node_modules'));
	for (const folder of folders) {
		const candidate = join(folder, 'node');
		const { status, stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
		if (status !== 0) continue;
		const [major, minor] = stdout.slice(1).split('.').map(Number);
		return major < 22 || (major === 22 && minor < 15) ? candidate : null;
	}
	return null;
}
