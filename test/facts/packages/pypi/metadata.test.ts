import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pythonMetadataReader } from '../../../../source/facts/packages/pypi/metadata.ts';
import { factData, factOf, packagesOf } from '../../../support/facts/facts.ts';

const site = 'usr/lib/python3/site-packages';
const read = (path: string, content: Uint8Array | string) =>
	packagesOf(pythonMetadataReader, { path: `${site}/${path}`, content })[0];

describe('a Python package', () => {
	test('that a wheel brought has its files in RECORD', () => {
		const info = `${site}/flask-3.1.3.dist-info`;
		assert.deepEqual(read('flask-3.1.3.dist-info/METADATA', factData('pypi/METADATA')), {
			type: 'pypi',
			name: 'Flask',
			version: '3.1.3',
			architecture: null,
			source: null,
			dependsOn: [
				['blinker'],
				['click'],
				['importlib-metadata'],
				['itsdangerous'],
				['jinja2'],
				['markupsafe'],
				['werkzeug'],
			],
			provides: ['flask'],
			claim: { kind: 'listed', names: [`${info}/RECORD`, `${info}/top_level.txt`], folder: info },
		});
	});

	test('that setup.py installed has its files in installed-files.txt', () => {
		const info = `${site}/Legacy_One-1.2-py3.6.egg-info`;
		const one = read('Legacy_One-1.2-py3.6.egg-info/PKG-INFO', factData('pypi/PKG-INFO'));
		assert.equal(`${one.name} ${one.version}`, 'Legacy-One 1.2');
		assert.deepEqual(one.claim, {
			kind: 'listed',
			names: [`${info}/installed-files.txt`, `${info}/top_level.txt`],
			folder: info,
		});
	});

	test('may be an egg, which is one folder', () => {
		const one = read('Legacy_One-1.2-py3.6.egg/EGG-INFO/PKG-INFO', factData('pypi/PKG-INFO'));
		assert.deepEqual(one.claim, { kind: 'folder', path: `${site}/Legacy_One-1.2-py3.6.egg` });
	});

	test('of distutils has one file', () => {
		const one = read('plain-0.3-py3.6.egg-info', factData('pypi/plain.egg-info'));
		assert.deepEqual([one.name, one.version, one.claim], ['plain', '0.3', { kind: 'file' }]);
	});

	test('needs others by their normalized names, and not those of its extras', () => {
		const one = read(
			'x.dist-info/METADATA',
			'Name: x\r\nRequires-Dist: A.b_C [d] (>=1)\r\nRequires-Dist: e; extra == "f"\r\nRequires-Dist: g;python_version>"3"\r\n' +
				"Requires-Dist: h ; (sys_platform=='x') and 'f' == extra\r\nRequires-Dist: extra-x\r\nRequires-Dist: g\r\n\r\n",
		);
		assert.deepEqual(one.dependsOn, [['a-b-c'], ['g'], ['extra-x']]);
		assert.deepEqual(one.provides, []);
	});

	test('is told by the header alone, which any other line ends', () => {
		assert.equal(read('x.dist-info/METADATA', 'Name: x\n\nVersion: 1\nName: y\n').version, '');
		assert.equal(
			read('x.dist-info/METADATA', 'Name: x\nLicense: a\n  b\nnot folded\nVersion: 1\n').name,
			'x',
		);
	});

	test('without a name is an error', () => {
		for (const content of ['', 'Version: 1\n', '\n\n', 'Name:\nVersion: 1\n\n', '\x00\x01\x02'])
			assert.throws(() => read('x.dist-info/METADATA', content), { name: 'FactError', message: /no Name$/ });
	});

	test('is not looked for in other files', () => {
		for (const path of ['x/METADATA', 'x/PKG-INFO', 'x.dist-info/WHEEL', 'PKG-INFO'])
			assert.equal(factOf(pythonMetadataReader, { path, content: 'Name: x\n' }), undefined);
	});
});
