// Addresses in the linear memory: of the tables that the caller fills once, of what was found, and of the window.

/** Six tables of 16 bytes: of the first, second and third byte of a prefix the low and the high half. */
export const HALVES: usize = 0x10000;
/** Where the prefixes of each of eight buckets start, and where the last ends: 9 bytes. */
export const BUCKETS: usize = 0x10080;
/** Which buckets each of 16 bytes may be of. */
export const FOUND: usize = 0x100a0;
/** Of each prefix its bytes, which of the eight count, and what has to follow. */
export const MOST_PREFIXES: u32 = 128;
export const VALUES: usize = 0x10100;
export const MASKS: usize = 0x10500;
export const FOLLOWS: usize = 0x10900;
/** 1 for a byte that tokens are made of, 2 for one that may stand before the `@` of a URL. */
export const CLASSES: usize = 0x10a00;

export const MOST_HITS: u32 = 256;
export const HIT_OFFSETS: usize = 0x10b00;
export const HIT_PREFIXES: usize = 0x11b00;

/** Behind the bytes to search there have to be `PADDING` zero bytes. */
export const WINDOW: usize = 0x12000;
export const WINDOW_BYTES: usize = 0x100000;
export const PADDING: usize = 64;
