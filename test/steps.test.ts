import { describe, test } from 'node:test';
import { finish, Prepared, type Steps, sortInSteps } from '../source/steps.ts';

/** Counts to three, and tells how far it is. */
function counting(): { readonly steps: Steps<number>; readonly done: () => number } {
	let done = 0;
	function* count(): Steps<number> {
		while (done < 3) {
			done += 1;
			yield;
		}
		return done;
	}
	return { steps: count(), done: () => done };
}

describe('work in steps', () => {
	test('can be done at once', (t) => {
		t.assert.equal(finish(counting().steps), 3);
	});

	test('is begun by whoever prepares it, and finished when it is asked for', (t) => {
		const { steps, done } = counting();
		const prepared = new Prepared(steps);
		t.assert.equal(done(), 0);
		prepared.prepare().next();
		t.assert.equal(done(), 1);
		t.assert.equal(prepared.get(), 3);
	});

	test('goes on where it was left, and is done once', (t) => {
		const { steps, done } = counting();
		const prepared = new Prepared(steps);
		const before = prepared.prepare();
		before.next();
		finish(prepared.prepare());
		t.assert.equal(done(), 3);
		t.assert.deepEqual([before.next().done, prepared.prepare().next().done], [true, true]);
		t.assert.equal(prepared.get(), 3);
	});
});

describe('sorting in steps', () => {
	test('gives what sorting at once gives, with equal items in their order', (t) => {
		const items = Array.from({ length: 5000 }, (_, index) => ({ key: (index * 7919) % 100, index }));
		const byKey = (left: { key: number }, right: { key: number }) => left.key - right.key;
		t.assert.deepEqual(finish(sortInSteps(items, byKey)), items.toSorted(byKey));
	});

	test('of nothing gives nothing', (t) => {
		t.assert.deepEqual(finish(sortInSteps([], () => 0)), []);
	});
});
