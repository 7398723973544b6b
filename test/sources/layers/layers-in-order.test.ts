import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LayersInOrder } from '../../../source/sources/layers/layers-in-order.ts';
import type { Changeset } from '../../../source/tar/changeset.ts';
import { emptyChangeset } from '../../../source/tar/empty-changeset.ts';

const [base, middle, top] = [emptyChangeset(), emptyChangeset(), emptyChangeset()];

function handingOn(keys: readonly string[]) {
	const handedOn: Changeset[] = [];
	const layers = new LayersInOrder(keys, async (changeset) => {
		handedOn.push(changeset);
	});
	return { handedOn, layers };
}

async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await nextTurn();
}

describe('layers that are read in any order', () => {
	test('are handed on lowest first, once all below them are there', async () => {
		const { handedOn, layers } = handingOn(['base', 'middle', 'top']);
		layers.add('top', top);
		layers.add('base', base);
		await turns(3);
		assert.deepEqual(handedOn, [base]);
		layers.add('middle', middle);
		await turns(3);
		assert.ok(handedOn[0] === base && handedOn[1] === middle && handedOn[2] === top);
	});

	test('are handed on in a turn of their own, not where they are added', async () => {
		const { handedOn, layers } = handingOn(['base', 'top']);
		layers.add('base', base);
		layers.add('top', top);
		assert.equal(handedOn.length, 0);
		await turns(1);
		assert.equal(handedOn.length, 1);
	});

	test('come as often as an image has them', async () => {
		const { handedOn, layers } = handingOn(['base', 'top', 'top']);
		layers.add('top', top);
		layers.add('base', base);
		await turns(4);
		assert.equal(handedOn.length, 3);
		assert.ok(handedOn[1] === handedOn[2]);
	});

	test('wait until the one before has been taken in', async () => {
		const begun: number[] = [];
		const done: number[] = [];
		const layers = new LayersInOrder(['base', 'top'], async (_, layer) => {
			begun.push(layer);
			await turns(2);
			assert.deepEqual([...done, layer], begun);
			done.push(layer);
		});
		await Promise.all([layers.add('base', base), layers.add('top', top)]);
		assert.deepEqual(done, [0, 1]);
	});

	test('say when all are handed on that can be', async () => {
		const { handedOn, layers } = handingOn(['base', 'middle', 'top']);
		await layers.add('base', base);
		assert.equal(handedOn.length, 1);
		await layers.add('top', top);
		assert.equal(handedOn.length, 1);
		await layers.add('middle', middle);
		assert.equal(handedOn.length, 3);
	});

	test('are told with their places in the image', async () => {
		const places: number[] = [];
		const layers = new LayersInOrder(['base', 'top', 'top'], async (_, layer) => {
			places.push(layer);
		});
		await Promise.all([layers.add('top', top), layers.add('base', base)]);
		assert.deepEqual(places, [0, 1, 2]);
	});

	test('are not handed on after one with which something goes wrong, which everyone is told', async () => {
		const failure = new Error('too many');
		const seen: Changeset[] = [];
		const layers = new LayersInOrder(['base', 'top'], (changeset) => {
			seen.push(changeset);
			throw failure;
		});
		await assert.rejects(layers.add('base', base), failure);
		await assert.rejects(layers.add('top', top), failure);
		assert.equal(seen.length, 1);
	});
});
