// Reads plain tar headers: those of files, directories and links without extension headers. The caller puts a piece of a tar into the
// window and calls `scan`, and reads the header at which that stops itself. It has to take and clear the rows before they are full.
import {
	BLOCK_BYTES,
	checksumMatches,
	formatOf,
	GID,
	LINK_NAME,
	LINK_NAME_BYTES,
	LONG,
	MODE,
	MTIME,
	NAME,
	NAME_BYTES,
	NO_PLAIN_FORMAT,
	octal,
	POSIX,
	PREFIX,
	PREFIX_BYTES,
	SHORT,
	SIZE,
	TYPE_FLAG,
	textEnd,
	UID,
} from './fields';
import {
	GIDS,
	KINDS,
	MODES,
	MOST_ROWS,
	MTIMES,
	PATH_ENDS,
	PATHS,
	POSITIONS,
	SIZES,
	TARGET_ENDS,
	TARGETS,
	UIDS,
	WINDOW,
	WINDOW_BYTES,
} from './memory';
import { appendComponents, NOT_PLAIN } from './paths';
import {
	clearRows,
	closeRow,
	hasRoom,
	pathEnd,
	rowCount,
	setAttributes,
	setContent,
	targetEnd,
} from './rows';
import { FILE, HARD_LINK, NO_PLAIN_KIND, plainKindOf, SYMLINK } from './type-flags';

const SLASH: u8 = 0x2f;
const NOT_PLAIN_HEADER: i64 = -1;

/** The address of each column. */
export const window: usize = WINDOW;
export const windowBytes: usize = WINDOW_BYTES;
export const mostRows: u32 = MOST_ROWS;
export const positions: usize = POSITIONS;
export const sizes: usize = SIZES;
export const mtimes: usize = MTIMES;
export const uids: usize = UIDS;
export const gids: usize = GIDS;
export const modes: usize = MODES;
export const kinds: usize = KINDS;
export const pathEnds: usize = PATH_ENDS;
export const paths: usize = PATHS;
export const targetEnds: usize = TARGET_ENDS;
export const targets: usize = TARGETS;

export function rows(): u32 {
	return rowCount;
}

export function isFull(): bool {
	return !hasRoom();
}

export function clear(): void {
	clearRows();
}

/**
 * Makes rows of the headers in the bytes `[from, to)` of the window, which start at `position` in the tar, as long as they are plain and
 * complete, and their content ends at or before `limit`. Returns the position of the header at which it stopped, which may be behind the
 * window.
 */
export function scan(from: u32, to: u32, position: f64, limit: f64): f64 {
	let at = WINDOW + from;
	const end = WINDOW + to;
	while (at + BLOCK_BYTES <= end && hasRoom()) {
		const contentBytes = addRow(at, position + <f64>BLOCK_BYTES, limit);
		if (contentBytes === NOT_PLAIN_HEADER) break;
		const bytes = <i64>BLOCK_BYTES + ((contentBytes + 511) & ~511);
		position += <f64>bytes;
		if (bytes > <i64>(end - at)) break;
		at += <usize>bytes;
	}
	return position;
}

/** Returns the size of the content behind the header, or NOT_PLAIN_HEADER, without a row for it. */
function addRow(block: usize, position: f64, limit: f64): i64 {
	const kind = plainKindOf(load<u8>(block + TYPE_FLAG));
	if (kind === NO_PLAIN_KIND || !checksumMatches(block)) return NOT_PLAIN_HEADER;
	const size = octal(block + SIZE, LONG);
	const contentBytes: i64 = kind === FILE ? size : 0;
	if (size < 0 || position + <f64>contentBytes > limit) return NOT_PLAIN_HEADER;
	const path = writePath(block);
	const target = path === NOT_PLAIN ? NOT_PLAIN : writeTarget(block, kind);
	if (target === NOT_PLAIN || !writeAttributes(block)) return NOT_PLAIN_HEADER;
	setContent(kind, <f64>contentBytes, position);
	closeRow(path, target);
	return contentBytes;
}

/** Returns the end of the path. The root's own path is not plain, nor is that of a v7 directory, which has the type flag of a file. */
function writePath(block: usize): usize {
	const nameEnd = textEnd(block + NAME, NAME_BYTES);
	if (nameEnd === block + NAME || (load<u8>(block + TYPE_FLAG) === 0 && load<u8>(nameEnd - 1) === SLASH))
		return NOT_PLAIN;
	const format = formatOf(block);
	if (format === NO_PLAIN_FORMAT) return NOT_PLAIN;
	let end = pathEnd;
	if (format === POSIX) {
		const prefix = block + PREFIX;
		end = appendComponents(prefix, textEnd(prefix, PREFIX_BYTES), pathEnd, pathEnd);
		if (end === NOT_PLAIN) return NOT_PLAIN;
	}
	end = appendComponents(block + NAME, nameEnd, pathEnd, end);
	return end === pathEnd ? NOT_PLAIN : end;
}

/** Returns the end of the target: that of a symlink stays as written, that of a hard link is a path. */
function writeTarget(block: usize, kind: u8): usize {
	if (kind !== HARD_LINK && kind !== SYMLINK) return targetEnd;
	const text = block + LINK_NAME;
	const end = textEnd(text, LINK_NAME_BYTES);
	if (kind === HARD_LINK) return appendComponents(text, end, targetEnd, targetEnd);
	memory.copy(targetEnd, text, end - text);
	return targetEnd + (end - text);
}

function writeAttributes(block: usize): bool {
	const mode = octal(block + MODE, SHORT);
	const uid = octal(block + UID, SHORT);
	const gid = octal(block + GID, SHORT);
	const mtime = octal(block + MTIME, LONG);
	if (mode < 0 || uid < 0 || gid < 0 || mtime < 0) return false;
	setAttributes(<u16>(mode & 0o7777), <u32>uid, <u32>gid, <f64>mtime);
	return true;
}
