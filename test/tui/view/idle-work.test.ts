import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../../../source/steps.ts';
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

describe('work ahead of time', () => {
	test('waits until nothing happens for a moment, and does what is likely to be asked for first', async (t) => {
		const { idle, work, log } = scene();
		idle.takeOn([work('lasting', 2)]);
		idle.defer([work('passing', 2)]);
		t.assert.deepEqual(log, []);
		await until(() => log.length === 4);
		t.assert.deepEqual(log, ['passing1', 'passing2', 'lasting1', 'lasting2']);
	});

	test('stops every few milliseconds for what may have come from the terminal', async (t) => {
		const { idle, work, log } = scene();
		idle.defer([work('a', 9)]);
		await until(() => log.length > 0);
		const slices: number[] = [];
		while (log.length < 9) {
			slices.push(log.length);
			await turn();
		}
		t.assert.deepEqual([...new Set(slices)], [3, 6]);
	});

	test('is forgotten when something else happens, but for what is of use whatever happens', async (t) => {
		const { idle, work, log } = scene();
		idle.takeOn([work('lasting', 4)]);
		idle.defer([work('passing', 5)]);
		await until(() => log.length > 0);
		idle.defer([work('new', 1)]);
		await until(() => log.includes('lasting4'));
		t.assert.deepEqual(log, [
			'passing1',
			'passing2',
			'passing3',
			'new1',
			'lasting1',
			'lasting2',
			'lasting3',
			'lasting4',
		]);
	});

	test('ends when it is stopped', async (t) => {
		const { idle, work, log } = scene();
		idle.takeOn([work('lasting', 9)]);
		idle.defer([]);
		await until(() => log.length > 0);
		idle.stop();
		const before = log.length;
		for (let turns = 0; turns < 5; turns++) await turn();
		t.assert.equal(log.length, before);
	});
});
