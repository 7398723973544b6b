import type { Analysis } from '../analysis/analysis.ts';

/** How a limit is written: a share of one, a percentage, or an amount of bytes. The limit itself is a ratio or a number of bytes. */
export type LimitUnit = 'ratio' | 'percent' | 'bytes';

/** One question that the gate asks of an image. Adding a rule is a file with one of these and a line in the list. */
export interface Rule<Key extends string = string> {
	/** Its name as a flag, as a key of fathom.yaml and in the verdict. */
	readonly key: Key;
	readonly unit: LimitUnit;
	/** Whether the limit is the lowest or the highest value that passes. The limit itself passes. */
	readonly bound: 'lowest' | 'highest';
	/** null: the rule is off unless someone sets a limit. */
	readonly defaultLimit: number | null;
	/** What it measures, for the help text. */
	readonly summary: string;
	/** The exact figure that is held against the limit. */
	readonly measure: (analysis: Analysis) => number;
}
