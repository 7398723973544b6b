import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskCache } from '../../source/cache/disk-cache.ts';
import type { CacheLimits } from '../../source/cache/prune.ts';

const noLimits: CacheLimits = { maximumBytes: null, maximumAgeSeconds: null };

/** A cache in a folder, as a run of its own opens it. */
export function cacheIn(folder: string, limits: CacheLimits = noLimits): DiskCache {
	return new DiskCache({ folder, userId: process.getuid?.() ?? null }, limits);
}

/** The paths of all files below a folder, in order. */
export async function filesIn(folder: string): Promise<readonly string[]> {
	const found = await readdir(folder, { recursive: true, withFileTypes: true });
	return found
		.filter((each) => !each.isDirectory())
		.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
		.sort();
}
