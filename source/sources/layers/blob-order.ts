import type { Changeset } from '../../tar/changeset.ts';
import type { BlobLocation } from '../store/blob-location.ts';
import { costOf, type LayerBlob } from './read-blobs.ts';

const MOST_EXPECTED_ENTRIES = 1_250_000;

/**
 * The largest comes first, as it decides how long all take, and the main thread begins alone: workers take a while to start. Then come the
 * others that have to be unpacked, the largest before the others; then the plain ones, lowest first, so that they can be stacked while the
 * rest is read.
 */
export function inReadingOrder(blobs: readonly LayerBlob[]): readonly LayerBlob[] {
	const largest = blobs.reduce((most, { task }) => Math.max(most, costOf(task)), 0);
	const weightOf = ({ task }: LayerBlob): number =>
		task.compression === 'none' && costOf(task) < largest ? 0 : costOf(task);
	return blobs.toSorted((left, right) => weightOf(right) - weightOf(left));
}

/** A guess that is rather too high, from how many entries the layers have that are read. */
export function expectedEntries(
	layers: readonly BlobLocation[],
	read: ReadonlyMap<string, Changeset>,
): number {
	let entries = 0;
	let readBytes = 0;
	let allBytes = 0;
	for (const layer of layers) {
		const changeset = read.get(keyOf(layer));
		entries += changeset?.count ?? 0;
		readBytes += changeset ? layer.bytes : 0;
		allBytes += layer.bytes;
	}
	return Math.min(Math.ceil((1.25 * entries * allBytes) / Math.max(1, readBytes)), MOST_EXPECTED_ENTRIES);
}

/** What tells blobs apart. */
export function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}

export function totalCost(blobs: readonly LayerBlob[]): number {
	return blobs.reduce((sum, { task }) => sum + costOf(task), 0);
}
