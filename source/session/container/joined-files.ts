import type { FileReader } from '../../sources/file-source.ts';
import type { ReadImage } from '../../sources/image-source.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { readOnce } from '../session-files.ts';

/** Reads files of an image, and those of the layer on top of it, which is of a container. Null where neither can be read again. */
export function joinedFiles(image: ReadImage, fileSystem: ReadImage, layer: Changeset): FileReader | null {
	const { container, reference } = fileSystem;
	const own = { reference, files: container === undefined ? fileSystem.files : container.filesOf(layer) };
	if (image.files === null && own.files === null) return null;
	const top = image.changesets.length;
	const partOf = (layerIndex: number): Pick<ReadImage, 'files' | 'reference'> =>
		layerIndex < top ? image : own;
	return {
		open: (address, signal) => {
			const { files, reference } = partOf(address.layerIndex);
			if (files === null) throw readOnce(reference);
			return files.open(address.layerIndex < top ? address : { ...address, layerIndex: 0 }, signal);
		},
		blobOf: async (layerIndex) =>
			(await partOf(layerIndex).files?.blobOf?.(layerIndex < top ? layerIndex : 0)) ?? null,
		close: async () => {
			await Promise.all([image.files?.close(), own.files?.close()]);
		},
	};
}
