// Addresses in the linear memory: of the window, and of the columns of the rows that were not taken yet.

export const MOST_ROWS: u32 = 1024;

export const WINDOW: usize = 0x10000;
export const WINDOW_BYTES: usize = 0x10000;

export const POSITIONS: usize = 0x20000;
export const SIZES: usize = 0x22000;
export const MTIMES: usize = 0x24000;
export const UIDS: usize = 0x26000;
export const GIDS: usize = 0x27000;
export const PATH_ENDS: usize = 0x28000;
export const TARGET_ENDS: usize = 0x29000;
export const MODES: usize = 0x2a000;
export const KINDS: usize = 0x2a800;

export const TARGETS: usize = 0x2b000;
export const TARGETS_END: usize = 0x30000;
export const PATHS: usize = 0x30000;
export const PATHS_END: usize = 0x50000;
