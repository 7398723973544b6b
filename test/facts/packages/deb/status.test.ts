import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dpkgStatusReader } from '../../../../source/facts/packages/deb/status.ts';
import { factData, factOf, packagesOf, problemOf } from '../../../support/facts/facts.ts';

const path = 'var/lib/dpkg/status';
const read = (content: Uint8Array | string, pieceBytes?: number) =>
	packagesOf(dpkgStatusReader, { path, content, ...(pieceBytes && { pieceBytes }) });

describe('the packages of a Debian image', () => {
	const packages = read(factData('deb/status'));
	const named = (name: string) => packages.find((one) => one.name === name);

	test('have names, versions and architectures', () => {
		assert.deepEqual(
			packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`),
			[
				'base-files 12.4+deb12u15 amd64',
				'dpkg 1.21.23 amd64',
				'libc6 2.36-9+deb12u14 amd64',
				'libgcc-s1 12.2.0-14+deb12u1 amd64',
				'libpam-modules 1.5.2-6+deb12u2 amd64',
				'mawk 1.3.4.20200120-3.1 amd64',
				'perl-base 5.36.0-7+deb12u3 amd64',
			],
		);
	});

	test('need others by name, with alternatives, and not what is merely recommended', () => {
		assert.deepEqual(named('base-files')?.dependsOn, [['awk']]);
		assert.deepEqual(named('libc6')?.dependsOn, [['libgcc-s1']]);
		assert.deepEqual(named('libpam-modules')?.dependsOn, [
			['libaudit1'],
			['libc6'],
			['libcrypt1'],
			['libdb5.3'],
			['libpam0g'],
			['libselinux1'],
			['debconf', 'debconf-2.0'],
			['libpam-modules-bin'],
		]);
	});

	test('have other names and sources', () => {
		assert.deepEqual(named('mawk')?.provides, ['awk']);
		assert.equal(named('mawk')?.source, null);
		assert.equal(named('libc6')?.source, 'glibc');
		assert.equal(named('libgcc-s1')?.source, 'gcc-12');
	});

	test('have their paths in a list by name, or by name and architecture', () => {
		assert.deepEqual(named('mawk')?.claim, { kind: 'listed', names: ['mawk'], folder: null });
		assert.deepEqual(named('libc6')?.claim, {
			kind: 'listed',
			names: ['libc6:amd64', 'libc6'],
			folder: null,
		});
	});

	test('are the same however the bytes come', () => {
		for (const pieceBytes of [1, 7, 1000])
			assert.deepEqual(read(factData('deb/status'), pieceBytes), packages);
	});
});

describe('a package counts', () => {
	const states = {
		'install ok installed': true,
		'hold ok installed': true,
		'install reinstreq half-installed': true,
		'install ok unpacked': true,
		'install ok half-configured': true,
		'install ok triggers-awaited': true,
		'install ok triggers-pending': true,
		'deinstall ok config-files': false,
		'purge ok not-installed': false,
	};
	for (const [state, counts] of Object.entries(states)) {
		test(`${counts ? 'with' : 'not with'} the status ${state}`, () => {
			const found = read(`Package: a\nStatus: ${state}\nVersion: 1\nArchitecture: all\n`);
			assert.equal(found.length, counts ? 1 : 0);
		});
	}
});

test('versions, architectures, profiles and repetitions are left out of dependencies', () => {
	const [one] = read(
		'Package: a\nStatus: install ok installed\nVersion: 1\nPre-Depends: p (>= 1)\n' +
			'DEPENDS: b:any (>= 1), b:any (<< 2),\n c [amd64] <!nocheck> | d(=1),, p\nProvides: v (= 1), w\n' +
			'Source: s (2)\nRecommends: r\n',
	);
	assert.deepEqual(one.dependsOn, [['p'], ['b'], ['c', 'd']]);
	assert.deepEqual(one.provides, ['v', 'w']);
	assert.equal(one.source, 's');
});

describe('a damaged database', () => {
	const damages: Readonly<Record<string, readonly [content: string, message: RegExp]>> = {
		'with a line that is no field': ['Package: a\nnonsense\n', /^line 2: it is not a field/],
		'that begins with a continuation': [' a\n', /^line 1: it is not a field/],
		'with a field without a name': ['Package: a\n: b\n', /^line 2/],
		'with a package without a name': [
			'Status: install ok installed\nVersion: 1\n\n',
			/^line 3: .* no Package$/,
		],
		'with a name of megabytes': [
			`Package: ${'a'.repeat(9000)}\nStatus: install ok installed\n\n`,
			/^line 3: /,
		],
		'with a field that never ends': [
			`Depends: a\n${' b\n'.repeat(1_000_000)}`,
			/^line \d+: a paragraph of more/,
		],
		'with too many dependencies': [
			`Package: a\nStatus: install ok installed\nDepends: ${'b,'.repeat(30_000)}\n\n`,
			/more than 20000 relations/,
		],
		'with too many alternatives': [
			`Package: a\nStatus: install ok installed\nDepends: ${'b|c|d|e,'.repeat(15_000)}\n\n`,
			/more than 20000 relations/,
		],
	};
	for (const [what, [content, message]] of Object.entries(damages))
		test(`${what} is without the damaged package alone`, () => {
			const damaged = `Package: before\nStatus: install ok installed\n\n${content}`;
			assert.match(problemOf(dpkgStatusReader, { path, content }) ?? '', message);
			assert.deepEqual(
				read(`${damaged}\n\nPackage: behind\nStatus: install ok installed\n\n`).map(({ name }) => name),
				['before', 'behind'],
			);
			assert.deepEqual(
				read(damaged).map(({ name }) => name),
				['before'],
			);
		});

	test('with a line of more than a megabyte is without that package, and the rest of it is no other', () => {
		const content = `Package: a\nStatus: install ok installed\nDepends: ${'b, '.repeat(400_000)}\n c\nVersion: 1\n\nPackage: d\nStatus: install ok installed\n`;
		for (const pieceBytes of [65_536, 3_000_000])
			assert.deepEqual(
				read(content, pieceBytes).map(({ name }) => name),
				['d'],
			);
		assert.equal(problemOf(dpkgStatusReader, { path, content }), 'line 3: more than 1048576 bytes');
	});

	test('that ends inside a line is without that line, and says so', () => {
		const content = 'Package: a\nStatus: install ok installed\nVersion: 12.2';
		assert.deepEqual(
			read(content).map(({ name, version }) => [name, version]),
			[['a', '']],
		);
		assert.equal(problemOf(dpkgStatusReader, { path, content }), 'line 3: the file ends inside it');
	});

	test('that ends behind a line of a package keeps what that says, and says so', () => {
		const cuts: Readonly<Record<string, readonly [packages: readonly string[], problem: string | null]>> = {
			'Package: a\n': [[], 'line 2: the file ends in a package without its status'],
			'Package: a\nStatus: install ok installed\n': [
				['a '],
				'line 3: the file ends in a package without its architecture',
			],
			'Package: a\nStatus: install ok installed\nArchitecture: all\n': [
				['a '],
				'line 4: the file ends in a package without its version',
			],
			'Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n': [['a 1'], null],
			'Package: a\nStatus: deinstall ok config-files\n': [[], null],
		};
		for (const [content, [packages, problem]] of Object.entries(cuts)) {
			assert.deepEqual(
				read(content).map(({ name, version }) => `${name} ${version}`),
				packages,
			);
			assert.equal(problemOf(dpkgStatusReader, { path, content }), problem);
			assert.equal(problemOf(dpkgStatusReader, { path, content: `${content}\n` }), null);
		}
	});

	test('with damage all over is not read to its end', () => {
		const problem = problemOf(dpkgStatusReader, { path, content: 'x\n\n'.repeat(1_000_000) });
		assert.equal(problem, 'line 1: it is not a field with a name and a value (and 99 more)');
	});
});

test('only the database of the image itself is read', () => {
	for (const other of ['opt/root/var/lib/dpkg/status', 'var/lib/dpkg/status-old', 'var/lib/dpkg/available'])
		assert.equal(factOf(dpkgStatusReader, { path: other, content: '' }), undefined);
});
