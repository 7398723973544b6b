import { cacheFolderOf } from '../cache/cache-folder.ts';
import { LayerCache, noCache } from '../cache/layer-cache.ts';
import type { CacheLimits } from '../cache/prune.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommandContext } from './command.ts';

/** The cache that the settings ask for. Its folder is created when the first value is stored. */
export async function openCache({
	settings,
	host,
}: Pick<CommandContext, 'settings' | 'host'>): Promise<LayerCache> {
	if (!settings.cache) return noCache();
	const { DiskCache } = await import('../cache/disk-cache.ts');
	const location = { folder: cacheFolderOf(host), userId: host.userId };
	return new LayerCache(new DiskCache(location, cacheLimitsOf(settings)));
}

export function cacheLimitsOf({ cacheBytes, cacheSeconds }: Settings): CacheLimits {
	return { maximumBytes: cacheBytes, maximumAgeSeconds: cacheSeconds };
}
