import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IdentityKey } from '../tar/content-identity.ts';
import { isCode, writeOnce, writeWhole } from './write-file.ts';

export const KEY_FILE = 'identity-key';
const KEY_BYTES = 16;

/** The key in a folder, or null. Throws the system's errors. */
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
 * Stores `key` in the folder, if there is no key yet. False if there is another key: another process was first, and what was worked out
 * under this one is of no use to others. Throws the system's errors.
 */
export function storeIdentityKey(folder: string, key: IdentityKey): boolean {
	for (let attempt = 0; attempt < 2; attempt++) {
		addKey(folder, key);
		const stored = readIdentityKey(folder);
		if (stored !== null) return Buffer.compare(stored, key) === 0;
		// A file of this name that is no key is damaged, and everything that was sealed with the key is lost.
		rmSync(join(folder, KEY_FILE), { force: true });
	}
	return false;
}

function addKey(folder: string, key: IdentityKey): void {
	const path = join(folder, KEY_FILE);
	try {
		writeOnce(path, key);
	} catch (error) {
		// Some file systems have no hard links. There, of two processes that start with an empty folder in the same millisecond, one
		// loses what it stores.
		if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
		if (readIdentityKey(folder) === null) writeWhole(path, [key]);
	}
}
