import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * The text of a file that is looked for where other programs have it. Throws the system's errors, and an error with the code `ENOTREG` for a
 * pipe or a device, which would keep the program waiting for as long as nobody writes to it.
 */
export function readRegularFile(path: string): string {
	const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		if (fstatSync(file).isFile()) return readFileSync(file, 'utf8');
		throw Object.assign(new Error('it is not a regular file'), { code: 'ENOTREG' });
	} finally {
		closeSync(file);
	}
}
