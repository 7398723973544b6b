import type { Figures } from '../figures.ts';
import type { KnownFigure } from './ledger.ts';
import type { PackedBytes } from './packed-bytes.ts';

/**
 * What other programs show as the size of the same image:
 * - a registry: the blobs of the layers as they are stored there. A layer that is stored uncompressed here is compressed when it is pushed.
 * - Docker Engine with a classic store (`docker images`, `docker inspect`, the sum of `docker history`): the files of each layer, and symlinks by
 *   the length of their targets, each layer unpacked by itself (moby pkg/directory, `Size`).
 * - Docker Engine with the containerd store: the blobs, and what the unpacked layers take on its disk (containerd continuity/fs, `DiskUsage`).
 * - Podman: the uncompressed tars, and its records of the image (containers/storage, `ImageSize`).
 * - dive: the files of each layer.
 */
export function knownFigures(
	figures: Figures,
	packed: PackedBytes,
	isFromRegistry: boolean,
): readonly KnownFigure[] {
	const { storedBytes, unpackedBytes, totalBytes, wasteByCause, layers } = figures;
	const isAsPushed =
		isFromRegistry ||
		layers.every((layer) => layer.unpackedBytes === 0 || layer.storedBytes !== layer.unpackedBytes);
	const layerFiles = totalBytes - wasteByCause.duplicate;
	return [
		{ name: 'registry', bytes: isAsPushed ? storedBytes : null, isApproximate: false },
		{ name: 'docker', bytes: layerFiles + packed.symlinkTargets, isApproximate: false },
		{ name: 'docker-containerd', bytes: storedBytes + packed.diskBytes, isApproximate: true },
		{ name: 'podman', bytes: unpackedBytes, isApproximate: true },
		{ name: 'dive', bytes: layerFiles, isApproximate: false },
	];
}
