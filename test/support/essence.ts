import type { ImageSession } from '../../source/session/image-session.ts';
import { comparisonRows, wasteOfTree } from './tree-view.ts';

/** All that an image says, but for how many bytes its layers have where they are stored. */
export function essenceOf({ tree, figures, image }: ImageSession) {
	return {
		...figures,
		storedBytes: null,
		layers: figures.layers.map((layer) => ({ ...layer, storedBytes: null })),
		waste: wasteOfTree(tree),
		changes: figures.layers.map(({ index }) => comparisonRows(tree, index, index + 1)),
		config: image.description.config,
		history: image.description.history,
		diffIds: image.description.layers.map(({ diffId }) => diffId),
		diffIdMatches: image.diffIdMatches,
		warnings: image.warnings,
		notices: image.notices,
	};
}
