import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { dpkgEntries } from '../../support/facts/dpkg.ts';
import { parseReport } from '../../support/report.ts';
import { runProgram } from '../run-program.ts';
import { folderOf, imageOf } from './app-images.ts';

const packages = dpkgEntries({
	perl: {
		version: '5.36',
		files: { 'usr/bin/perl': 'p'.repeat(40_000), 'usr/share/doc/perl': 'd'.repeat(5000) },
	},
	sed: { version: '4.9', files: { 'usr/bin/sed': 's'.repeat(9000) } },
});

const image = imageOf([
	['ADD os', [file('etc/os-release', 'ID=debian\n'), ...packages]],
	[
		'COPY . /app',
		[file('app/.git/HEAD', 'ref'), file('app/.git/config', 'c'), file('app/main', 'm'), file('gone/.git/x')],
	],
	['RUN rm', [whiteout('gone'), directory('app/')]],
]);

function linesOf(stdout: string, start: RegExp): readonly string[] {
	return stdout.split('\n').filter((line) => start.test(line));
}

async function folderWith(t: TestContext, rules: string): Promise<string> {
	const folder = await folderOf(t, { 'app.tar': image });
	await writeFile(join(folder, 'fathom.yaml'), rules);
	return folder;
}

describe('forbid', () => {
	test('fails for what the final file system has, and names the first paths and how many there are', async (t) => {
		const folder = await folderOf(t, { 'app.tar': image });
		const args = ['ci', 'app.tar', '--forbid', '**/.git', '--forbid', '**/*.pem'];
		const { status, stdout } = await runProgram(args, { folder });
		t.assert.equal(status, 1);
		t.assert.deepEqual(linesOf(stdout, /^ {2}forbid:/), [
			'  forbid: **/.git               3       <= 0  FAIL',
			'  forbid: **/*.pem              0       <= 0  pass',
		]);
		t.assert.match(stdout, /\n\nforbid: \*\*\/\.git {2}3 found, the first:\n {2}4 B {2}\/app\/\.git\/\n\n/);
		t.assert.match(stdout, /\nFAIL: forbid\.\n$/);
	});

	test('does not look at what a layer removed', async (t) => {
		const folder = await folderOf(t, { 'app.tar': image });
		const { status } = await runProgram(['ci', 'app.tar', '--forbid', 'gone'], { folder });
		t.assert.equal(status, 0);
	});

	test('warns, ignores paths and gives a reason as fathom.yaml says', async (t) => {
		const folder = await folderWith(
			t,
			[
				'rules:',
				'  forbid:',
				'    limit:',
				'      - "**/.git/**"',
				'    level: warn',
				'    reason: the history has secrets',
				'    ignore: app/.git/config',
			].join('\n'),
		);
		const { status, stdout } = await runProgram(['ci', 'app.tar'], { folder });
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^ {2}forbid: \*\*\/\.git\/\*\* +2 +<= 0 {2}warn +the history has secrets$/m);
		t.assert.match(stdout, /\nnotice: forbid does not count app\/\.git\/config\.\n/);
		t.assert.match(stdout, /\nPASS: 2 rules hold\. Warnings: forbid\.\n$/);
	});
});

describe('budget', () => {
	test('holds what paths and packages have against what they may have', async (t) => {
		const folder = await folderWith(
			t,
			'rules:\n  budget:\n    /usr/share/doc/**: 4kB\n    pkg:deb/*: 50kB\n    pkg:npm/**: 1MB\n',
		);
		const { status, stdout } = await runProgram(['ci', 'app.tar', '--json', 'app.json'], { folder });
		t.assert.equal(status, 1);
		t.assert.deepEqual(linesOf(stdout, /^ {2}budget/), [
			'  budget: /usr/share/doc/**     5 kB    <= 4 kB  FAIL',
			'  budget: pkg:deb/*            54 kB   <= 50 kB  FAIL',
			'  budget: pkg:npm/**             0 B    <= 1 MB  pass',
		]);
		t.assert.match(
			stdout,
			/\nbudget: pkg:deb\/\* {2}2 found, the largest:\n {2}45 kB {2}deb\/perl 5\.36\n {3}9 kB {2}deb\/sed 4\.9\n/,
		);
		const { verdict } = parseReport(await readFile(join(folder, 'app.json'), 'utf8'));
		const rule = verdict?.rules.find(({ pattern }) => pattern === 'pkg:deb/*');
		t.assert.deepEqual(rule?.findings, [
			{
				what: 'bytes of the final file system that match',
				where: {
					kind: 'pattern',
					pattern: 'pkg:deb/*',
					count: 2,
					examples: [
						{ name: 'deb/perl 5.36', bytes: 45_000 },
						{ name: 'deb/sed 4.9', bytes: 9000 },
					],
				},
				value: 54_000,
				limit: 50_000,
				unit: 'bytes',
				level: 'fail',
			},
		]);
	});

	test('may be a flag, and means a package by its name or its package URL', async (t) => {
		const folder = await folderOf(t, { 'app.tar': image });
		const args = ['--budget', 'pkg:deb/perl=1kB', '--budget', 'pkg:deb/debian/perl=1kB'];
		const { stdout } = await runProgram(['ci', 'app.tar', ...args], { folder });
		t.assert.deepEqual(
			linesOf(stdout, /^ {2}budget/).map((line) => line.trim().split(/ {2,}/).slice(0, 2)),
			[
				['budget: pkg:deb/perl', '45 kB'],
				['budget: pkg:deb/debian/perl', '45 kB'],
			],
		);
	});

	test('does not count what fathom.yaml ignores, also of a package', async (t) => {
		const folder = await folderWith(
			t,
			'rules:\n  budget:\n    limit:\n      pkg:deb/perl: 40kB\n    ignore: [usr/share/doc]\n',
		);
		const { status } = await runProgram(['ci', 'app.tar'], { folder });
		t.assert.equal(status, 0);
	});
});

describe('forbid-secrets', () => {
	const key = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEowIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----\n`;
	const leaking = imageOf([
		['COPY key /root/', [file('root/.ssh/id_rsa', key), file('app/main', 'm')]],
		['RUN rm', [whiteout('root/.ssh/id_rsa')]],
		['COPY testdata', [file('src/testdata/server.key', key)]],
	]);

	async function check(t: TestContext, rules: string, ...args: readonly string[]) {
		const folder = await folderOf(t, { 'app.tar': leaking });
		await writeFile(join(folder, 'fathom.yaml'), rules);
		return runProgram(['ci', 'app.tar', '--lowest-efficiency', 'off', ...args], { folder });
	}

	test('fails for a file that was deleted, says where it is and never what it is, and warns of examples', async (t) => {
		const { status, stdout } = await check(t, '', '--forbid-secrets');
		t.assert.equal(status, 1);
		t.assert.deepEqual(linesOf(stdout, /^ {2}forbid-secrets/), [
			'  forbid-secrets                         1       <= 0  FAIL',
			'  forbid-secrets: likely examples        1       <= 0  warn',
		]);
		t.assert.match(
			stdout,
			/\nforbid-secrets {2}1 found:\n {2}a private key .*, layer 1, removed by layer 2 {2}\/root\/\.ssh\/id_rsa\n/,
		);
		t.assert.match(
			stdout,
			/\nforbid-secrets: likely examples {2}1 found:\n.* {2}\/src\/testdata\/server\.key\n/,
		);
		t.assert.doesNotMatch(stdout, /MIIE/);
	});

	test('does not count what fathom.yaml ignores, which turns it on by saying so', async (t) => {
		const rules = 'rules:\n  forbid-secrets:\n    ignore: [root/.ssh, "**/testdata"]\n';
		const { status, stdout } = await check(t, rules, '--highest-wasted-percent', 'off');
		t.assert.equal(status, 0);
		t.assert.match(stdout, /^ {2}forbid-secrets +0 +<= 0 {2}pass$/m);
	});

	test('is turned off by a flag', async (t) => {
		const { stdout } = await check(t, 'rules: {forbid-secrets: true}\n', '--no-forbid-secrets');
		t.assert.doesNotMatch(stdout, /^ {2}forbid-secrets/m);
	});
});

describe('what a rule costs', () => {
	/** Large enough to be worth caching. */
	const large = imageOf([['ADD os', [file('blob', randomBytes(12_000_000)), ...packages]]]);

	/** What was read of contents is in the cache. */
	async function hasReadContents(t: TestContext, args: readonly string[]): Promise<boolean> {
		const folder = await folderOf(t, { 'app.tar': large }, 'gzip');
		const cache = join(folder, 'cache');
		const environment = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: cache };
		await runProgram(['ci', 'app.tar', ...args], { folder, environment });
		t.assert.ok(existsSync(join(cache, 'layers')));
		return existsSync(join(cache, 'facts'));
	}

	test('no contents are read unless a rule is about packages', async (t) => {
		t.assert.equal(await hasReadContents(t, []), false);
		t.assert.equal(await hasReadContents(t, ['--forbid', '**/x', '--budget', '/usr=1MB']), false);
	});

	test('they are read for a rule about packages', async (t) => {
		t.assert.equal(await hasReadContents(t, ['--budget', 'pkg:deb/*=1MB']), true);
	});

	test('what cannot be made out of them is a warning', async (t) => {
		const damaged = imageOf([['ADD os', [file('var/lib/dpkg/status', 'Package\n\n')]]]);
		const folder = await folderOf(t, { 'app.tar': damaged });
		const { stdout } = await runProgram(['ci', 'app.tar', '--budget', 'pkg:deb/*=1MB'], { folder });
		t.assert.match(stdout, /\nwarning: layer 1: .*\/?var\/lib\/dpkg\/status/);
	});

	test('they are read as an image streams', async (t) => {
		const folder = await folderOf(t, { 'app.tar': image });
		const input = await readFile(join(folder, 'app.tar'));
		const { stdout } = await runProgram(['ci', '-', '--budget', 'pkg:deb/*=1MB'], { folder, input });
		t.assert.match(stdout, /^ {2}budget: pkg:deb\/\* +54 kB +<= 1 MB {2}pass$/m);
	});
});

describe('a limit that cannot be', () => {
	const cases = [
		[
			'  forbid: 3\n',
			/^fathom: fathom\.yaml:2: rules\.forbid: expected globs of paths such as \*\*\/\.git, or off, got 3\.\n/,
		],
		[
			'  forbid:\n    - ok\n    - "a[b"\n',
			/rules\.forbid: expected globs of paths such as \*\*\/\.git, or off \(a \[ has no \]\), got a list\.\n/,
		],
		[
			'  budget: 20MB\n',
			/rules\.budget: expected sizes of paths or packages such as \/usr\/share\/doc=1MB or pkg:npm/,
		],
		['  budget: {/usr: much}\n', /rules\.budget: expected sizes of paths or packages/],
		['  budget: {pkg:nmp/x: 1MB}\n', /\(behind pkg: is a type of packages and a slash; types are deb, apk, /],
	] as const;
	for (const [rules, message] of cases) {
		test(JSON.stringify(rules), async (t) => {
			const folder = await folderWith(t, `rules:\n${rules}`);
			const { status, stderr } = await runProgram(['ci', 'app.tar'], { folder });
			t.assert.equal(status, 2);
			t.assert.match(stderr, message);
		});
	}
});
