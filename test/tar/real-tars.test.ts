import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixturesFolder } from '../support/fixtures.ts';
import { entriesOf, scanAllWays } from '../support/scan.ts';

/** Tars of the tests of tar-stream (MIT): path, kind, size, mode, uid, gid, seconds, target of each entry. */
const expected: Readonly<Record<string, readonly (readonly [string, string, ...unknown[]])[]>> = {
	'base-256-size.tar': [['test.txt', 'file', 12, 0o644, 501, 20, 1387580181, '']],
	'base-256-uid-gid.tar': [['package.json', 'file', 1718, 0o644, 116435139, 1876110778, 1450245435, '']],
	'gnu-incremental.tar': [['test.txt', 'file', 14, 0o644, 12345, 67890, 1559239869, '']],
	'gnu-long-path.tar': [
		[
			'node-v0.11.14/deps/npm/node_modules/init-package-json/node_modules/promzard/example/npm-init/init-input.js',
			'file',
			...[6058, 0o664, 0, 0, 1411595201, ''],
		],
	],
	'gnu.tar': [['test.txt', 'file', 14, 0o644, 12345, 67890, 1559239869, '']],
	// The padding of its only file is cut off, and the end marker with it: all that is promised is there.
	'incomplete.tar': [['file-1.txt', 'file', 12, 0o644, 501, 20, 1387580181, '']],
	'large-uid-gid.tar': [['test.txt', 'file', 12, 0o644, 262143, 262143, 1387580181, '']],
	'latin1.tar': [["En fran\\xE7ais, s'il vous pla\\xEEt?.txt", 'file', 14, 0o644, 0, 0, 1495941034, '']],
	'long-name.tar': [
		[
			'my/file/is/longer/than/100/characters/and/should/use/the/prefix/header/foobarbaz/foobarbaz/foobarbaz/foobarbaz/foobarbaz/foobarbaz/filename.txt',
			'file',
			...[16, 0o644, 501, 20, 1387580181, ''],
		],
	],
	'multi-file.tar': [
		['file-1.txt', 'file', 12, 0o644, 501, 20, 1387580181, ''],
		['file-2.txt', 'file', 12, 0o644, 501, 20, 1387580181, ''],
	],
	'name-is-100.tar': [
		[
			'node_modules/mocha-jshint/node_modules/jshint/node_modules/console-browserify/test/static/index.html',
			'file',
			...[6, 0o644, 501, 0, 1389643870, ''],
		],
	],
	'one-file.tar': [['test.txt', 'file', 12, 0o644, 501, 20, 1387580181, '']],
	'pax.tar': [['pax.txt', 'file', 12, 0o644, 501, 20, 1387580181, '']],
	'space.tar': [
		['test-0.0.0-SNAPSHOT/bower.json', 'file', 232, 0o664, 0, 0, 1411410496, ''],
		['test-0.0.0-SNAPSHOT/pom.xml', 'file', 881, 0o664, 0, 0, 1411414289, ''],
		['test-0.0.0-SNAPSHOT/package.json', 'file', 200, 0o664, 0, 0, 1411410480, ''],
		['test-0.0.0-SNAPSHOT/assembly.xml', 'file', 851, 0o664, 0, 0, 1411414225, ''],
	],
	'types.tar': [
		['directory', 'directory', 0, 0o755, 501, 20, 1387580181, ''],
		['directory-link', 'symlink', 0, 0o755, 501, 20, 1387580181, 'directory'],
	],
	'unicode-bsd.tar': [['høllø.txt', 'file', 4, 0o644, 501, 20, 1387588646, '']],
	'unicode.tar': [['høstål.txt', 'file', 8, 0o644, 501, 20, 1387580181, '']],
	'unknown-format.tar': [
		['file-1.txt', 'file', 12, 0o644, 501, 20, 1387580181, ''],
		['file-2.txt', 'file', 12, 0o644, 501, 20, 1387580181, ''],
	],
	'v7.tar': [['test.txt', 'file', 14, 0o644, 502, 20, 1559246975, '']],
};

if (fixturesFolder !== null) {
	for (const [name, entries] of Object.entries(expected)) {
		const path = join(fixturesFolder, 'tar', name);
		test(`${name} of tar-stream's tests reads`, (t) => {
			const found = entriesOf(scanAllWays(readFileSync(path)));
			t.assert.deepEqual(
				found.map((entry) => Object.values(entry)),
				entries,
			);
		});
	}
}
