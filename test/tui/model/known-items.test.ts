import { describe, test } from 'node:test';
import { finish } from '../../../source/steps.ts';
import { KnownItems } from '../../../source/tui/model/views/list/known-items.ts';

interface Item {
	readonly name: string;
	readonly bytes: number;
}

const COUNT = 100_000;

/** A list that says how many items were put together. */
class CountedItems {
	readonly length = COUNT;
	made = 0;

	slice(start: number, end: number): readonly Item[] {
		const length = Math.max(0, Math.min(end, COUNT) - start);
		this.made += length;
		return Array.from({ length }, (_, index) => itemAt(start + index));
	}
}

function itemAt(index: number): Item {
	return { name: `file-${(index * 7919) % COUNT}`, bytes: (index * 31) % 1000 };
}

function known(source: CountedItems): KnownItems<Item> {
	return new KnownItems(source, {
		texts: ({ name }) => [name],
		keys: [null, { kind: 'amount', of: ({ bytes }) => bytes }, { kind: 'text', of: ({ name }) => name }],
	});
}

const all = { filter: '', order: 0, isReversed: false };

describe('a list of a hundred thousand items', () => {
	test('puts none together to show them in their order, nor the other way round', (t) => {
		const source = new CountedItems();
		const items = known(source);
		t.assert.equal(items.show(all).indexAt(99), 99);
		t.assert.equal(items.show(all).rowOf(COUNT), null);
		const reversed = items.show({ ...all, isReversed: true });
		t.assert.equal(reversed.indexAt(0), COUNT - 1);
		t.assert.equal(reversed.rowOf(COUNT - 1), 0);
		t.assert.equal(source.made, 0);
	});

	test('is prepared in small steps that can be stopped, so that nothing is put together twice', (t) => {
		const source = new CountedItems();
		const items = known(source);
		const stopped = items.prepare();
		for (let step = 0; step < 10; step++) stopped.next();
		let before = source.made;
		let largest = 0;
		for (const _ of items.prepare()) {
			largest = Math.max(largest, source.made - before);
			before = source.made;
		}
		t.assert.equal(items.isPrepared, true);
		t.assert.equal(largest <= 512, true);
		t.assert.equal(source.made, 3 * COUNT);
		items.show({ filter: 'file-99', order: 1, isReversed: false });
		items.show({ filter: '', order: 2, isReversed: true });
		t.assert.equal(source.made, 3 * COUNT);
	});

	test('is filtered in its first items at once, and in all of them once it is prepared', (t) => {
		const items = known(new CountedItems());
		const choice = { filter: '~^file-9999.$', order: 1, isReversed: false };
		t.assert.equal(items.show(choice).count < 10, true);
		t.assert.equal(items.isPrepared, false);
		finish(items.prepare());
		const found = items.show(choice);
		const amounts = Array.from({ length: found.count }, (_, row) => itemAt(found.indexAt(row)).bytes);
		t.assert.equal(found.count, 10);
		t.assert.equal(items.filter(choice.filter).found, 10);
		t.assert.deepEqual(
			amounts,
			amounts.toSorted((left, right) => right - left),
		);
	});

	test('shows everything while a filter is not one', (t) => {
		const items = known(new CountedItems());
		t.assert.equal(items.show({ ...all, filter: '~(' }).count, COUNT);
		t.assert.equal(items.filter('~(').problem === null, false);
		t.assert.equal(items.show({ ...all, filter: '~' }).count, COUNT);
		t.assert.equal(items.show({ ...all, filter: 'nowhere' }).count, 0);
	});

	test('sorts the same where nothing was prepared', (t) => {
		const [first] = [known(new CountedItems()).show({ ...all, order: 2 })];
		t.assert.equal(itemAt(first.indexAt(0)).name, 'file-0');
		t.assert.equal(first.rowOf(first.indexAt(4321)), 4321);
	});
});
