import { type AlignedLayer, alignLayers } from '../../diff/align-layers.ts';
import type { Steps } from '../../steps.ts';
import type { RuleInput } from '../rule.ts';
import type { Baseline } from './baseline.ts';
import { findGrownPaths, type GrownPath } from './grown-paths.ts';

/** What changed since the baseline. null: the baseline does not tell. */
export interface BaselineChanges {
	readonly layers: readonly AlignedLayer[] | null;
	/** At most ten, most bytes first. */
	readonly grownPaths: readonly GrownPath[] | null;
}

export function* changesSince(
	{ layers, contents }: Baseline,
	image: Pick<RuleInput, 'layers' | 'tree'>,
): Steps<BaselineChanges> {
	return {
		layers: layers === null ? null : alignLayers(layers, image.layers),
		grownPaths: contents === null ? null : yield* findGrownPaths(contents, image.tree),
	};
}
