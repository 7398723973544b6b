import type { Comparison } from '../../../filetree/comparison.ts';
import type { Sorting } from './child-order.ts';
import type { Folds } from './folds.ts';
import type { Matches } from './matches.ts';
import type { Opening, RowRules } from './row-rules.ts';
import type { RowIndex } from './row-window.ts';

/** What determines the rows of the file tree and their order. */
export interface ProjectionKey extends Sorting {
	/** The two points of the stack that are compared, as `compare` has them. */
	readonly from: number;
	readonly to: number;
	readonly hideUnchanged: boolean;
	readonly opening: Opening;
	/** As the rules of rows have it. */
	readonly joins: boolean;
	/** Whether rows are paths, one below the other, and no tree. */
	readonly isFlat: boolean;
	readonly folds: Folds;
	/** What the filter finds; null without a filter. */
	readonly matches: Matches | null;
}

/** The rows of the file tree, not yet made into text. */
export interface Projection {
	readonly comparison: Comparison;
	readonly rules: RowRules;
	/** Where the bytes of rows are read off: the comparison, or while a filter is on one that counts what matches alone. */
	readonly sums: Comparison;
	readonly index: RowIndex;
	readonly rowCount: number;
	/** How many matches of the filter are there; null without a filter. */
	readonly matchCount: number | null;
}
