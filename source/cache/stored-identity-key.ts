import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityKey } from '../tar/content-identity.ts';
import { isCode, writeOnce, writeWhole } from './write-file.ts';

export const KEY_FILE = 'identity-key';
const KEY_BYTES = 16;

/** The key that a folder has; null when it has none. Throws the system's errors. */
export function readIdentityKey(folder: string): IdentityKey | null {
	try {
		const key = readFileSync(join(folder, KEY_FILE));
		return key.length === KEY_BYTES ? new Uint8Array(key) : null;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return null;
		throw error;
	}
}

/**
 * Makes `key` the one of the folder, if it has none yet. False when it has another one: another process was first, and what was
 * worked out under this one is no use to anybody. Throws the system's errors.
 */
export function keepIdentityKey(folder: string, key: IdentityKey): boolean {
	for (let attempt = 0; attempt < 2; attempt++) {
		addKey(folder, key);
		const kept = readIdentityKey(folder);
		if (kept !== null) return Buffer.compare(kept, key) === 0;
		// What has this name and is no key was damaged, and all that it belonged to is lost with it.
		rmSync(join(folder, KEY_FILE), { force: true });
	}
	return false;
}

function addKey(folder: string, key: IdentityKey): void {
	const path = join(folder, KEY_FILE);
	try {
		writeOnce(path, key);
	} catch (error) {
		// Some file systems give no file a second name. There, of two processes that start with an empty folder in the same
		// millisecond, one loses what it keeps.
		if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
		if (readIdentityKey(folder) === null) writeWhole(path, [key]);
	}
}
