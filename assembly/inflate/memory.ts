// Where things lie in the linear memory. Every table has room for the most that any code, valid or not, can make it take.

export const LITERAL_BITS: u32 = 11;
export const DISTANCE_BITS: u32 = 9;
export const CODE_LENGTH_BITS: u32 = 7;

export const STATE: usize = 0x0400;

/** What the entry of each symbol holds apart from its codeword; see entries.ts. */
export const LITERAL_SYMBOLS: usize = 0x0800;
export const DISTANCE_SYMBOLS: usize = 0x0c80;
export const CODE_LENGTH_SYMBOLS: usize = 0x0d00;

export const CODE_LENGTH_ORDER: usize = 0x0d80;
/** The lengths of the codewords of one code, or of two, one behind the other: 286 and 30, or 288 for the fixed code. */
export const LENGTHS: usize = 0x0e00;
export const CODE_LENGTH_LENGTHS: usize = 0x0f80;
/** For each length of codewords: how many there are, and where their symbols begin among the sorted ones. */
export const COUNTS: usize = 0x1000;
export const OFFSETS: usize = 0x1040;
export const SORTED: usize = 0x1080;

export const CODE_LENGTH_TABLE: usize = 0x1400;
/** 512 entries, and for each of at most 15 longer prefixes 64 more. */
export const DISTANCE_TABLE: usize = 0x2000;
/** 2048 entries, and for each of at most 144 longer prefixes 16 more. */
export const LITERAL_TABLE: usize = 0x4000;

export const INPUT: usize = 0x10000;
export const INPUT_BYTES: usize = 0x10000;

const HISTORY: usize = 0x21000;
export const HISTORY_BYTES: usize = 0x8000;
/** New output follows the history. Behind its end is room for what a copy in steps of 16 bytes writes too much. */
export const OUTPUT: usize = HISTORY + HISTORY_BYTES;
export const OUTPUT_END: usize = OUTPUT + 0x40000;

/** Where `reduce` stores the last words that it removed, and then the next ones. */
export const FOLDED: usize = 0x6a000;
export const FOLD_BYTES: usize = 0x4000;
export const REMAINDER: usize = FOLDED + FOLD_BYTES + 0x2000;
