import { posix, win32 } from 'node:path';

/** What decides where the cache is. */
export interface CacheEnvironment {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeFolder: string;
	/** A relative FATHOM_CACHE_DIR is relative to this folder. */
	readonly currentFolder: string;
	readonly system: NodeJS.Platform;
}

/**
 * The folder of the cache, whether it exists or not: FATHOM_CACHE_DIR, else `fathom` in the user's folder for caches. The XDG Base
 * Directory Specification says to ignore a relative XDG_CACHE_HOME; macOS and Windows have other folders.
 */
export function cacheFolderOf({ environment, homeFolder, currentFolder, system }: CacheEnvironment): string {
	const { join, resolve, isAbsolute } = system === 'win32' ? win32 : posix;
	const { FATHOM_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
	if (FATHOM_CACHE_DIR) return resolve(currentFolder, FATHOM_CACHE_DIR);
	if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'fathom');
	if (system === 'darwin') return join(homeFolder, 'Library', 'Caches', 'fathom');
	if (system === 'win32')
		return join(LOCALAPPDATA || join(homeFolder, 'AppData', 'Local'), 'fathom', 'cache');
	return join(homeFolder, '.cache', 'fathom');
}
