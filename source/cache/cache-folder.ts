import { posix, win32 } from 'node:path';

/** What of the user and the machine decides where the cache is. */
export interface CachePlace {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeFolder: string;
	/** Where a relative FATHOM_CACHE_DIR starts. */
	readonly currentFolder: string;
	readonly system: NodeJS.Platform;
}

/**
 * The folder of the cache, whether it is there or not: what FATHOM_CACHE_DIR names, else `fathom` in the folder for caches (XDG Base
 * Directory Specification, which has a relative XDG_CACHE_HOME ignored; macOS and Windows have places of their own).
 */
export function cacheFolderOf({ environment, homeFolder, currentFolder, system }: CachePlace): string {
	const { join, resolve, isAbsolute } = system === 'win32' ? win32 : posix;
	const { FATHOM_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = environment;
	if (FATHOM_CACHE_DIR) return resolve(currentFolder, FATHOM_CACHE_DIR);
	if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'fathom');
	if (system === 'darwin') return join(homeFolder, 'Library', 'Caches', 'fathom');
	if (system === 'win32')
		return join(LOCALAPPDATA || join(homeFolder, 'AppData', 'Local'), 'fathom', 'cache');
	return join(homeFolder, '.cache', 'fathom');
}
