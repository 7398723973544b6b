/** Less is not worth a second stage; bytes. */
export const LEAST_BYTES = 1_000_000;
