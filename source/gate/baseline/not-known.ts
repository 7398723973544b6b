import type { Measured } from '../rule.ts';
import type { Baseline } from './baseline.ts';

/** What a rule about change measures without a baseline. */
export const notThere: Measured = { value: null, obstacle: 'there is no baseline' };

/** What it measures where the baseline does not say. */
export function notKnownInBaseline({ origin }: Baseline, what: string): Measured {
	const place = origin === 'report' ? 'the report of the baseline' : 'the baseline';
	return { value: null, obstacle: `${place} does not tell ${what}` };
}
