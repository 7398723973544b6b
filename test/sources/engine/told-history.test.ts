import { deepEqual } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { configSteps, parseHistory, unpackedLayers } from '../../../source/sources/engine/told-history.ts';

/** Steps as an engine lists them, the first one first here. */
function listed(...steps: readonly (readonly [createdBy: string, bytes: number])[]) {
	return parseHistory(
		steps.map(([CreatedBy, Size]) => ({ CreatedBy, Size, Created: 0, Comment: '' })).reverse(),
	);
}

function withLayers(steps: ReturnType<typeof listed>, layerCount: number): readonly (string | null)[] {
	return configSteps(steps, layerCount)
		.filter(({ emptyLayer }) => !emptyLayer)
		.map(({ createdBy }) => createdBy);
}

suite('the history that an engine tells', () => {
	test('has the last step first, with the time in seconds', () => {
		const history = [
			{ CreatedBy: 'CMD ["b"]', Created: 1_767_225_600, Size: 0, Comment: 'buildkit.dockerfile.v0' },
			{ CreatedBy: '', Created: 1_767_225_599, Size: 12, Comment: 'Imported from -' },
		];
		deepEqual(parseHistory(history), [
			{ createdBy: null, created: '2025-12-31T23:59:59Z', comment: 'Imported from -', bytes: 12 },
			{
				createdBy: 'CMD ["b"]',
				created: '2026-01-01T00:00:00Z',
				comment: 'buildkit.dockerfile.v0',
				bytes: 0,
			},
		]);
	});

	test('is taken as far as it makes sense', () => {
		deepEqual(parseHistory({ message: 'no such image' }), []);
		deepEqual(parseHistory([{ Created: 1e15, Size: -1, CreatedBy: 7 }, null]), [
			{ createdBy: null, created: null, comment: null, bytes: 0 },
			{ createdBy: null, created: null, comment: null, bytes: 0 },
		]);
	});

	test('gives the layers to the steps that hold something', () => {
		const steps = listed(['a', 1], ['CMD ["x"]', 0], ['b', 2], ['ENV A=b', 0]);
		deepEqual(withLayers(steps, 2), ['a', 'b']);
	});

	test('gives the layers that hold nothing to what may have made them', () => {
		const rm = '/bin/sh -c rm -rf /var/lib/apt/lists/*';
		const steps = listed(['a', 1], ['/bin/sh -c #(nop) WORKDIR /srv', 0], ['LABEL a=b', 0], [rm, 0]);
		deepEqual(withLayers(steps, 2), ['a', rm]);
		deepEqual(withLayers(steps, 3), ['a', '/bin/sh -c #(nop) WORKDIR /srv', rm]);
	});

	test('says how large each layer is, where it fits the layers', () => {
		const steps = listed(['a', 1], ['CMD ["x"]', 0], ['b', 2]);
		const bytes = (layerCount: number) =>
			unpackedLayers(steps, configSteps(steps, layerCount), layerCount).map(({ storedBytes }) => storedBytes);
		deepEqual(bytes(2), [1, 2]);
		deepEqual(bytes(5), [0, 0, 0, 0, 0]);
	});
});
