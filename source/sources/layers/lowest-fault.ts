import { FathomError } from '../../errors.ts';
import { asErrorOfLayer } from '../layer-error.ts';
import { TimeSlice } from '../time-slice.ts';
import { runLayerTask } from '../workers/run-layer-task.ts';
import type { LayerBlob } from './read-blobs.ts';

/**
 * The error of the lowest layer that cannot be read, once one of them could not be. Layers are read by size, and side by side, so that the
 * error that comes first may be that of any of them: without this, an archive that is damaged twice would not always give the same one.
 * `unread` has the layers that were not read, lowest first.
 */
export async function lowestFault(
	error: unknown,
	unread: readonly LayerBlob[],
	signal: AbortSignal | undefined,
): Promise<unknown> {
	if (!(error instanceof FathomError) || error.code === 'interrupted') return error;
	const slice = new TimeSlice(signal);
	for (const { task, where, mediaType } of unread) {
		try {
			await runLayerTask(task, () => (slice.isDue ? slice.yield() : undefined));
		} catch (fault) {
			return asErrorOfLayer(fault, where, mediaType);
		}
	}
	return error;
}
