import { cacheFolderOf } from '../cache/cache-folder.ts';
import { type LayerCache, noCache } from '../cache/layer-cache.ts';
import type { CacheLimits } from '../cache/prune.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandContext } from './command.ts';

/** The cache that the settings ask for. Nothing is written until there is something to cache. */
export async function openCache({
	settings,
	host,
}: Pick<CommandContext, 'settings' | 'host'>): Promise<LayerCache> {
	if (!settings.cache) return noCache();
	const { DiskCache } = await import('../cache/disk-cache.ts');
	return new DiskCache({ folder: cacheFolderOf(host), userId: host.userId }, cacheLimitsOf(settings));
}

export function cacheLimitsOf({ cacheBytes, cacheSeconds }: Settings): CacheLimits {
	return { maximumBytes: cacheBytes, maximumAgeSeconds: cacheSeconds };
}
