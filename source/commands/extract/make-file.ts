import { randomBytes } from 'node:crypto';
import {
	closeSync,
	constants,
	fchmodSync,
	fchownSync,
	ftruncateSync,
	futimesSync,
	lchownSync,
	linkSync,
	lstatSync,
	lutimesSync,
	openSync,
	renameSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	write,
	writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { SparseContent } from '../../tar/sparse/sparse-content.ts';
import type { SparseMap } from '../../tar/sparse/sparse-map.ts';
import { keepUnfinished } from '../output/output-file.ts';
import type { Folder } from './folder.ts';
import { codeOf } from './left-out.ts';

/** What a file is to have besides its content. */
export interface FileAttributes {
	/** Permission bits alone. */
	readonly mode: number;
	/** null: that of the user. */
	readonly owner: { readonly uid: number; readonly gid: number } | null;
	/** Seconds since 1970; null for the present time. */
	readonly mtime: number | null;
}

/** Where something is made. */
export interface Place {
	readonly folder: Folder;
	readonly name: Uint8Array;
	/** Whether a file or a symlink that has the name gives way. A folder never does. */
	readonly force: boolean;
}

/** The content of a file. */
export interface ContentToWrite {
	/** Without holes. */
	readonly data: AsyncIterable<Uint8Array>;
	/** Where the data belongs; null for a file without holes. */
	readonly map: SparseMap | null;
}

/** A piece of this size is written by another thread, because a disk may be slow. */
const LARGE_PIECE_BYTES = 64 * 1024;
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

const writeApart = promisify(write);

/**
 * Writes a file under a temporary name beside its own, and gives it its name when all of it is there. False where something has the name. Throws
 * the system's errors, and what reading throws; nothing is left behind then.
 */
export async function makeFile(
	place: Place,
	content: ContentToWrite,
	attributes: FileAttributes,
): Promise<boolean> {
	const final = place.folder.pathOf(place.name);
	if (!isFree(final, place.force)) return false;
	return withTemporary(place, async (temporary) => {
		const descriptor = openSync(temporary, FLAGS, 0o600);
		try {
			await writeAll(descriptor, content);
			setAttributes(descriptor, attributes);
		} finally {
			closeSync(descriptor);
		}
		return takeName(temporary, place);
	});
}

/** Makes a symlink with a target as it is. It is not followed. False where something has the name. Throws the system's errors. */
export async function makeSymlink(
	place: Place,
	target: Uint8Array,
	{ owner, mtime }: FileAttributes,
): Promise<boolean> {
	if (!isFree(place.folder.pathOf(place.name), place.force)) return false;
	return withTemporary(place, async (temporary) => {
		symlinkSync(Buffer.from(target), temporary);
		if (owner !== null) lchownSync(temporary, owner.uid, owner.gid);
		if (mtime !== null) withoutInvalidTime(() => lutimesSync(temporary, mtime, mtime));
		return takeName(temporary, place);
	});
}

/** Gives a file that was made another name; `exists` where something has it, `failed` where it has to be copied. */
export function makeHardLink(from: Buffer, place: Place): 'made' | 'exists' | 'failed' {
	const final = place.folder.pathOf(place.name);
	if (!isFree(final, place.force)) return 'exists';
	try {
		if (place.force) rmSync(final, { force: true });
		linkSync(from, final);
		return 'made';
	} catch (error) {
		return codeOf(error) === 'EEXIST' ? 'exists' : 'failed';
	}
}

/** Gives an open file or folder its owner, mode and time, in an order in which none of them undoes another. */
export function setAttributes(descriptor: number, { mode, owner, mtime }: FileAttributes): void {
	if (owner !== null) fchownSync(descriptor, owner.uid, owner.gid);
	fchmodSync(descriptor, mode);
	if (mtime !== null) withoutInvalidTime(() => futimesSync(descriptor, mtime, mtime));
}

/** A time that the file system cannot have stays what it is. */
function withoutInvalidTime(set: () => void): void {
	try {
		set();
	} catch (error) {
		if (!['EINVAL', 'ERR_INVALID_ARG_TYPE', 'ERR_OUT_OF_RANGE'].includes(codeOf(error))) throw error;
	}
}

function isFree(path: Buffer, force: boolean): boolean {
	const there = lstatSync(path, { throwIfNoEntry: false });
	return there === undefined || (force && !there.isDirectory());
}

async function withTemporary(
	{ folder }: Place,
	make: (temporary: Buffer) => Promise<boolean>,
): Promise<boolean> {
	const temporary = folder.pathOf(Buffer.from(`.fathom-${randomBytes(8).toString('hex')}.tmp`));
	const forget = keepUnfinished(temporary);
	try {
		return await make(temporary);
	} finally {
		rmSync(temporary, { force: true });
		forget();
	}
}

/** Without `force`, by a link, which fails where something has the name by now. */
function takeName(temporary: Buffer, { folder, name, force }: Place): boolean {
	const final = folder.pathOf(name);
	if (force) {
		renameSync(temporary, final);
		return true;
	}
	try {
		linkSync(temporary, final);
		unlinkSync(temporary);
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		// Not every file system has hard links.
		if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
		if (!isFree(final, false)) return false;
		renameSync(temporary, final);
	}
	return true;
}

async function writeAll(descriptor: number, { data, map }: ContentToWrite): Promise<void> {
	if (map !== null) return writeSparse(descriptor, data, map);
	let position = 0;
	for await (const piece of data) {
		await writePiece(descriptor, piece, position);
		position += piece.length;
	}
}

/** A hole stays one: a hostile file may have terabytes of them. */
async function writeSparse(descriptor: number, data: ContentToWrite['data'], map: SparseMap): Promise<void> {
	let position = 0;
	const parts: { readonly piece: Uint8Array; readonly start: number }[] = [];
	const content = new SparseContent(map, {
		data: (piece) => {
			parts.push({ piece, start: position });
			position += piece.length;
		},
		hole: (bytes) => {
			position += bytes;
		},
	});
	for await (const stored of data) {
		content.write(stored);
		for (const { piece, start } of parts.splice(0)) await writePiece(descriptor, piece, start);
	}
	ftruncateSync(descriptor, position);
}

async function writePiece(descriptor: number, piece: Uint8Array, start: number): Promise<void> {
	for (let done = 0; done < piece.length; ) {
		const left = piece.length - done;
		if (left < LARGE_PIECE_BYTES) done += writeSync(descriptor, piece, done, left, start + done);
		else done += (await writeApart(descriptor, piece, done, left, start + done)).bytesWritten;
	}
}
