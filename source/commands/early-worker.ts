import { statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { CommandName } from '../settings/commands.ts';
import { startWorker } from '../sources/workers/start-worker.ts';

/** A smaller archive is read about as soon as a worker has started. */
const WORTH_A_WORKER_BYTES = 64 * 1024 * 1024;

/** Those that show nothing before all is read: the explorer shows the lowest layer first, and leaves the other cores to that. */
const untilAllIsRead: readonly CommandName[] = ['ci', 'report'];

/**
 * Starts a worker for a large archive, which takes about as long as loading the rest of the program. Null for anything else, and where
 * there is only one core for the program.
 */
export function startEarlyWorker(command: CommandName, reference: string, cores: number): Worker | null {
	if (!untilAllIsRead.includes(command) || cores === 1) return null;
	return fileBytes(reference) < WORTH_A_WORKER_BYTES ? null : startWorker();
}

/** 0 where no file is. */
function fileBytes(path: string): number {
	try {
		const file = statSync(path);
		return file.isFile() ? file.size : 0;
	} catch {
		// Opening it will say what is wrong.
		return 0;
	}
}
