import { describe, test } from 'node:test';
import type { PackageRecord } from '../../../../source/facts/packages/package-facts.ts';
import { rpmDatabaseReader } from '../../../../source/facts/packages/rpm/rpm-database.ts';
import { rpmWriteAheadLogReader } from '../../../../source/facts/packages/rpm/write-ahead-log.ts';
import { problemOf } from '../../../support/facts/facts.ts';
import { factIn } from '../../../support/facts/read-fact.ts';
import { berkeleyDatabase, ndbDatabase, sqliteDatabase } from '../../../support/rpm/databases.ts';
import {
	headerOf,
	numbers,
	type RpmPackage,
	rpmHeader,
	string,
	strings,
} from '../../../support/rpm/header.ts';

const SQLITE = 'var/lib/rpm/rpmdb.sqlite';

function packagesOf(path: string, database: Uint8Array): readonly PackageRecord[] {
	const fact = factIn(rpmDatabaseReader, path, database);
	return fact?.kind === 'packages' ? fact.packages : [];
}

/** The packages of a database of any kind that has these. */
function read(...described: readonly RpmPackage[]): readonly PackageRecord[] {
	return packagesOf(SQLITE, sqliteDatabase(described.map(rpmHeader)));
}

function pathsOf({ claim }: PackageRecord): readonly string[] {
	return claim.kind === 'paths' ? Buffer.from(claim.paths).toString('latin1').split('\0').slice(0, -1) : [];
}

describe('a package', () => {
	test('has what rpm says of it', (t) => {
		const [bash] = read({
			name: 'bash',
			version: '5.1.8',
			release: '9.el9',
			sourceRpm: 'bash-5.1.8-9.el9.src.rpm',
			paths: ['/usr/bin/bash', '/usr/share/doc/bash/README'],
		});
		t.assert.deepEqual(
			{ ...bash, claim: pathsOf(bash) },
			{
				type: 'rpm',
				name: 'bash',
				version: '5.1.8-9.el9',
				architecture: 'x86_64',
				source: null,
				dependsOn: [],
				provides: [],
				claim: ['usr/bin/bash', 'usr/share/doc/bash/README'],
			},
		);
	});

	test('has its epoch in the version, unless it is 0', (t) => {
		const versions = [3, 0].map((epoch) => read({ name: 'dbus', epoch })[0].version);
		t.assert.deepEqual(versions, ['3:1.0-1', '1.0-1']);
	});

	test('names a source package of another name', (t) => {
		const [uuid] = read({ name: 'libuuid', sourceRpm: 'util-linux-2.32.1-42.el8_8.src.rpm' });
		t.assert.equal(uuid.source, 'util-linux');
	});

	test('keeps the bytes of its paths, and its files of before rpm 4', (t) => {
		const [old, root] = read(
			{ name: 'old', paths: ['/etc/old.conf', '/bin/old'], hasOldFileNames: true },
			{ name: 'filesystem', paths: ['/', '/usr', '//srv'] },
		);
		t.assert.deepEqual(pathsOf(old), ['etc/old.conf', 'bin/old']);
		t.assert.deepEqual(pathsOf(root), ['usr', 'srv']);
	});

	test('needs packages, files and libraries, but not what rpm itself or its own configuration is', (t) => {
		const requires = [
			'/bin/sh',
			'libc.so.6()(64bit)',
			'glibc',
			'glibc',
			'rpmlib(FileDigests)',
			'config(vim)',
		];
		const [vim] = read({ name: 'vim', requires });
		t.assert.deepEqual(vim.dependsOn, [['/bin/sh'], ['libc.so.6()(64bit)'], ['glibc']]);
	});

	test('is also meant by what it provides, as far as another package asks for it', (t) => {
		const [postfix] = read(
			{ name: 'postfix', provides: ['postfix', 'MTA', 'config(postfix)', 'smtpd'] },
			{ name: 'cron', requires: ['MTA'] },
		);
		t.assert.deepEqual(postfix.provides, ['MTA']);
	});

	test('is not what rpm keeps a public key as', (t) => {
		const names = read({ name: 'gpg-pubkey' }, { name: 'bash' }).map(({ name }) => name);
		t.assert.deepEqual(names, ['bash']);
	});
});

describe('a database', () => {
	// One header lies in a page, others on several.
	const described = Array.from({ length: 200 }, (_, index) => ({
		name: `package-${index}`,
		paths: Array.from({ length: (index * 7) % 150 }, (_, file) => `/opt/package-${index}/file-${file}`),
	}));
	const headers = described.map(rpmHeader);
	const expected = described.map(({ name, paths }) => `${name}: ${paths.length}`);
	const ways: readonly (readonly [string, string, () => Uint8Array])[] = [
		...[512, 4096, 65_536].map(
			(bytes) =>
				[
					`SQLite, pages of ${bytes} bytes`,
					'var/lib/rpm/rpmdb.sqlite',
					() => sqliteDatabase(headers, bytes),
				] as const,
		),
		['ndb', 'usr/lib/sysimage/rpm/Packages.db', () => ndbDatabase(headers)],
		['Berkeley DB', 'var/lib/rpm/Packages', () => berkeleyDatabase(headers)],
		['Berkeley DB, small pages', 'var/lib/rpm/Packages', () => berkeleyDatabase(headers, { pageBytes: 512 })],
		[
			'Berkeley DB, big-endian',
			'usr/share/rpm/Packages',
			() => berkeleyDatabase(headers, { isBigEndian: true }),
		],
	];
	for (const [name, path, write] of ways) {
		test(`gives all its packages: ${name}`, (t) => {
			const packages = packagesOf(path, write());
			t.assert.deepEqual(
				packages.map((record) => `${record.name}: ${pathsOf(record).length}`).sort(),
				expected.toSorted(),
			);
		});
	}

	test('is one by its place and its first bytes', (t) => {
		const database = sqliteDatabase(headers.slice(0, 1));
		t.assert.equal(rpmDatabaseReader.open({ path: 'home/user/rpmdb.sqlite', bytes: 1, mode: 0o644 }), null);
		t.assert.equal(factIn(rpmDatabaseReader, 'var/lib/rpm/Packages', 'Package: not of rpm\n'), null);
		t.assert.equal(factIn(rpmDatabaseReader, 'var/lib/rpm/Packages', ''), null);
		t.assert.equal(packagesOf('usr/lib/sysimage/rpm/rpmdb.sqlite', database).length, 1);
	});
});

describe('a damaged database says what is wrong', () => {
	const one = [
		rpmHeader({ name: 'bash', paths: Array.from({ length: 900 }, (_, file) => `/usr/share/file-${file}`) }),
	];
	const cases: readonly (readonly [string, string, () => Uint8Array])[] = [
		['SQLite, cut off', 'page 5 lies beyond the end', () => sqliteDatabase(one).subarray(0, 5 * 4096)],
		[
			'SQLite, no table Packages',
			'no table Packages',
			() => withText(sqliteDatabase(one), 'Packages', 'Packaged'),
		],
		[
			'SQLite, its first page alone',
			'page 2 lies beyond the end',
			() => sqliteDatabase(one).subarray(0, 4096),
		],
		['ndb, cut off', 'package 1 lies beyond the end', () => ndbDatabase(one).subarray(0, 5000)],
		[
			'ndb, a slot that points elsewhere',
			'package 1 is not where its slot says',
			() => withText(ndbDatabase(one), 'BlbS', 'blob'),
		],
		['Berkeley DB, cut off', 'page 5 lies beyond the end', () => berkeleyDatabase(one).subarray(0, 5 * 4096)],
		['Berkeley DB, a value in a circle', 'page 2 is used twice', () => withCircle(berkeleyDatabase(one))],
		['a header of nothing', 'a header that ends too early', () => ndbDatabase([new Uint8Array(4)])],
		[
			'a header without a name',
			'a package without a name, version or release',
			() => ndbDatabase([headerOf([])]),
		],
		['a folder that is not listed', 'a file in a folder that is not listed', () => ndbDatabase([lost([7])])],
		['files without folders', 'a header with too few numbers', () => ndbDatabase([lost([])])],
	];
	for (const [name, reason, write] of cases) {
		test(name, (t) => {
			const path = `var/lib/rpm/${name.startsWith('SQLite') ? 'rpmdb.sqlite' : 'Packages'}`;
			t.assert.equal(problemOf(rpmDatabaseReader, { path, content: write() }), reason);
		});
	}

	test('more than 256 MB', (t) => {
		const database = ndbDatabase(one);
		t.assert.throws(
			() => factIn(rpmDatabaseReader, 'var/lib/rpm/Packages.db', database, { bytes: 300_000_000 }),
			/it has 300000000 bytes, and at most 268435456 are read/,
		);
	});

	test('two short lists that make up endless paths', (t) => {
		const header = headerOf([
			...nameFields,
			numbers(1116, new Array(50_000).fill(0)),
			strings(1117, new Array(50_000).fill('')),
			strings(1118, [`/${'long/'.repeat(700)}`]),
		]);
		const database = { path: 'var/lib/rpm/Packages', content: ndbDatabase([header]) };
		t.assert.match(problemOf(rpmDatabaseReader, database) ?? '', /more paths than are read/);
	});

	test('and gives the packages that are whole', (t) => {
		const [before, behind] = ['before', 'behind'].map((name) => rpmHeader({ name, paths: [`/opt/${name}`] }));
		const database = ndbDatabase([before, lost([7]), behind]);
		t.assert.deepEqual(
			packagesOf('var/lib/rpm/Packages', database).map((record) => [record.name, ...pathsOf(record)]),
			[
				['before', 'opt/before'],
				['behind', 'opt/behind'],
			],
		);
	});

	test('changes in a write-ahead log are not read, which is said; one without changes has none', (t) => {
		const log = { path: 'var/lib/rpm/rpmdb.sqlite-wal', content: Buffer.alloc(4152) };
		t.assert.match(problemOf(rpmWriteAheadLogReader, log) ?? '', /changes .* are not read/);
		t.assert.equal(problemOf(rpmWriteAheadLogReader, { ...log, content: Buffer.alloc(32) }), null);
		t.assert.equal(problemOf(rpmWriteAheadLogReader, { ...log, path: 'srv/rpmdb.sqlite-wal' }), null);
	});
});

const nameFields = [string(1000, 'name'), string(1001, '1'), string(1002, '1')];

/** A header with one file, in these folders. */
function lost(folders: readonly number[]): Uint8Array {
	return headerOf([...nameFields, numbers(1116, folders), strings(1117, ['file']), strings(1118, ['/usr/'])]);
}

function withText(database: Uint8Array, text: string, instead: string): Uint8Array {
	const changed = Buffer.from(database);
	for (let at = changed.indexOf(text); at >= 0; at = changed.indexOf(text, at + 1))
		changed.write(instead, at);
	return changed;
}

/** The second overflow page is followed by itself. */
function withCircle(database: Uint8Array): Uint8Array {
	const changed = Buffer.from(database);
	changed.writeUInt32LE(2, 3 * 4096 + 16);
	return changed;
}
