import { rmSync } from 'node:fs';
import { type KeptFile, keptFiles } from './kept-files.ts';

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
	const files = [...keptFiles(folder)].sort((left, right) => right.usedAt - left.usedAt);
	let kept: Pruned = { removedFiles: 0, removedBytes: 0, keptFiles: 0, keptBytes: 0 };
	for (const file of files) {
		const isKept =
			isYoung(file, limits, now) && kept.keptBytes + file.bytes <= (limits.maximumBytes ?? Infinity);
		kept = isKept || !isRemoved(file) ? withKept(kept, file) : withRemoved(kept, file);
	}
	return kept;
}

function isYoung({ kind, usedAt }: KeptFile, { maximumAgeSeconds }: CacheLimits, now: number): boolean {
	const age = now - usedAt;
	if (kind === null && age > UNFINISHED_MILLISECONDS) return false;
	return maximumAgeSeconds === null || age <= maximumAgeSeconds * 1000;
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
