import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { kindNamed, kinds } from '../../../source/cache/kinds/kind.ts';
import { cacheIn } from '../../support/disk-cache.ts';
import { requireAlike } from './check-ways.ts';
import { outcomeOf } from './outcome.ts';

/** An archive that is read by position is cached from 30 MB on, one that is packed from 1 MB on. */
const PLAIN_BYTES = 31_000_000;
const PACKED_BYTES = 1_100_000;

/** Has small layers and trees cached as well, in this thread. */
export function cacheEverything(): void {
	for (const { name } of kinds) Object.assign(kindNamed(name), { leastCost: 0 });
}

/** Holds that an archive is the same without a cache, with a fresh one and with a used one. A hole at its end makes it worth caching. */
export async function checkCache(path: string, folder: string, isPacked: boolean): Promise<void> {
	truncateSync(path, isPacked ? PACKED_BYTES : PLAIN_BYTES);
	const cacheFolder = mkdtempSync(join(folder, 'cache-'));
	try {
		const without = await outcomeOf(path);
		const fresh = await outcomeOf(path, { cache: cacheIn(cacheFolder) });
		const used = await outcomeOf(path, { cache: cacheIn(cacheFolder) });
		requireAlike('cache', without, fresh);
		requireAlike('cache', without, used);
	} finally {
		rmSync(cacheFolder, { recursive: true, force: true });
	}
}
