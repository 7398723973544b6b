import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pythonPathListReader } from '../../../../source/facts/packages/pypi/path-lists.ts';
import { factData, factOf, listOf, pathsIn, problemOf } from '../../../support/facts/facts.ts';

const site = 'usr/local/lib/python3.11/site-packages';
const read = (path: string, content: Uint8Array | string) => {
	const list = listOf(pythonPathListReader, { path, content });
	return { name: list.name, paths: pathsIn(list.paths), folders: list.folders };
};

describe('the files of a Python package', () => {
	test('are those of RECORD, from the folder that dist-info lies in', () => {
		const path = `${site}/flask-3.1.3.dist-info/RECORD`;
		const list = read(path, factData('pypi/RECORD'));
		assert.equal(list.name, path);
		assert.equal(list.paths[0], 'usr/local/bin/flask');
		assert.equal(list.paths[1], `${site}/flask-3.1.3.dist-info/INSTALLER`);
		assert.ok(list.paths.includes(`${site}/flask/json/provider.py`));
		assert.equal(list.paths.length, factData('pypi/RECORD').toString().trim().split('\n').length);
	});

	test('may be quoted, absolute, or above the root', () => {
		const { paths } = read(
			'a/x.dist-info/RECORD',
			'"b,""c"".py",sha256=x,1\r\n/etc/x,,\r\n../../../../d,,\r\n./e//f/./g,,\r\n"h"\r\nünï.py,,\r\n\r\n',
		);
		assert.deepEqual(paths, ['a/b,"c".py', 'etc/x', 'd', 'a/e/f/g', 'a/h', 'a/\xc3\xbcn\xc3\xaf.py']);
	});

	test('are those of installed-files.txt, from the egg-info folder', () => {
		const info = `${site}/Legacy_One-1.2-py3.6.egg-info`;
		assert.deepEqual(read(`${info}/installed-files.txt`, factData('pypi/installed-files.txt')).paths, [
			`${info}/installed-files.txt`,
			'usr/local/bin/run.sh',
			`${site}/__pycache__/modone.cpython-36.pyc`,
			`${site}/modone.py`,
			`${site}/pkgone/__init__.py`,
			`${site}/pkgone/__pycache__/__init__.cpython-36.pyc`,
			`${info}/PKG-INFO`,
			`${info}/SOURCES.txt`,
			`${info}/dependency_links.txt`,
			`${info}/not-zip-safe`,
			`${info}/requires.txt`,
			`${info}/top_level.txt`,
		]);
	});

	test('are below the modules of top_level.txt where nothing else is known', () => {
		const info = `${site}/Legacy_One-1.2-py3.6.egg-info`;
		assert.deepEqual(read(`${info}/top_level.txt`, factData('pypi/top_level.txt')), {
			name: `${info}/top_level.txt`,
			paths: [`${site}/modone.py`, `${site}/pkgone.py`],
			folders: [info, `${site}/modone`, `${site}/pkgone`],
		});
	});

	test('are never a whole tree by a hostile module', () => {
		const { folders } = read('a/x.egg-info/top_level.txt', '..\n.\n/\n../b\nc/d\n \n');
		assert.deepEqual(folders, ['a/x.egg-info']);
	});

	test('are not looked for in other files', () => {
		for (const path of [
			'x/RECORD',
			'x-info/top_level.txt',
			'top_level.txt',
			'x.dist-info/installed-files.txt',
		])
			assert.equal(factOf(pythonPathListReader, { path, content: '' }), undefined);
	});

	test('are without one whose quote is not closed, and none where there is no other', () => {
		const path = 'x.dist-info/RECORD';
		assert.deepEqual(read(path, 'a,,\n"b"",,\nc,,\n').paths, ['a', 'c']);
		assert.equal(
			problemOf(pythonPathListReader, { path, content: 'a,,\n"b"",,\nc,,\n' }),
			'line 2: its first column has no closing quote',
		);
		assert.equal(factOf(pythonPathListReader, { path, content: '"b\n' }), null);
	});

	test('are below no more modules than any package has', () => {
		const file = { path: 'x.egg-info/top_level.txt', content: 'm\n'.repeat(20_000) };
		assert.equal(listOf(pythonPathListReader, file).folders.length, 10_001);
		assert.match(problemOf(pythonPathListReader, file) ?? '', /more than 10000 modules/);
	});
});
