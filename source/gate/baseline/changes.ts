import { type AlignedLayer, alignLayers } from '../../diff/align-layers.ts';
import type { Steps } from '../../steps.ts';
import type { RuleInput } from '../rule.ts';
import type { Baseline } from './baseline.ts';
import { findGrownPaths, type GrownPath } from './grown-paths.ts';

/** What changed since the baseline. */
export interface BaselineChanges {
	readonly layers: readonly AlignedLayer[];
	/** At most ten, most bytes first. */
	readonly grownPaths: readonly GrownPath[];
}

export function* changesSince(
	{ layers, tree }: Baseline,
	image: Pick<RuleInput, 'layers' | 'tree'>,
): Steps<BaselineChanges> {
	return {
		layers: alignLayers(layers, image.layers),
		grownPaths: yield* findGrownPaths(tree, image.tree),
	};
}
