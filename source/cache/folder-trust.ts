import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Warning } from '../warning.ts';
import { exposedKey, foreignFolder, sharedFolder, unreadable } from './cache-warning.ts';
import { kinds } from './kinds/kind.ts';
import { KEY_FILE } from './stored-identity-key.ts';

/** Permission bits that let others write, and those that let others do anything. */
const OTHERS_WRITE = 0o022;
const OTHERS_ANY = 0o077;

/**
 * Why the folder, what is in it or its key cannot be trusted; null where it can, and where there is no folder. What another user can change
 * may hold any figures, and who knows the key can seal them. The folder itself may be reached through a symlink of the user; nothing in
 * it may be one. Without a user ID, on systems whose files have no such owners, everything is trusted. Throws the system's errors.
 */
export function distrust(folder: string, userId: number | null): Warning | null {
	if (userId === null) return null;
	const whole = statSync(folder, { throwIfNoEntry: false });
	if (whole === undefined) return null;
	const faults = [
		() => faultOf(folder, whole, userId),
		...kinds.map((kind) => () => faultInside(join(folder, kind.folder), userId)),
		() => keyFault(join(folder, KEY_FILE), userId),
	];
	for (const fault of faults) {
		const found = fault();
		if (found !== null) return found;
	}
	return null;
}

function faultOf(path: string, { uid, mode }: Pick<Stats, 'uid' | 'mode'>, userId: number): Warning | null {
	if (uid !== userId) return foreignFolder(path);
	return (mode & OTHERS_WRITE) === 0 ? null : sharedFolder(path);
}

function faultInside(path: string, userId: number): Warning | null {
	const stats = lstatSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return null;
	if (stats.isSymbolicLink()) return symlinkInside(path);
	return faultOf(path, stats, userId);
}

function keyFault(path: string, userId: number): Warning | null {
	const stats = lstatSync(path, { throwIfNoEntry: false });
	if (stats === undefined) return null;
	if (stats.isSymbolicLink()) return symlinkInside(path);
	if (stats.uid !== userId) return foreignFolder(path);
	return (stats.mode & OTHERS_ANY) === 0 ? null : exposedKey(path);
}

function symlinkInside(path: string): Warning {
	return unreadable(path, Object.assign(new Error('it is a symbolic link'), { code: 'ELOOP' }));
}
