import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CachedFile, cachedFiles, unfinishedFiles } from './cached-files.ts';
import { KEY_FILE } from './stored-identity-key.ts';

/** How large the cache may be and how old its files; null: without limit. */
export interface CacheLimits {
	readonly maximumBytes: number | null;
	/** Since a file was last used. */
	readonly maximumAgeSeconds: number | null;
}

export interface Pruned {
	readonly removedFiles: number;
	readonly removedBytes: number;
	readonly remainingFiles: number;
	readonly remainingBytes: number;
}

/** A file is written in one go, so the process that has not finished one for so long was killed. */
const UNFINISHED_MILLISECONDS = 60 * 1000;

/** Removes files that are too old, then the least recently used ones until the rest is small enough. Throws the system's errors. */
export function prune(folder: string, limits: CacheLimits, now: number): Pruned {
	const { maximumBytes, maximumAgeSeconds } = limits;
	const oldest = maximumAgeSeconds === null ? -Infinity : now - maximumAgeSeconds * 1000;
	return removeFiles(folder, now, ({ usedAt, bytes }, remainingBytes) => {
		return usedAt >= oldest && (maximumBytes === null || remainingBytes + bytes <= maximumBytes);
	});
}

/** Removes all files and the key. What other processes still write under the old key is removed when it is read. Throws the system's errors. */
export function pruneAll(folder: string, now: number): Pruned {
	const pruned = removeFiles(folder, now, () => false);
	rmSync(join(folder, KEY_FILE), { force: true });
	return pruned;
}

/** Removes what processes that were killed had not finished. Throws the system's errors. */
export function removeUnfinished(folder: string, now: number): void {
	for (const file of unfinishedFiles(folder)) if (!mayBeWritten(file, now)) tryRemoving(file);
}

/** Removes the files that may not stay. It asks about the most recently used ones first. */
function removeFiles(
	folder: string,
	now: number,
	mayStay: (file: CachedFile, remainingBytes: number) => boolean,
): Pruned {
	let pruned: Pruned = { removedFiles: 0, removedBytes: 0, remainingFiles: 0, remainingBytes: 0 };
	for (const file of [...cachedFiles(folder)].sort((left, right) => right.usedAt - left.usedAt)) {
		const stays = file.kind === null ? mayBeWritten(file, now) : mayStay(file, pruned.remainingBytes);
		pruned = stays || !tryRemoving(file) ? withRemaining(pruned, file) : withRemoved(pruned, file);
	}
	return pruned;
}

/** Whether another process may be writing an unfinished file. */
function mayBeWritten({ usedAt }: CachedFile, now: number): boolean {
	return now - usedAt < UNFINISHED_MILLISECONDS;
}

function withRemaining(pruned: Pruned, { bytes }: CachedFile): Pruned {
	return {
		...pruned,
		remainingFiles: pruned.remainingFiles + 1,
		remainingBytes: pruned.remainingBytes + bytes,
	};
}

function withRemoved(pruned: Pruned, { bytes }: CachedFile): Pruned {
	return {
		...pruned,
		removedFiles: pruned.removedFiles + 1,
		removedBytes: pruned.removedBytes + bytes,
	};
}

/** False for a file that another process has open, on systems that do not remove such files. */
function tryRemoving({ paths }: CachedFile): boolean {
	try {
		for (const path of paths) rmSync(path, { force: true });
		return true;
	} catch {
		return false;
	}
}
