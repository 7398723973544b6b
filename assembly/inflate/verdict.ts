export const NEEDS_INPUT: i32 = 0;
export const OUTPUT_IS_FULL: i32 = 1;
export const AT_END: i32 = 2;
export const BAD: i32 = 3;
/** Between the parts of this program only. */
export const CONTINUE: i32 = 4;
