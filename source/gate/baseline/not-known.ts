import type { Measured } from '../rule.ts';

/** What a rule about change measures without a baseline. */
export const notThere: Measured = { value: null, obstacle: 'there is no baseline' };
