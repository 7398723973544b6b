import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { loadReaders, readersOf } from '../../source/facts/fact-groups.ts';
import { ReaderIndex } from '../../source/facts/reader-index.ts';
import { runs } from '../support/runs.ts';

const groups = ['packages', 'secrets', 'executables'] as const;
await loadReaders(groups);
const readers = readersOf(groups);
const index = new ReaderIndex(readers);

/** A file that each reader wants, where it is for files of some names alone. */
const wanted: Readonly<Record<string, readonly string[]>> = {
	'os-release': ['etc/os-release'],
	'dpkg-status': ['var/lib/dpkg/status'],
	'dpkg-path-list': ['var/lib/dpkg/info/libc6:amd64.list', 'var/lib/dpkg/status.d/base.md5sums'],
	'dpkg-diversions': ['var/lib/dpkg/diversions'],
	'apk-installed': ['lib/apk/db/installed'],
	'rpm-database': ['var/lib/rpm/rpmdb.sqlite', 'var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages.db'],
	'rpm-write-ahead-log': ['var/lib/rpm/rpmdb.sqlite-wal'],
	npm: ['package.json', 'node_modules/@scope/name/package.json'],
	'python-metadata': ['a.dist-info/METADATA', 'a.egg-info/PKG-INFO', 'a.egg-info', 'a.egg/EGG-INFO/PKG-INFO'],
	'python-path-list': ['a.dist-info/RECORD', 'a.egg-info/installed-files.txt', 'a.egg-info/top_level.txt'],
	'gem-specification': ['usr/lib/ruby/gems/3.1.0/specifications/a-1.0.gemspec'],
	'gem-extensions': ['gems/extensions/x86_64-linux/3.1.0/a-1.0/gem.build_complete'],
	java: ['a.jar', 'A.JAR', 'opt/b.War', 'c.ear', 'd.jpi', 'e.hpi', 'f.par', 'g.lpkg'],
	nuget: ['app/a.deps.json'],
	sbom: ['a.spdx.json', 'b.cdx.json', 'BOM.json', 'opt/sbom-1.json', 'opt/.spdx-postgresql.spdx'],
};

const opens = (path: string) =>
	readers.filter(({ reader }) => reader.open({ path, bytes: 4096, mode: 0o755 }) !== null);

describe('the readers to ask about a file', () => {
	test('are those that would open it', () => {
		for (const [name, paths] of Object.entries(wanted))
			for (const path of paths) {
				const asked = index.readersFor(path).map(({ reader }) => reader.name);
				assert.ok(asked.includes(name), `${path}: ${asked}`);
				assert.ok(
					opens(path).some(({ reader }) => reader.name === name),
					`${path} is not opened by ${name}`,
				);
			}
	});

	test('are known here of each reader for files of some names', () => {
		const named = readers.filter(({ reader }) => reader.fileNames !== undefined);
		assert.deepEqual(
			named.map(({ reader }) => reader.name).filter((name) => wanted[name] === undefined),
			[],
		);
	});

	test('are in their order, and no reader is left out that would open a file', () => {
		const parts = [
			...new Set(
				Object.values(wanted)
					.flat()
					.flatMap((path) => path.split(/(?<=[/.])|(?=[.])/)),
			),
		];
		const path = fc.array(fc.constantFrom(...parts, '/', '.', 'x'), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(path, (words) => {
				const asked = index.readersFor(words.join(''));
				assert.deepEqual(
					asked,
					readers.filter((reader) => asked.includes(reader)),
				);
				for (const reader of opens(words.join(''))) assert.ok(asked.includes(reader), reader.reader.name);
			}),
			{ numRuns: runs(1000) },
		);
	});

	test('are few for most files', () => {
		const asked = index.readersFor('usr/share/doc/a/copyright').map(({ reader }) => reader.name);
		assert.deepEqual(asked, ['dpkg-status-folder', 'cargo', 'go', 'secret', 'executable']);
	});
});
