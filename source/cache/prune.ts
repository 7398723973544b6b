import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type KeptFile, keptFiles } from './cached-files.ts';
import { KEY_FILE } from './stored-identity-key.ts';

/** How much is kept, and for how long; null: without bound. */
export interface CacheLimits {
	readonly maximumBytes: number | null;
	/** Since it was last used. */
	readonly maximumAgeSeconds: number | null;
}

export interface Pruned {
	readonly removedFiles: number;
	readonly removedBytes: number;
	readonly keptFiles: number;
	readonly keptBytes: number;
}

/** What was not finished in that time never will be. */
const UNFINISHED_MILLISECONDS = 60 * 60 * 1000;

/** Removes what is too old, then what was not used for longest until the rest is small enough. Throws the system's errors. */
export function prune(folder: string, limits: CacheLimits, now: number): Pruned {
	const { maximumBytes, maximumAgeSeconds } = limits;
	const oldest = maximumAgeSeconds === null ? -Infinity : now - maximumAgeSeconds * 1000;
	return removeFiles(folder, now, ({ usedAt, bytes }, keptBytes) => {
		return usedAt >= oldest && (maximumBytes === null || keptBytes + bytes <= maximumBytes);
	});
}

/** Removes everything, the key included: what other processes keep from now on is dropped when it is looked at. Throws the system's errors. */
export function pruneAll(folder: string, now: number): Pruned {
	const pruned = removeFiles(folder, now, () => false);
	rmSync(join(folder, KEY_FILE), { force: true });
	return pruned;
}

/** Removes the files that are not kept, asking for those first that were used last. */
function removeFiles(
	folder: string,
	now: number,
	isKept: (file: KeptFile, keptBytes: number) => boolean,
): Pruned {
	let pruned: Pruned = { removedFiles: 0, removedBytes: 0, keptFiles: 0, keptBytes: 0 };
	for (const file of [...keptFiles(folder)].sort((left, right) => right.usedAt - left.usedAt)) {
		// Somebody may be at work on an unfinished file.
		const stays =
			file.kind === null ? now - file.usedAt < UNFINISHED_MILLISECONDS : isKept(file, pruned.keptBytes);
		pruned = stays || !isRemoved(file) ? withKept(pruned, file) : withRemoved(pruned, file);
	}
	return pruned;
}

function withKept(pruned: Pruned, { bytes }: KeptFile): Pruned {
	return { ...pruned, keptFiles: pruned.keptFiles + 1, keptBytes: pruned.keptBytes + bytes };
}

function withRemoved(pruned: Pruned, { bytes }: KeptFile): Pruned {
	return {
		...pruned,
		removedFiles: pruned.removedFiles + 1,
		removedBytes: pruned.removedBytes + bytes,
	};
}

/** False for a file that another process has open, where the system does not let go of such. */
function isRemoved({ paths }: KeptFile): boolean {
	try {
		for (const path of paths) rmSync(path, { force: true });
		return true;
	} catch {
		return false;
	}
}
