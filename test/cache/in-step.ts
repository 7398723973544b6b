import { workerData } from 'node:worker_threads';
import type { Changeset } from '../../source/tar/changeset.ts';
import { cacheIn, storeLayer } from '../support/disk-cache.ts';

/* A thread of a test: stores one layer under ever new pairs of keys, each at the same moment as the other threads. */

export interface InStep {
	readonly folder: string;
	readonly layer: Changeset;
	readonly threads: number;
	/** How many threads have come to each pair of keys. */
	readonly arrived: Int32Array;
}

/** The two keys of a number. */
export function keysOf(number: number): readonly string[] {
	return [`${number}`, `also ${number}`];
}

function storeInStep({ folder, layer, threads, arrived }: InStep): void {
	const cache = cacheIn(folder);
	for (let number = 0; number < arrived.length; number++) {
		meet(arrived, number, threads);
		storeLayer(cache, keysOf(number), layer);
	}
	if (cache.warnings().length > 0) throw new Error(JSON.stringify(cache.warnings()));
}

function meet(arrived: Int32Array, number: number, threads: number): void {
	let count = Atomics.add(arrived, number, 1) + 1;
	if (count === threads) Atomics.notify(arrived, number);
	for (; count < threads; count = Atomics.load(arrived, number)) Atomics.wait(arrived, number, count);
}

if (workerData !== null) storeInStep(workerData);
