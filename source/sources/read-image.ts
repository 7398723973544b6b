import { createReadStream, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { FathomError } from '../errors.ts';
import type { OpenOptions, ReadImage } from './image-source.ts';
import { readArchive, readFolder } from './read-located.ts';
import { emptyInput, readStream } from './read-stream.ts';
import { compressionOf } from './scan-layer.ts';

/** The reference that stands for standard input. */
export const STANDARD_INPUT = '-';

export interface ReadInput {
	readonly reference: string;
	/** Where the archive comes from when the reference is `-`. */
	readonly stdin: Readable;
}

/** Opens a path, or standard input for `-`, picks one image and reads its layers. Throws `FathomError`. */
export async function readImage({ reference, stdin }: ReadInput, options: OpenOptions): Promise<ReadImage> {
	try {
		if (reference === STANDARD_INPUT) {
			return await readStream({ reference, label: 'standard input', chunks: stdin, bytes: null }, options);
		}
		return await readPath(reference, options);
	} catch (error) {
		throw asFathomError(error, reference);
	}
}

async function readPath(path: string, options: OpenOptions): Promise<ReadImage> {
	const stats = statSync(path);
	if (stats.isDirectory()) return readFolder(path, options);
	const label = basename(path);
	if (!stats.isFile())
		return readStream({ reference: path, label, chunks: createReadStream(path), bytes: null }, options);
	if (stats.size === 0) throw emptyInput(label);
	const compression = await compressionOf({ path, start: 0, bytes: stats.size });
	if (compression === 'none') return readArchive(path, stats.size, options);
	return readStream({ reference: path, label, chunks: openChunks(path), bytes: sizeOf(stats) }, options);
}

function openChunks(path: string): Readable {
	return createReadStream(path, { highWaterMark: 256 * 1024 });
}

function sizeOf({ size }: Stats): number {
	return size;
}

const wordsOfCode: Readonly<Record<string, readonly [FathomError['code'], string, string | undefined]>> = {
	ENOENT: [
		'not-found',
		'there is no such file or folder',
		'Check the path; fathom reads image archives and OCI layout folders.',
	],
	ENOTDIR: [
		'not-found',
		'there is no such file or folder',
		'Check the path; fathom reads image archives and OCI layout folders.',
	],
	EACCES: ['unreadable', 'permission denied', 'Check who may read the file.'],
	EPERM: ['unreadable', 'permission denied', 'Check who may read the file.'],
	EIO: ['unreadable', 'the disk reports an error', undefined],
	EMFILE: ['unreadable', 'too many files are open', undefined],
	ENAMETOOLONG: ['not-found', 'the path is too long', undefined],
};

function asFathomError(error: unknown, reference: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error) || !('code' in error)) return error;
	const known = wordsOfCode[String(error.code)];
	if (known === undefined) return error;
	const [code, words, hint] = known;
	return new FathomError({
		code,
		message: `${reference}: ${words}.`,
		...(hint ? { hint } : {}),
		cause: error,
	});
}
