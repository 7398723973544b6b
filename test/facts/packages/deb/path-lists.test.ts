import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dpkgDiversionsReader } from '../../../../source/facts/packages/deb/diversions.ts';
import { dpkgPathListReader } from '../../../../source/facts/packages/deb/path-lists.ts';
import { dpkgStatusFolderReader } from '../../../../source/facts/packages/deb/status-folder.ts';
import { factData, factOf, listOf, packagesOf, pathsIn, problemOf } from '../../../support/facts/facts.ts';

describe("dpkg's list of a package", () => {
	const list = listOf(dpkgPathListReader, {
		path: 'var/lib/dpkg/info/libgcc-s1:amd64.list',
		content: factData('deb/libgcc-s1.list'),
	});

	test('has the name that the package means it by', () => {
		assert.equal(list.name, 'libgcc-s1:amd64');
	});

	test('has all paths but the root', () => {
		assert.deepEqual(pathsIn(list.paths), [
			'lib',
			'lib/x86_64-linux-gnu',
			'lib/x86_64-linux-gnu/libgcc_s.so.1',
			'usr',
			'usr/share',
			'usr/share/doc',
			'usr/share/lintian',
			'usr/share/lintian/overrides',
			'usr/share/lintian/overrides/libgcc-s1',
			'usr/share/doc/libgcc-s1',
		]);
	});

	test('keeps the bytes of a name that is not UTF-8', () => {
		const { paths } = listOf(dpkgPathListReader, {
			path: 'var/lib/dpkg/info/x.list',
			content: Buffer.from('/a\xff\xe9 b\n', 'latin1'),
		});
		assert.deepEqual(pathsIn(paths), ['a\xff\xe9 b']);
	});

	test('is without a path that is not absolute, has a zero byte or is too long', () => {
		for (const line of ['usr/x', '', '/a\0b', `/${'a'.repeat(5000)}`, `/${'a'.repeat(2_000_000)}`]) {
			const file = { path: 'var/lib/dpkg/info/x.list', content: `/before\n${line}\n/behind\n` };
			assert.deepEqual(pathsIn(listOf(dpkgPathListReader, file).paths), ['before', 'behind']);
			assert.match(problemOf(dpkgPathListReader, file) ?? '', /^line 2: [^(]*$/);
		}
	});
});

describe('a package of a distroless image', () => {
	const content =
		'Package: libgcc-s1\nSource: gcc-12\nVersion: 12.2.0-14\nArchitecture: amd64\nMulti-Arch: same\nDepends: libc6 (>= 2.35)\n' +
		'Description: GCC support library\n Shared version.\n';

	test('has a file of its own, and its paths in the checksums beside it', () => {
		const [one] = packagesOf(dpkgStatusFolderReader, { path: 'var/lib/dpkg/status.d/libgcc', content });
		assert.deepEqual(one, {
			type: 'deb',
			name: 'libgcc-s1',
			version: '12.2.0-14',
			architecture: 'amd64',
			source: 'gcc-12',
			dependsOn: [['libc6']],
			provides: [],
			claim: { kind: 'listed', names: ['libgcc'], folder: null },
		});
		const list = listOf(dpkgPathListReader, {
			path: 'var/lib/dpkg/status.d/libgcc.md5sums',
			content: factData('deb/libgcc-s1.md5sums'),
		});
		assert.equal(list.name, 'libgcc');
		assert.deepEqual(pathsIn(list.paths), [
			'lib/x86_64-linux-gnu/libgcc_s.so.1',
			'usr/share/lintian/overrides/libgcc-s1',
		]);
	});

	test('is not looked for in checksums or deeper folders', () => {
		for (const path of [
			'var/lib/dpkg/status.d/a.md5sums',
			'var/lib/dpkg/status.d/a/b',
			'var/lib/dpkg/status',
		])
			assert.equal(factOf(dpkgStatusFolderReader, { path, content }), undefined);
	});

	test('may have no checksums in a file of that name', () => {
		const file = { path: 'var/lib/dpkg/status.d/a.md5sums', content: 'nonsense\n' };
		assert.equal(factOf(dpkgPathListReader, file), null);
		assert.equal(problemOf(dpkgPathListReader, file), 'line 1: it is not a checksum with a path');
	});
});

describe('diversions', () => {
	const path = 'var/lib/dpkg/diversions';

	test('say where the files of others lie', () => {
		assert.deepEqual(factOf(dpkgDiversionsReader, { path, content: factData('deb/diversions') }), {
			kind: 'diversions',
			diversions: [
				{ from: 'usr/share/man/man1/sh.1.gz', to: 'usr/share/man/man1/sh.distrib.1.gz', by: 'dash' },
				{ from: 'bin/sh', to: 'bin/sh.distrib', by: 'dash' },
			],
		});
	});

	test('may be local', () => {
		assert.deepEqual(factOf(dpkgDiversionsReader, { path, content: '/a\n/b\n:\n' }), {
			kind: 'diversions',
			diversions: [{ from: 'a', to: 'b', by: null }],
		});
	});

	const damages: Readonly<Record<string, readonly [lines: string, problem: string]>> = {
		'is no path at first': ['a\n/b\n:\n', 'line 4: it is no path from the root'],
		'is no path at second': ['/a\nb\n:\n', 'line 5: it is no path from the root'],
		'lacks its package': ['/a\n/b\n', 'line 6: it is a path in place of a package'],
		'lacks a path': ['/b\nx\n', 'line 5: it is no path from the root'],
		'has a path of megabytes': [`/${'a'.repeat(2_000_000)}\n/b\n:\n`, 'line 4: more than 1048576 bytes'],
		'has a path that is longer than any': [
			`/${'a'.repeat(5000)}\n/b\n:\n`,
			'line 4: more than 4096 characters',
		],
	};
	for (const [what, [lines, problem]] of Object.entries(damages))
		test(`stand without one that ${what}`, () => {
			const content = `/1\n/2\n:\n${lines}/3\n/4\np\n`;
			assert.deepEqual(factOf(dpkgDiversionsReader, { path, content }), {
				kind: 'diversions',
				diversions: [
					{ from: '1', to: '2', by: null },
					{ from: '3', to: '4', by: 'p' },
				],
			});
			assert.equal(problemOf(dpkgDiversionsReader, { path, content }), problem);
		});

	test('stand without a last one that is cut off', () => {
		const content = '/1\n/2\n:\n/3\n/4\n';
		assert.deepEqual(factOf(dpkgDiversionsReader, { path, content }), {
			kind: 'diversions',
			diversions: [{ from: '1', to: '2', by: null }],
		});
		assert.match(problemOf(dpkgDiversionsReader, { path, content }) ?? '', /ends inside a diversion/);
	});
});
