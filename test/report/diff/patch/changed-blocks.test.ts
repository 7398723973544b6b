import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Block, changedBlocks } from '../../../../source/report/diff/patch/changed-blocks.ts';
import { finish } from '../../../../source/steps.ts';

const compare = (older: Uint32Array, newer: Uint32Array) => finish(changedBlocks([older, newer]));

/** The new list, made from the old one and what the blocks say. */
function applied(older: Uint32Array, newer: Uint32Array, blocks: readonly Block[]): readonly number[] {
	const lines: number[] = [];
	let next = 0;
	for (const { oldStart, oldCount, newStart, newCount } of blocks) {
		lines.push(...older.subarray(next, oldStart));
		assert.equal(lines.length, newStart);
		for (const line of newer.subarray(newStart, newStart + newCount)) lines.push(line);
		next = oldStart + oldCount;
	}
	return [...lines, ...older.subarray(next)];
}

const editsIn = (blocks: readonly Block[]) =>
	blocks.reduce((sum, { oldCount, newCount }) => sum + oldCount + newCount, 0);

describe('the blocks in which two lists of lines differ', () => {
	test('make the new list of the old one', () => {
		const lines = fc.array(fc.nat(9), { maxLength: 40 }).map((list) => Uint32Array.from(list));
		fc.assert(
			fc.property(lines, lines, (older, newer) => {
				assert.deepEqual(applied(older, newer, compare(older, newer)), [...newer]);
			}),
			{ numRuns: 1000 },
		);
	});

	test('are apart, and none is empty', () => {
		const lines = fc.array(fc.nat(3), { maxLength: 30 }).map((list) => Uint32Array.from(list));
		fc.assert(
			fc.property(lines, lines, (older, newer) => {
				let end = -1;
				for (const { oldStart, oldCount, newCount } of compare(older, newer)) {
					assert.equal(oldStart > end && oldCount + newCount > 0, true);
					end = oldStart + oldCount;
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('are as few as possible where few lines differ', (t) => {
		const older = Uint32Array.from({ length: 100_000 }, (_, line) => line % 1000);
		const newer = older.slice();
		newer[5] = 5000;
		newer[50_000] = 5000;
		t.assert.deepEqual(compare(older, newer), [
			{ oldStart: 5, oldCount: 1, newStart: 5, newCount: 1 },
			{ oldStart: 50_000, oldCount: 1, newStart: 50_000, newCount: 1 },
		]);
	});

	test('are single lines where every tenth of 100,000 lines is another one', (t) => {
		const older = Uint32Array.from({ length: 100_000 }, (_, line) => line);
		const newer = older.map((line) => (line % 10 === 0 ? line + 1_000_000 : line));
		const blocks = compare(older, newer);
		t.assert.deepEqual(applied(older, newer, blocks), [...newer]);
		t.assert.deepEqual([blocks.length, editsIn(blocks)], [10_000, 20_000]);
	});

	test('are one where many lines differ and none is there only once', (t) => {
		const random = (seed: number) =>
			Uint32Array.from({ length: 5000 }, (_, line) => ((line * seed) >>> 3) % 7);
		const [older, newer] = [random(2_654_435), random(40_503)];
		const blocks = compare(older, newer);
		t.assert.deepEqual(applied(older, newer, blocks), [...newer]);
		t.assert.equal(blocks.length, 1);
	});
});
