import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

/** Connections and programs take a moment to end. */
const PATIENCE_MILLISECONDS = 30_000;
const DESCRIPTORS = '/proc/self/fd';
/** A worker that is ended while it starts leaves open what Node or tsx was just loading. */
const MODULE = /\/tsx-[^/]*(?:\/|$)|\.[cm]?[jt]s$/;

/** What is open in this process: threads, descriptors, and what else the event loop waits for. */
interface OpenResources {
	/** What each descriptor leads to, empty where the system does not say. */
	readonly descriptors: readonly string[];
	/** As Node names them. */
	readonly awaited: readonly string[];
	/** Those that have not ended, of the workers that were started meanwhile. */
	readonly workers: number;
}

/** Notes what is open now, and tells later whether more is. */
export class ResourceWatch {
	readonly #workers: Worker[] = [];
	readonly #before: OpenResources;

	constructor() {
		subscribe('worker_threads', this.#onWorker);
		this.#before = this.#now();
	}

	/** Waits until all workers that were started meanwhile have ended. */
	async workersEnd(): Promise<void> {
		await this.#until(() => assert.equal(this.#now().workers, 0));
	}

	/** Waits until no more is open than at the beginning. Throws with what is left. */
	async nothingIsLeft(): Promise<void> {
		await this.#until(() => {
			const { descriptors, awaited, workers } = this.#now();
			const more = {
				descriptors: without(descriptors, this.#before.descriptors),
				awaited: without(awaited, this.#before.awaited),
				workers,
			};
			assert.deepEqual(more, { descriptors: [], awaited: [], workers: 0 });
		});
		unsubscribe('worker_threads', this.#onWorker);
	}

	readonly #onWorker = (message: unknown): void => {
		this.#workers.push((message as { readonly worker: Worker }).worker);
	};

	#now(): OpenResources {
		return {
			descriptors: openDescriptors(),
			awaited: process.getActiveResourcesInfo(),
			workers: this.#workers.filter(({ threadId }) => threadId !== -1).length,
		};
	}

	async #until(check: () => void): Promise<void> {
		for (const start = Date.now(); Date.now() - start < PATIENCE_MILLISECONDS; await sleep(20)) {
			try {
				return check();
			} catch {
				// It may still be ending.
			}
		}
		check();
	}
}

function openDescriptors(): readonly string[] {
	if (!existsSync(DESCRIPTORS)) return [];
	return readdirSync(DESCRIPTORS).flatMap((descriptor) => {
		try {
			const target = readlinkSync(`${DESCRIPTORS}/${descriptor}`);
			return MODULE.test(target) ? [] : [target];
		} catch {
			// The one by which the folder was read.
			return [];
		}
	});
}

/** What is in a list more often than in another. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
	const rest = [...other];
	return list.filter((item) => {
		const index = rest.indexOf(item);
		if (index !== -1) rest.splice(index, 1);
		return index === -1;
	});
}
