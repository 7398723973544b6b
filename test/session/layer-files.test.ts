import { test } from 'node:test';
import { filesOfLayers } from '../../source/session/layer-files.ts';
import { finish } from '../../source/steps.ts';
import { stringAt } from '../../source/tar/changeset.ts';
import { directory, file, whiteout } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';

const deep = `${'deep/'.repeat(300)}file`;
const layers = [
	[
		file('at-the-top', '1'),
		directory('a'),
		file('a/b/twice', 'first'),
		file('a/b/twice', 'second'),
		file(deep, 'deep'),
		file('a/é', ''),
	],
	[whiteout('at-the-top'), file('a/b/c', '333')],
];

test('the files that facts are read from are told by path, some at a time, without what the same layer superseded', async (t) => {
	const { tree } = await loadLayers(layers);
	const told = finish(filesOfLayers(tree, [0, 1])).map(({ layerIndex, count, sizeOf, columns }) =>
		Array.from({ length: count }, (_, file) => {
			const { entries, paths, positions, sizes, modes } = finish(columns(file, file + 1));
			const changeset = tree.changesets[layerIndex];
			const [entry] = entries;
			t.assert.deepEqual(
				[positions[0], modes[0], sizes[0]],
				[changeset.positions[entry], changeset.modes[entry], sizeOf(file)],
			);
			return [Buffer.from(stringAt(paths, 0)).toString(), sizes[0]];
		}),
	);
	t.assert.deepEqual(told, [
		[
			['at-the-top', 1],
			['a/b/twice', 6],
			[deep, 4],
			['a/é', 0],
		],
		[['a/b/c', 3]],
	]);
});
