import {
	GIDS,
	KINDS,
	MODES,
	MOST_ROWS,
	MTIMES,
	PATH_ENDS,
	PATHS,
	PATHS_END,
	POSITIONS,
	SIZES,
	TARGET_ENDS,
	TARGETS,
	TARGETS_END,
	UIDS,
} from './memory';

/** The longest path of a header is a prefix of 155 bytes, a slash and a name of 100; the longest target has 100. */
const PATH_ROOM: usize = 256;
const TARGET_ROOM: usize = 100;

export let rowCount: u32 = 0;
/** Where the next path and the next target start. */
export let pathEnd: usize = PATHS;
export let targetEnd: usize = TARGETS;

export function clearRows(): void {
	rowCount = 0;
	pathEnd = PATHS;
	targetEnd = TARGETS;
}

export function hasRoom(): bool {
	return rowCount < MOST_ROWS && pathEnd + PATH_ROOM <= PATHS_END && targetEnd + TARGET_ROOM <= TARGETS_END;
}

export function setAttributes(mode: u16, uid: u32, gid: u32, mtime: f64): void {
	store<u16>(MODES + (rowCount << 1), mode);
	store<u32>(UIDS + (rowCount << 2), uid);
	store<u32>(GIDS + (rowCount << 2), gid);
	store<f64>(MTIMES + (rowCount << 3), mtime);
}

export function setContent(kind: u8, size: f64, position: f64): void {
	store<u8>(KINDS + rowCount, kind);
	store<f64>(SIZES + (rowCount << 3), size);
	store<f64>(POSITIONS + (rowCount << 3), position);
}

/** Ends the row, whose path and target have been written. */
export function closeRow(newPathEnd: usize, newTargetEnd: usize): void {
	pathEnd = newPathEnd;
	targetEnd = newTargetEnd;
	store<u32>(PATH_ENDS + (rowCount << 2), <u32>(pathEnd - PATHS));
	store<u32>(TARGET_ENDS + (rowCount << 2), <u32>(targetEnd - TARGETS));
	rowCount++;
}
