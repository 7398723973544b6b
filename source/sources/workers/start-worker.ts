import { Worker } from 'node:worker_threads';

// Workers hold little but columns, so a small young generation costs nothing and lowers the peak of memory.
const WORKER_LIMITS = {
	maxYoungGenerationSizeMb: 2,
	maxOldGenerationSizeMb: 64,
	codeRangeSizeMb: 8,
	stackSizeMb: 1,
};

/** Starts a thread that does layer tasks; after some 50 ms it can begin. */
export function startWorker(): Worker {
	// The worker's file has the ending of this one: in development the source runs as TypeScript.
	const file = new URL(`./layer-worker${import.meta.url.slice(-3)}`, import.meta.url);
	const worker = new Worker(file, { resourceLimits: WORKER_LIMITS });
	worker.setMaxListeners(0);
	return worker;
}
