import type { AlignedLayer } from '../../../diff/align-layers.ts';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { StrictDifference, StrictLayer } from '../../../diff/strict-difference.ts';
import { TimeSlice } from '../../../sources/time-slice.ts';
import type { ComparedImage } from '../compared-image.ts';
import { compareTarsOf } from './compare-tars-of.ts';
import type { OnLayer } from './layer-streams.ts';

export interface StrictOptions {
	readonly signal?: AbortSignal | undefined;
	readonly onLayer?: OnLayer | undefined;
}

/** Compares the tars of the layers that became others. Throws `FathomError`. */
export async function compareStrictly(
	images: Both<ComparedImage>,
	aligned: readonly AlignedLayer[],
	{ signal, onLayer }: StrictOptions,
): Promise<StrictDifference> {
	const layers: StrictLayer[] = [];
	const slice = new TimeSlice(signal);
	for (const layer of aligned) {
		if (layer.kind !== 'changed') continue;
		onLayer?.(layer.newIndex, images[1].image.description.layers.length);
		const indices = [layer.oldIndex, layer.newIndex] as const;
		layers.push({ indices, tars: await compareTarsOf(images, indices, { slice, signal }) });
	}
	return { layers };
}
