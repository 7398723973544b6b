/**
 * Which directories a user opened or closed. It is kept outside of the tree, and for a directory that is in neither state the
 * comparison decides: see `opensByItself`.
 */
export type Folds = ReadonlyMap<number, 'open' | 'closed'>;

export const noFolds: Folds = new Map();

/** The folds with one directory opened or closed. */
export function withFold(folds: Folds, node: number, fold: 'open' | 'closed'): Folds {
	return new Map(folds).set(node, fold);
}
