import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isCode } from './write-file.ts';

/**
 * Makes a folder that only this user may enter, and the missing folders above it. Throws the system's errors. `mkdirSync` with
 * `recursive` never returns for a folder below `/proc`, which exists but in which nothing can be made.
 */
export function makeFolder(path: string): void {
	if (existsSync(path)) return;
	const above = dirname(path);
	if (above !== path) makeFolder(above);
	try {
		mkdirSync(path, { mode: 0o700 });
	} catch (error) {
		// Another process may have made it meanwhile.
		if (!isCode(error, 'EEXIST') || !existsSync(path)) throw error;
	}
}
