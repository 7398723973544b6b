import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { ComparedTars } from '../../../diff/strict-difference.ts';
import type { TimeSlice } from '../../../sources/time-slice.ts';
import { compareTars } from './compare-tars.ts';
import { notReadable, openTar, type ReadableImage } from './layer-streams.ts';

/** Compares the tars of a layer of each image, by 0-based index. Throws `FathomError`. */
export async function compareTarsOf(
	images: Both<ReadableImage>,
	[oldIndex, newIndex]: Both<number>,
	{ slice, signal }: { readonly slice: TimeSlice; readonly signal: AbortSignal | undefined },
): Promise<ComparedTars> {
	const older = openTar(images[0], { layerIndex: oldIndex, signal });
	const newer = openTar(images[1], { layerIndex: newIndex, signal });
	if (older === null || newer === null) return notReadable(images, older === null);
	return { kind: 'compared', comparison: await compareTars([older, newer], slice) };
}
