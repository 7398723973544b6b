import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dpkgFiles, npmPackage, packagesOfLayers } from '../../support/analysis/packages.ts';
import { directory, file, hardLink, symlink, whiteout } from '../../support/archives/tar-entry.ts';

const bytes = (count: number) => 'x'.repeat(count);

describe('the owner of a file', () => {
	test('is the package whose list has its path, and the rest is nobody’s, by top folder', async () => {
		const { ownerOf, named, unowned } = await packagesOfLayers([
			[
				file('usr/bin/a', bytes(100)),
				file('usr/bin/b', bytes(20)),
				file('srv/c', bytes(3)),
				file('top', bytes(2)),
				...dpkgFiles([{ name: 'a', version: '1.2', paths: ['/.', '/usr', '/usr/bin', '/usr/bin/a'] }]),
			],
		]);
		assert.deepEqual(['usr/bin/a', 'usr/bin/b', 'usr'].map(ownerOf), ['a 1.2', null, null]);
		const { files, bytes: owned, addedBytes, type, architecture } = named('a');
		assert.deepEqual([files, owned, addedBytes, type, architecture], [1, 100, 100, 'deb', 'amd64']);
		const ofNobody = new Map(unowned.map((group) => [group.folder, group]));
		assert.deepEqual(ofNobody.get('usr'), { folder: 'usr', files: 1, bytes: 20 });
		assert.deepEqual(ofNobody.get(''), { folder: '', files: 1, bytes: 2 });
	});

	test('is found through symlinks to directories, as in a merged /usr', async () => {
		const { ownerOf } = await packagesOfLayers([
			[
				symlink('lib', 'usr/lib'),
				file('usr/lib/x.so', 'x'),
				file('usr/lib/y.so', 'x'),
				...dpkgFiles([{ name: 'x', paths: ['/lib', '/lib/x.so', '/usr/../lib/./y.so'] }]),
			],
		]);
		assert.deepEqual(['usr/lib/x.so', 'usr/lib/y.so'].map(ownerOf), ['x 1', 'x 1']);
	});

	test('is where a diversion leads, but for the package that diverts', async () => {
		const { ownerOf } = await packagesOfLayers([
			[
				file('bin/sh', 'of dash'),
				file('bin/sh.distrib', 'of bash'),
				file('etc/local', 'mine'),
				file('etc/local.orig', 'of bash'),
				file('var/lib/dpkg/diversions', '/bin/sh\n/bin/sh.distrib\ndash\n/etc/local\n/etc/local.orig\n:\n'),
				...dpkgFiles([
					{ name: 'bash', paths: ['/bin/sh', '/etc/local'] },
					{ name: 'dash', paths: ['/bin/sh'] },
				]),
			],
		]);
		assert.deepEqual(['bin/sh', 'bin/sh.distrib', 'etc/local', 'etc/local.orig'].map(ownerOf), [
			'dash 1',
			'bash 1',
			null,
			'bash 1',
		]);
	});

	test('of hard links has the bytes with the first path', async () => {
		const {
			named,
			ownerOf,
			unowned,
			bytes: bytesOfNodes,
			session,
		} = await packagesOfLayers([
			[
				file('z/first', bytes(50)),
				hardLink('a/second', 'z/first'),
				...dpkgFiles([
					{ name: 'early', paths: ['/a/second'] },
					{ name: 'late', paths: ['/z/first'] },
				]),
			],
		]);
		assert.deepEqual([named('early').bytes, named('late').bytes], [50, 0]);
		assert.deepEqual([named('early').files, named('late').files], [1, 1]);
		assert.deepEqual(['a/second', 'z/first'].map(ownerOf), ['early 1', 'late 1']);
		assert.equal(
			unowned.find(({ folder }) => folder === 'z'),
			undefined,
		);
		assert.equal(
			bytesOfNodes.reduce((sum, each) => sum + each, 0),
			session.figures.liveBytes,
		);
	});

	test('of two packages of a distribution is the first by name, and the other is told of as well', async () => {
		const { named, ownerOf } = await packagesOfLayers([
			[
				file('f', bytes(7)),
				...dpkgFiles([
					{ name: 'b', paths: ['/f'] },
					{ name: 'a', paths: ['/f'] },
				]),
			],
		]);
		assert.equal(ownerOf('f'), 'a 1');
		assert.deepEqual(
			[named('a').also, named('b').also],
			[
				{ files: 0, bytes: 0 },
				{ files: 1, bytes: 7 },
			],
		);
	});

	test('is the package of the distribution before one of a language', async () => {
		const { named, ownerOf } = await packagesOfLayers([
			[
				npmPackage('usr/share/nodejs/node_modules/left', { name: 'left', version: '2.0.0' }),
				file('usr/share/nodejs/node_modules/left/index.js', bytes(9)),
				file('usr/share/nodejs/node_modules/left/own.js', bytes(4)),
				...dpkgFiles([{ name: 'node-left', paths: ['/usr/share/nodejs/node_modules/left/index.js'] }]),
			],
		]);
		assert.equal(ownerOf('usr/share/nodejs/node_modules/left/index.js'), 'node-left 1');
		assert.equal(ownerOf('usr/share/nodejs/node_modules/left/own.js'), 'left 2.0.0');
		assert.deepEqual(named('left').also, { files: 1, bytes: 9 });
	});

	test('is the deepest package of npm', async () => {
		const { ownerOf } = await packagesOfLayers([
			[
				npmPackage('app/node_modules/a', { name: 'a', version: '1.0.0', dependencies: { b: '^2' } }),
				npmPackage('app/node_modules/a/node_modules/b', { name: 'b', version: '2.0.0' }),
				npmPackage('app/node_modules/b', { name: 'b', version: '1.0.0' }),
				...['a', 'a/node_modules/b', 'b'].map((folder) => file(`app/node_modules/${folder}/x/y.js`, 'x')),
			],
		]);
		assert.deepEqual(
			['a', 'a/node_modules/b', 'b'].map((folder) => ownerOf(`app/node_modules/${folder}/x/y.js`)),
			['a 1.0.0', 'b 2.0.0', 'b 1.0.0'],
		);
	});
});

describe('the layer that brought a package', () => {
	const database = (...names: readonly string[]) =>
		file(
			'var/lib/dpkg/status',
			names
				.map((name) => {
					const [of, version = '1'] = name.split('=');
					return `Package: ${of}\nStatus: install ok installed\nVersion: ${version}\n`;
				})
				.join('\n'),
		);
	const brought = async (...layers: Parameters<typeof packagesOfLayers>[0]) => {
		const { packages } = await packagesOfLayers(layers);
		return Object.fromEntries(
			packages.map(({ name, version, layerIndex }) => [`${name}=${version}`, layerIndex]),
		);
	};

	test('is the lowest from which on each version of the database has it', async () => {
		assert.deepEqual(
			await brought([database('a')], [file('other')], [database('a', 'b')], [database('a', 'b', 'c')]),
			{ 'a=1': 0, 'b=1': 2, 'c=1': 3 },
		);
	});

	test('is that of the present version, also after an earlier one and a removal', async () => {
		assert.deepEqual(await brought([database('a', 'b')], [database('a=2')], [database('a=2', 'b')]), {
			'a=2': 1,
			'b=1': 2,
		});
	});

	test('is a later one where the database was removed or empty in between', async () => {
		assert.deepEqual(await brought([database('a')], [whiteout('var/lib/dpkg/status')], [database('a')]), {
			'a=1': 2,
		});
		assert.deepEqual(await brought([database('a')], [database()], [database('a')]), { 'a=1': 2 });
		assert.deepEqual(await brought([database('a')], [directory('var/lib/dpkg/status')], [database('a')]), {
			'a=1': 2,
		});
		assert.deepEqual(
			await brought([database('a')], [file('var/lib/dpkg/status', 'broken')], [database('a')]),
			{ 'a=1': 2 },
		);
	});

	test('does not matter for a package that a later layer removed', async () => {
		assert.deepEqual(await brought([database('a', 'b')], [database('b')]), { 'b=1': 0 });
		assert.deepEqual(await brought([database('a')], [whiteout('var/lib/dpkg')]), {});
	});

	test('is that of the file, of a package that has one of its own', async () => {
		const { named } = await packagesOfLayers([
			[npmPackage('node_modules/a', { name: 'a', version: '1.0.0' })],
			[npmPackage('node_modules/b', { name: 'b', version: '1.0.0' })],
			[npmPackage('node_modules/a', { name: 'a', version: '2.0.0' })],
		]);
		assert.deepEqual([named('a').version, named('a').layerIndex, named('b').layerIndex], ['2.0.0', 2, 1]);
	});
});

test('of a database with one damaged line, the other packages are there', async () => {
	const whole = 'Package: whole\nStatus: install ok installed\nVersion: 1\n\n';
	const { packages } = await packagesOfLayers([[file('var/lib/dpkg/status', `${whole}Package: cut\nVer`)]]);
	assert.deepEqual(
		packages.map(({ name }) => name),
		['whole'],
	);
});

describe('what would go with a package', () => {
	test('is what only it needs, also in a circle, and not what others need', async () => {
		const { named } = await packagesOfLayers([
			[
				...['app', 'lib', 'inner', 'shared', 'other'].map((name, index) => file(name, bytes(10 ** index))),
				...dpkgFiles([
					{ name: 'app', dependsOn: 'lib (>= 1), absent | shared', paths: ['/app'] },
					{ name: 'lib', dependsOn: 'inner', paths: ['/lib'] },
					{ name: 'inner', dependsOn: 'lib', paths: ['/inner'] },
					{ name: 'shared', paths: ['/shared'] },
					{ name: 'other', dependsOn: 'shared:any', paths: ['/other'] },
				]),
			],
		]);
		const added = ['app', 'lib', 'inner', 'shared', 'other'].map((name) => named(name).addedBytes);
		assert.deepEqual(added, [111, 110, 100, 1000, 10_000]);
		assert.deepEqual([named('shared').requiredBy.length, named('app').dependsOn.length], [2, 2]);
	});
});
