import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { heldMilliseconds, Prepared, type Steps } from '../../../source/steps.ts';
import { IdleWork } from '../../../source/tui/view/idle-work.ts';

/** Work of so many steps, each of which takes a millisecond on a clock of its own, and a record of what happened. */
function scene() {
	let milliseconds = 0;
	const log: string[] = [];
	function* work(name: string, count: number): Steps<void> {
		for (let step = 1; step <= count; step++) {
			milliseconds += 1;
			log.push(`${name}${step}`);
			yield;
		}
	}
	return { idle: new IdleWork(() => milliseconds), work, log };
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await turn();
}

/** What a promise gives, with the process kept from ending before: idle work does not keep it. */
async function kept<T>(promise: Promise<T>): Promise<T> {
	let isSettled = false;
	promise.finally(() => {
		isSettled = true;
	});
	await until(() => isSettled);
	return promise;
}

describe('work ahead of time', () => {
	test('waits until nothing happens for a moment, and is done in its order', async (t) => {
		const { idle, work, log } = scene();
		const areDone = Promise.all([idle.add(work('first', 2)), idle.add(work('second', 2))]);
		t.assert.deepEqual(log, []);
		t.assert.deepEqual(await kept(areDone), [true, true]);
		t.assert.deepEqual(log, ['first1', 'first2', 'second1', 'second2']);
	});

	test('has other work wait meanwhile, as the user sees this one next', async (t) => {
		const { idle, work, log } = scene();
		idle.add(work('a', 9));
		await until(() => log.length > 0);
		t.assert.equal(heldMilliseconds() > 0, true);
	});

	test('stops every few milliseconds for what may have come from the terminal', async (t) => {
		const { idle, work, log } = scene();
		idle.add(work('a', 9));
		await until(() => log.length > 0);
		const slices: number[] = [];
		while (log.length < 9) {
			slices.push(log.length);
			await turn();
		}
		t.assert.deepEqual([...new Set(slices)], [3, 6]);
	});

	test('is dropped when something happens, and says so', async (t) => {
		const { idle, work, log } = scene();
		const isDone = idle.add(work('a', 9));
		await until(() => log.length > 0);
		idle.drop();
		t.assert.equal(await isDone, false);
		const before = log.length;
		for (let turns = 0; turns < 5; turns++) await turn();
		t.assert.equal(log.length, before);
	});

	test('goes on where it was left when it is added again', async (t) => {
		const { idle, work, log } = scene();
		const steps = new Prepared(work('a', 5));
		idle.add(steps.prepare());
		await until(() => log.length > 0);
		idle.drop();
		t.assert.equal(await kept(idle.add(steps.prepare())), true);
		t.assert.deepEqual(log, ['a1', 'a2', 'a3', 'a4', 'a5']);
	});
});
