import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import {
	access,
	constants,
	lstat,
	open,
	readdir,
	readlink,
	realpath,
	rename,
	rm,
	stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FathomError } from '../../errors.ts';
import { throwIfInterrupted } from '../../sources/time-slice.ts';
import { hintForWriteError, wordWriteError } from './system-error.ts';
import { type Writing, writeDevice, writeInto } from './write-device.ts';

/** A report is written in seconds, so what was not written to for an hour never will be again. */
const LEFTOVER_MILLISECONDS = 60 * 60 * 1000;

export interface OutputFile extends Writing {
	/** As the user wrote it. */
	readonly path: string;
}

/** Files that are being written, under their temporary names. */
const unfinished = new Set<string | Buffer>();

/**
 * Writes a file under a temporary name in the same folder and renames it when all of it is there, so that a reader finds
 * the old file or the new one, never half of one. A device or a pipe is written as it is. Throws `output` or `interrupted`, and
 * leaves nothing behind.
 */
export async function writeOutputFile({ path, signal, write }: OutputFile): Promise<void> {
	try {
		const target = await findTarget(path);
		if (target.kind === 'device') await writeDevice(target.path, { signal, write });
		else await replaceFile(target, { signal, write });
	} catch (error) {
		throw asOutputError(path, error);
	}
}

/** Says early what would stop `writeOutputFile`, before a large image is read for nothing. Throws `output`. */
export async function checkOutputFile(path: string): Promise<void> {
	try {
		const target = await findTarget(path);
		await access(target.kind === 'device' ? target.path : dirname(target.path), constants.W_OK);
	} catch (error) {
		throw asOutputError(path, error);
	}
}

/**
 * What two paths have in common exactly when they lead to one file, whether it is there yet or not; null for a device or a pipe. Throws the
 * system's errors.
 */
export async function identifyFile(path: string): Promise<string | null> {
	const target = await findTarget(path);
	if (target.kind === 'device') return null;
	const stats = await stat(target.path, { bigint: true }).catch(absent);
	return stats === null
		? join(await realpath(dirname(target.path)), basename(target.path))
		: `${stats.dev} ${stats.ino}`;
}

/** Has a file removed if the process ends; the function that it gives back is for when the file is finished or gone. */
export function keepUnfinished(path: Buffer): () => void {
	unfinished.add(path);
	return () => void unfinished.delete(path);
}

/** Removes what is half written, at once: for a process that is about to end. */
export function removeUnfinishedFiles(): void {
	for (const path of unfinished) rmSync(path, { force: true });
	unfinished.clear();
}

type Target =
	| { readonly kind: 'device'; readonly path: string }
	/** The mode is that of the file that will be replaced, or null. */
	| { readonly kind: 'file'; readonly path: string; readonly mode: number | null };

/** As many links in a row as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** Where a path leads, through symlinks: the link itself stays as it is, also one that leads to a file that is not there yet. */
async function findTarget(path: string, linksLeft = MOST_LINKS): Promise<Target> {
	const stats = await stat(path).catch(absent);
	if (stats === null) {
		const linkTarget = linksLeft > 0 ? await readlink(path).catch(notALink) : null;
		if (linkTarget !== null)
			return findTarget(resolve(await realpath(dirname(path)), linkTarget), linksLeft - 1);
		await access(dirname(path), constants.F_OK);
		return { kind: 'file', path, mode: null };
	}
	if (stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
	const real = stats.isFile() ? await realpath(path) : path;
	return stats.isFile()
		? { kind: 'file', path: real, mode: stats.mode & 0o777 }
		: { kind: 'device', path: real };
}

function absent(error: unknown): null {
	if (isCode(error, 'ENOENT')) return null;
	throw error;
}

function notALink(error: unknown): null {
	if (isCode(error, 'ENOENT', 'EINVAL')) return null;
	throw error;
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function replaceFile(target: Extract<Target, { kind: 'file' }>, writing: Writing): Promise<void> {
	await removeLeftovers(target.path);
	const temporaryPath = join(
		dirname(target.path),
		`${temporaryPrefix(target.path)}${randomBytes(6).toString('hex')}.tmp`,
	);
	const file = await open(temporaryPath, 'wx');
	unfinished.add(temporaryPath);
	try {
		if (target.mode !== null) await file.chmod(target.mode);
		await writeInto(file, writing);
		throwIfInterrupted(writing.signal);
		await rename(temporaryPath, target.path);
	} catch (error) {
		await rm(temporaryPath, { force: true });
		throw error;
	} finally {
		unfinished.delete(temporaryPath);
	}
}

function temporaryPrefix(path: string): string {
	return `.${basename(path).slice(0, 100)}.`;
}

/** Removes what a process that was killed has left of the same file. What is younger may be another process at work. */
async function removeLeftovers(path: string): Promise<void> {
	const folder = dirname(path);
	const prefix = temporaryPrefix(path);
	// A folder that can be written but not listed keeps what is in it.
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		if (!name.startsWith(prefix) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length))) continue;
		const stats = await lstat(join(folder, name)).catch(() => null);
		if (stats?.isFile() && Date.now() - stats.mtimeMs > LEFTOVER_MILLISECONDS)
			await rm(join(folder, name), { force: true }).catch(() => {});
	}
}

function asOutputError(path: string, cause: unknown): unknown {
	if (cause instanceof FathomError || !(cause instanceof Error) || !('code' in cause)) return cause;
	const hint = hintForWriteError(cause);
	return new FathomError({
		code: 'output',
		message: `${path} cannot be written: ${wordWriteError(cause)}.`,
		...(hint !== undefined && { hint }),
		cause,
	});
}
