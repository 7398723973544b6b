import type { LayerDescription } from '../image/image.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { AlignedLayer } from './align-layers.ts';
import type { Both } from './merge/merge-structure.ts';

interface DescribedLayers {
	readonly layers: readonly LayerDescription[];
	readonly changesets: readonly Changeset[];
}

/**
 * What a container wrote is a layer without a diff ID, of which alignment cannot tell whether both sides have the same. An empty one is no
 * layer, and two of them are one where the final file systems are equal.
 */
export function settleUnnamedLayers(
	aligned: readonly AlignedLayer[],
	[older, newer]: Both<DescribedLayers>,
	areFilesEqual: boolean,
): readonly AlignedLayer[] {
	const isUnnamed = ({ layers }: DescribedLayers, index: number): boolean => layers[index].diffId === null;
	const isNothing = (image: DescribedLayers, index: number): boolean =>
		isUnnamed(image, index) && image.layers[index].absent === null && image.changesets[index].count === 0;
	return aligned.flatMap((layer): readonly AlignedLayer[] => {
		if (layer.kind === 'inserted') return isNothing(newer, layer.newIndex) ? [] : [layer];
		if (layer.kind === 'removed') return isNothing(older, layer.oldIndex) ? [] : [layer];
		const { oldIndex, newIndex } = layer;
		const areUnnamed = isUnnamed(older, oldIndex) && isUnnamed(newer, newIndex);
		if (layer.kind === 'shared' || !areUnnamed || !areFilesEqual) return [layer];
		return [{ kind: 'shared', oldIndex, newIndex }];
	});
}
