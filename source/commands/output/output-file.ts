import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FathomError } from '../../errors.ts';
import type { ByteSink } from '../../report/byte-stream.ts';
import { hintForWriteError, wordWriteError } from './system-error.ts';

export interface OutputFile {
	/** As the user wrote it. */
	readonly path: string;
	readonly signal: AbortSignal;
	/** Writes the whole content. */
	readonly write: (sink: ByteSink) => Promise<void>;
}

/** Files that are being written, under their temporary names. */
const unfinished = new Set<string>();

/**
 * Writes a file under a temporary name in the same folder and renames it when all of it is there, so that a reader finds
 * the old file or the new one, never half of one. A device or a pipe is written as it is. Throws `output` or `interrupted`, and
 * leaves nothing behind.
 */
export async function writeOutputFile({ path, signal, write }: OutputFile): Promise<void> {
	try {
		const target = await findTarget(path);
		if (target.kind === 'device') await writeInto(await open(target.path, 'w'), { signal, write });
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

/** Removes what is half written, at once: for a process that is about to end. */
export function removeUnfinishedFiles(): void {
	for (const path of unfinished) rmSync(path, { force: true });
	unfinished.clear();
}

type Target =
	| { readonly kind: 'device'; readonly path: string }
	/** The mode is that of the file that will be replaced, or null. */
	| { readonly kind: 'file'; readonly path: string; readonly mode: number | null };

/** Where a path leads, through symlinks: the link itself stays as it is. */
async function findTarget(path: string): Promise<Target> {
	const stats = await stat(path).catch(absent);
	if (stats === null) {
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
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
	throw error;
}

type Writing = Pick<OutputFile, 'signal' | 'write'>;

async function replaceFile(target: Extract<Target, { kind: 'file' }>, writing: Writing): Promise<void> {
	const name = `.${basename(target.path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`;
	const temporaryPath = join(dirname(target.path), name);
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

async function writeInto(file: FileHandle, { signal, write }: Writing): Promise<void> {
	try {
		await write({
			write: async (bytes) => {
				throwIfInterrupted(signal);
				await writeAll(file, bytes);
			},
		});
	} finally {
		await file.close();
	}
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
	for (let written = 0; written < bytes.length; ) {
		written += (await file.write(bytes, written)).bytesWritten;
	}
}

function throwIfInterrupted(signal: AbortSignal): void {
	if (signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
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
