import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ImageStack, type ResolveContents } from '../../source/filetree/stacking/stack.ts';
import { runInSlices } from '../../source/sources/time-slice.ts';
import { finish } from '../../source/steps.ts';
import type { ContentGroups } from '../../source/tar/content-groups.ts';
import { file, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { scanByPosition } from '../support/scan.ts';

/** Each group as `layer.entry` of its items. */
function namesOf({ count, starts, layers, entries }: ContentGroups): readonly string[] {
	return Array.from({ length: count }, (_, group) =>
		Array.from(layers.subarray(starts[group], starts[group + 1]), (layer, item) => {
			return `${layer}.${entries[starts[group] + item]}`;
		}).join(' '),
	);
}

/** What is told after each layer, and what is asked at the end. */
async function questionsAbout(layers: readonly (readonly TarEntry[])[]) {
	const told: string[] = [];
	const stack = new ImageStack(1, (pairs, { length }) =>
		told.push(`after ${length} layers: ${namesOf(pairs).join(', ')}`),
	);
	for (const layer of layers) finish(stack.add(scanByPosition(layerTar(layer))));
	let asked: readonly string[] = [];
	const resolve: ResolveContents = async ({ groups }) => {
		asked = namesOf(groups);
		return Uint32Array.from(groups.layers, (_, item) => item);
	};
	await stack.finish(resolve, { run: runInSlices });
	return { told, asked };
}

describe('whether contents are the same is asked', () => {
	test('of two files at one path with one size, as soon as the second is there', async () => {
		const { told, asked } = await questionsAbout([
			[file('a', 'x'), file('b', 'x'), file('c', 'x')],
			[file('c', 'y'), file('a', 'yy')],
			[file('b', 'y')],
		]);
		assert.deepEqual(told, ['after 2 layers: 0.2 1.0', 'after 3 layers: 0.1 2.0']);
		assert.deepEqual(asked, ['0.2 1.0', '0.1 2.0']);
	});

	test('of a file that comes again after it was removed', async () => {
		const { asked } = await questionsAbout([[file('a', 'x')], [whiteout('a')], [file('a', 'y')]]);
		assert.deepEqual(asked, ['0.0 2.0']);
	});

	test('of three files or more at the end, where the first two were told before', async () => {
		const { told, asked } = await questionsAbout([[file('a', 'x')], [file('a', 'y')], [file('a', 'z')]]);
		assert.deepEqual(told, ['after 2 layers: 0.0 1.0']);
		assert.deepEqual(asked, ['0.0 1.0', '0.0 1.0 2.0']);
	});

	test('once of the first two, where the third has another size', async () => {
		const { asked } = await questionsAbout([[file('a', 'x')], [file('a', 'y')], [file('a', 'zz')]]);
		assert.deepEqual(asked, ['0.0 1.0']);
	});

	test('of those among several files that have one size', async () => {
		const { told, asked } = await questionsAbout([
			[file('a', 'x')],
			[file('a', 'yy')],
			[file('a', 'z')],
			[file('a', 'ww')],
		]);
		assert.deepEqual(told, []);
		assert.deepEqual(asked, ['0.0 2.0', '1.0 3.0']);
	});

	test('never of empty files', async () => {
		const { asked } = await questionsAbout([[file('a', '')], [file('a', '')]]);
		assert.deepEqual(asked, []);
	});
});
