import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskCache } from '../../source/cache/disk-cache.ts';
import { layers } from '../../source/cache/kinds/layers.ts';
import { type CacheKey, LayerCache } from '../../source/cache/layer-cache.ts';
import type { CacheLimits } from '../../source/cache/prune.ts';
import type { Changeset } from '../../source/tar/changeset.ts';

const noLimits: CacheLimits = { maximumBytes: null, maximumAgeSeconds: null };

/** A cache in a folder, as a run of its own opens it. */
export function cacheIn(folder: string, limits: CacheLimits = noLimits): LayerCache {
	return new LayerCache(new DiskCache({ folder, userId: process.getuid?.() ?? null }, limits));
}

/** Stores a layer, whatever it costs to read it again. */
export function storeLayer(cache: LayerCache, keys: readonly CacheKey[], layer: Changeset): void {
	cache.store({ kind: layers, keys, cost: Infinity }, layer);
}

export function findLayer(cache: LayerCache, key: CacheKey): Changeset | null {
	return cache.lookUp({ kind: layers, keys: [key], cost: Infinity });
}

/** The paths of all files below a folder, in order. */
export async function filesIn(folder: string): Promise<readonly string[]> {
	const found = await readdir(folder, { recursive: true, withFileTypes: true });
	return found
		.filter((each) => !each.isDirectory())
		.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
		.sort();
}
