import { before, describe, test } from 'node:test';
import { findNode } from '../../source/filetree/find-node.ts';
import { directory, file } from '../support/archives/tar-entry.ts';
import { type ComparedImages, compareArchived } from '../support/pair/compare-archived.ts';
import { jsonDifferenceOf, selected } from '../support/pair/difference-reports.ts';

const older = [
	file('lib/a.pyc', '1'),
	file('lib/a.py', '1'),
	file('moved/x', 'xyz'),
	file('.env', '1'),
	file('a[1]', '1'),
];
const newer = [
	file('lib/a.pyc', '2'),
	file('lib/a.py', '2'),
	file('place/x', 'xyz'),
	directory('var/'),
	file('var/cache/deep/b', 'b'),
	file('.env', '2'),
	file('a[1]', '2'),
];

describe('the differences at selected paths', () => {
	let compared: ComparedImages;
	before(async () => {
		compared = await compareArchived({ layers: [older] }, { layers: [newer] });
	});

	const nodeAt = (path: string) => findNode(compared.difference.tree, path) ?? -1;

	const rows = async (selection: Parameters<typeof selected>[1]) => {
		const { files = [] } = await jsonDifferenceOf(selected(compared, selection));
		return files.map(({ kind, path }) => `${kind} ${path}`);
	};

	const all = [
		'content .env',
		'content a[1]',
		'content lib/a.py',
		'content lib/a.pyc',
		'moved place',
		'added var',
		'added var/cache/deep/b',
	];
	const without = (...left: readonly string[]) => all.filter((row) => !left.includes(row));

	const ignored: readonly (readonly [glob: string, rows: readonly string[]])[] = [
		['**/*.pyc', without('content lib/a.pyc')],
		['/lib/*.py', without('content lib/a.py')],
		['lib', without('content lib/a.py', 'content lib/a.pyc')],
		['lib/', without('content lib/a.py', 'content lib/a.pyc')],
		['var/**', without('added var', 'added var/cache/deep/b')],
		['var/cache', without('added var/cache/deep/b')],
		['**/deep', without('added var/cache/deep/b')],
		['{lib,var}', without('content lib/a.py', 'content lib/a.pyc', 'added var', 'added var/cache/deep/b')],
		['.env', without('content .env')],
		['*env', without('content .env')],
		['a\\[1\\]', without('content a[1]')],
		['*.pyc', all],
		['ib', all],
		['!lib', all],
		['**', []],
	];
	for (const [glob, expected] of ignored)
		test(`without ${glob}`, async (t) => {
			t.assert.deepEqual(await rows({ ignore: [glob] }), expected);
		});

	test('are without any of several globs', async (t) => {
		t.assert.deepEqual(
			await rows({ ignore: ['lib', '.env'] }),
			without('content lib/a.py', 'content lib/a.pyc', 'content .env'),
		);
	});

	test('are those at and below one path', async (t) => {
		t.assert.deepEqual(await rows({ below: nodeAt('var') }), ['added var', 'added var/cache/deep/b']);
		t.assert.deepEqual(await rows({ below: nodeAt('lib/a.py') }), ['content lib/a.py']);
		t.assert.deepEqual(await rows({ below: nodeAt('lib'), ignore: ['**/*.pyc'] }), ['content lib/a.py']);
	});

	test('have something that moved from or to elsewhere as added or removed', async (t) => {
		t.assert.deepEqual(await rows({ ignore: ['moved'], below: nodeAt('place') }), ['added place/x']);
		t.assert.deepEqual(await rows({ below: nodeAt('moved') }), ['removed moved/x']);
	});

	test('are counted anew', async (t) => {
		const { counts } = await jsonDifferenceOf(selected(compared, { ignore: ['lib', 'var/cache', 'moved'] }));
		const { added, removed, content } = counts ?? {};
		t.assert.deepEqual(
			[added, removed, content],
			[
				{ files: 1, directories: 1 },
				{ files: 0, directories: 0 },
				{ files: 2, directories: 0 },
			],
		);
	});

	test('may be as deep as paths can be', async (t) => {
		const deep = 'd/'.repeat(3000);
		const two = await compareArchived({ layers: [[]] }, { layers: [[file(`${deep}f`, 'x')]] });
		const { files } = await jsonDifferenceOf(selected(two, { ignore: ['d/d/d'] }));
		t.assert.deepEqual(files, []);
	});
});
