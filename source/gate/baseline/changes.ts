import { type AlignedLayer, alignLayers } from '../../diff/align-layers.ts';
import type { LayerDescription } from '../../image/image.ts';
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
	{ layers, recorded, tree }: Baseline,
	image: Pick<RuleInput, 'layers' | 'tree'> & { readonly recorded: readonly LayerDescription[] },
): Steps<BaselineChanges> {
	return {
		layers: recorded === null ? alignLayers(layers, image.layers) : alignLayers(recorded, image.recorded),
		grownPaths: yield* findGrownPaths(tree, image.tree),
	};
}
