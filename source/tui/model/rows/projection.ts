import type { Comparison } from '../../../filetree/comparison.ts';
import type { Sorting } from './child-order.ts';
import type { Folds } from './folds.ts';
import type { Matches } from './matches.ts';
import type { RowRules } from './row-rules.ts';
import type { RowIndex } from './row-window.ts';

/** What determines the rows of the file tree and their order. */
export interface ProjectionKey extends Sorting {
	/** The two points of the stack that are compared, as `compare` has them. */
	readonly from: number;
	readonly to: number;
	readonly hideUnchanged: boolean;
	readonly folds: Folds;
	/** What the filter finds; null without a filter. */
	readonly matches: Matches | null;
}

/** The rows of the file tree, not yet made into text. */
export interface Projection {
	readonly comparison: Comparison;
	readonly rules: RowRules;
	readonly index: RowIndex;
	readonly rowCount: number;
}
