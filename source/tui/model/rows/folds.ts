import type { FileTree } from '../../../filetree/file-tree.ts';

/**
 * Which directories the user opened or closed. For all others the comparison decides: see `opensByItself`.
 */
export type Folds = ReadonlyMap<number, 'open' | 'closed'>;

export const noFolds: Folds = new Map();

/** The folds with one directory opened or closed. */
export function withFold(folds: Folds, node: number, fold: 'open' | 'closed'): Folds {
	return new Map(folds).set(node, fold);
}

/** The only directory that is folded differently; null if no directory is, or several are. */
export function onlyDifference(left: Folds, right: Folds): number | null {
	const nodes = new Set([...left.keys(), ...right.keys()]);
	const different = [...nodes].filter((node) => left.get(node) !== right.get(node));
	return different.length === 1 ? different[0] : null;
}

/** The same directories under their numbers in another tree, without those that it does not have. */
export function renumberedFolds(folds: Folds, numberOf: (node: number) => number | null): Folds {
	const renumbered = [...folds].map(([node, fold]) => [numberOf(node), fold] as const);
	return new Map(renumbered.filter((pair): pair is readonly [number, 'open' | 'closed'] => pair[0] !== null));
}

/** The folds with all directories above a node opened. */
export function openedTo(folds: Folds, { parents }: Pick<FileTree, 'parents'>, node: number): Folds {
	if (node <= 0 || parents[node] <= 0) return folds;
	const opened = new Map(folds);
	for (let above = parents[node]; above > 0; above = parents[above]) opened.set(above, 'open');
	return opened;
}
