/** What stands in the place of a value that looks secret. */
export const MASK = '***';
