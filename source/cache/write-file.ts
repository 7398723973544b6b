import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The start of a file's name until it is complete. */
export const UNFINISHED = '.unfinished-';

/** Writes a file that appears whole or not at all, and that only its user may read. Throws the system's errors, and leaves nothing behind then. */
export function writeWhole(path: string, pieces: readonly Uint8Array[]): void {
	withUnfinished(path, (unfinished) => {
		writeAll(unfinished, pieces);
		renameSync(unfinished, path);
	});
}

/** Writes a file unless there is one of that name; false when there is. Throws the system's errors, and leaves nothing behind then. */
export function writeOnce(path: string, bytes: Uint8Array): boolean {
	return withUnfinished(path, (unfinished) => {
		writeAll(unfinished, [bytes]);
		return hasLinked(unfinished, path);
	});
}

/**
 * The same under several names, which take the bytes of one file where the file system has hard links. All of them are names of this very file:
 * what another process writes under one of them meanwhile may be sealed for that name alone. Throws the system's errors.
 */
export function writeUnderNames([path, ...others]: readonly string[], pieces: readonly Uint8Array[]): void {
	withUnfinished(path, (unfinished) => {
		writeAll(unfinished, pieces);
		for (const other of others) if (!hasNamed(unfinished, other)) writeWhole(other, pieces);
		renameSync(unfinished, path);
	});
}

/** Gives a file a further name, which another file loses if it has it. False on file systems without hard links, and where the file is gone. */
function hasNamed(path: string, other: string): boolean {
	try {
		withUnfinished(other, (unfinished) => {
			linkSync(path, unfinished);
			renameSync(unfinished, other);
		});
		return true;
	} catch (error) {
		if (isCode(error, 'ENOENT', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) return false;
		throw error;
	}
}

function withUnfinished<T>(path: string, work: (unfinished: string) => T): T {
	const unfinished = join(dirname(path), `${UNFINISHED}${randomBytes(8).toString('hex')}`);
	try {
		return work(unfinished);
	} finally {
		// It still exists when something failed, and when both names already were those of one file: renaming does nothing then.
		rmSync(unfinished, { force: true });
	}
}

function writeAll(path: string, pieces: readonly Uint8Array[]): void {
	const fd = openSync(path, 'wx', 0o600);
	try {
		for (const piece of pieces) {
			for (let written = 0; written < piece.length; ) written += writeSync(fd, piece, written);
		}
	} finally {
		closeSync(fd);
	}
}

/** Only one of several processes can link a name first; false for the others. */
function hasLinked(unfinished: string, path: string): boolean {
	try {
		linkSync(unfinished, path);
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	}
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
