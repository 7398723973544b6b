import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { FactError, type FactReader } from '../../../source/facts/fact-reader.ts';
import { apkInstalledReader } from '../../../source/facts/packages/apk/installed.ts';
import { dpkgDiversionsReader } from '../../../source/facts/packages/deb/diversions.ts';
import { dpkgPathListReader } from '../../../source/facts/packages/deb/path-lists.ts';
import { dpkgStatusReader } from '../../../source/facts/packages/deb/status.ts';
import { dpkgStatusFolderReader } from '../../../source/facts/packages/deb/status-folder.ts';
import { gemSpecificationReader } from '../../../source/facts/packages/gem/specification.ts';
import { osReleaseReader } from '../../../source/facts/packages/os-release.ts';
import type { PackageFact } from '../../../source/facts/packages/package-facts.ts';
import { pythonMetadataReader } from '../../../source/facts/packages/pypi/metadata.ts';
import { pythonPathListReader } from '../../../source/facts/packages/pypi/path-lists.ts';
import { factData, factOf } from '../../support/facts/facts.ts';
import { runs } from '../../support/runs.ts';

interface Subject {
	readonly reader: FactReader<PackageFact>;
	readonly path: string;
	/** A real file, which is mutated. */
	readonly content: Buffer;
	/** What its syntax is made of. */
	readonly words: readonly string[];
}

const gemspec = factData('gem/own-1.0.2.gemspec');
const subjects: readonly Subject[] = [
	{
		reader: dpkgStatusReader,
		path: 'var/lib/dpkg/status',
		content: factData('deb/status'),
		words: ['Package: a', 'Status: install ok installed', 'Depends: a|b,(', 'Provides:', ' ', ':', ','],
	},
	{
		reader: dpkgStatusFolderReader,
		path: 'var/lib/dpkg/status.d/a',
		content: factData('deb/status'),
		words: ['Package: a', 'Source: (', 'Depends: |', ' x', ':'],
	},
	{
		reader: dpkgPathListReader,
		path: 'var/lib/dpkg/info/a.list',
		content: factData('deb/libgcc-s1.list'),
		words: ['/', '/.', '/a', '..', './/', '\0'],
	},
	{
		reader: dpkgPathListReader,
		path: 'var/lib/dpkg/status.d/a.md5sums',
		content: factData('deb/libgcc-s1.md5sums'),
		words: ['0'.repeat(32), '  ', ' *', 'a', '/'],
	},
	{
		reader: dpkgDiversionsReader,
		path: 'var/lib/dpkg/diversions',
		content: factData('deb/diversions'),
		words: ['/', ':', '/a', 'b'],
	},
	{
		reader: apkInstalledReader,
		path: 'lib/apk/db/installed',
		content: factData('apk/installed'),
		words: ['P:a', 'V:', 'F:', 'F:a', 'R:', 'R:b', 'D:!a b>=1 so:c', 'p:=', ':', 'x'],
	},
	{
		reader: pythonMetadataReader,
		path: 'x.dist-info/METADATA',
		content: factData('pypi/METADATA'),
		words: ['Name: a', 'Requires-Dist: b; extra', 'Requires-Dist:', ' c', ':', '\r'],
	},
	{
		reader: pythonPathListReader,
		path: 'a/x.dist-info/RECORD',
		content: factData('pypi/RECORD'),
		words: ['"', '""', ',', '../', '/', 'a', '.', '\0'],
	},
	{
		reader: pythonPathListReader,
		path: 'x.egg-info/top_level.txt',
		content: factData('pypi/top_level.txt'),
		words: ['..', '/', 'a', ' ', '.'],
	},
	{
		reader: gemSpecificationReader,
		path: 'ruby/gems/3.1.0/specifications/default/a.gemspec',
		content: gemspec,
		words: [
			'# stub: a 1 ruby',
			'  s.name = "a"',
			'  s.version = ',
			's.files = [',
			'"',
			'\\',
			's.add_dependency(%q<',
		],
	},
	{
		reader: osReleaseReader,
		path: 'etc/os-release',
		content: Buffer.from('ID=a\nVERSION_ID="12"\n'),
		words: ['ID=', 'VERSION_ID=', '"', "'", '\\', 'a'],
	},
];

/** Reads a file, however damaged: anything but a fact, nothing or a `FactError` fails the test. */
function reads({ reader, path }: Subject, content: Uint8Array, pieceBytes: number): void {
	try {
		assert.notEqual(factOf(reader, { path, content, pieceBytes }), undefined);
	} catch (thrown) {
		if (!(thrown instanceof FactError)) throw thrown;
		assert.match(thrown.message, /^[\x20-\x7E]+$/, 'a message has nothing out of the file');
	}
}

const pieceBytes = fc.integer({ min: 1, max: 3000 });

for (const subject of subjects) {
	describe(`${subject.reader.name} of ${subject.path}`, () => {
		test('takes any bytes', () => {
			fc.assert(
				fc.property(fc.uint8Array({ maxLength: 4000 }), pieceBytes, (content, size) =>
					reads(subject, content, size),
				),
				{ numRuns: runs(1000) },
			);
		});

		test('takes any order of what its syntax is made of', () => {
			const words = fc.array(fc.constantFrom(...subject.words, '\n', '\n\n'), { maxLength: 200 });
			fc.assert(
				fc.property(words, pieceBytes, (all, size) => reads(subject, Buffer.from(all.join('')), size)),
				{ numRuns: runs(2000) },
			);
		});

		test('takes a real file with other bytes in places, or cut off', () => {
			const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
			fc.assert(
				fc.property(fc.array(change, { maxLength: 20 }), fc.nat(), pieceBytes, (changes, cut, size) => {
					const content = Buffer.from(subject.content);
					for (const [at, byte] of changes) content[at % content.length] = byte;
					reads(subject, content.subarray(0, 1 + (cut % content.length)), size);
				}),
				{ numRuns: runs(1000) },
			);
		});

		test('takes megabytes of one word, in one line or in as many', () => {
			for (const word of subject.words)
				for (const parting of ['', '\n']) reads(subject, Buffer.alloc(2_000_000, word + parting), 65_536);
			for (const word of subject.words)
				reads(subject, Buffer.concat([Buffer.from(word), Buffer.alloc(1_000_000, word.slice(-1))]), 65_536);
		});
	});
}
