import { FathomError, messageOf } from '../../errors.ts';
import { noTar, saysTar } from '../../image/layer-type.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { emptyChangeset } from '../../tar/empty-changeset.ts';
import { BLOCK_BYTES } from '../../tar/header.ts';
import { invalidHeader, truncated } from '../../tar/tar-error.ts';
import type { ByteRange } from '../files/tar-access.ts';
import { asLayerError } from '../layer-error.ts';
import type { BlobStore } from '../store/blob-store.ts';
import type { ListedLayer } from '../store/listed-image.ts';
import { ArchiveIndex } from './archive-index.ts';
import { asArchiveError } from './file-kind.ts';
import { requireDense } from './require-dense.ts';
import type { StreamedArchive } from './streamed-archive.ts';
import type { StreamedFile } from './streamed-file.ts';

/** What there was to find in an archive. */
export interface ArchiveFiles {
	/** The entries of the archive itself. */
	readonly outer: Changeset;
	/** By literal path. */
	readonly files: ReadonlyMap<string, StreamedFile>;
}

/** What an archive holds, once all of it was read. */
export interface ArchiveContents extends ArchiveFiles {
	readonly index: ArchiveIndex;
	readonly store: BlobStore;
	/** Whether not all was read that follows the end of the archive. */
	readonly isTailCut?: boolean;
}

/** To be called once all of an archive was written. Throws `truncated` when it ends in the middle of something. */
export function endArchive(archive: StreamedArchive, label: string): ArchiveContents {
	try {
		const outer = archive.finish();
		return archiveContents({ outer, files: archive.files }, label);
	} catch (error) {
		throw asArchiveError(error, label, archive.start);
	}
}

/** What there is to an archive, by what was found in it. */
export function archiveContents({ outer, files }: ArchiveFiles, label: string): ArchiveContents {
	const index = new ArchiveIndex(outer);
	return { outer, files, index, store: streamStore(label, files, outer) };
}

/** The name that a file has in the archive itself, behind links. */
export function storedNameOf(index: ArchiveIndex, name: string): string {
	return index.find(name)?.name ?? name;
}

function streamStore(label: string, files: ArchiveFiles['files'], outer: Changeset): BlobStore {
	const index = new ArchiveIndex(outer);
	return {
		label,
		sizeOf: (name) => {
			const found = index.find(name);
			return found && outer.sizes[found.entry];
		},
		hasRootFile: (name) => index.has(name),
		document: async (name) => {
			const found = index.find(name);
			if (found === null) return null;
			requireDense(outer, found, label);
			const file = files.get(found.name);
			if (file?.type === 'document') return file.bytes;
			if (file?.type === 'other' && file.reason instanceof FathomError) throw file.reason;
			// It is a layer, or something else that is no JSON: the parser will say so of an empty document as well.
			return new Uint8Array(0);
		},
	};
}

/** Where a file of the archive lies in it. */
export function rangeOf({ index, outer }: ArchiveContents, name: string): ByteRange {
	const found = index.find(name);
	return found === null
		? { start: 0, bytes: 0 }
		: { start: outer.positions[found.entry], bytes: outer.sizes[found.entry] };
}

/** The layers of an image in an archive, those that are absent empty. Throws `FathomError`, with `label` in front, for a file that is not a layer. */
export function layersIn(
	contents: ArchiveContents,
	layers: readonly LayerInArchive[],
	label: string,
): readonly Changeset[] {
	return layers.map((layer, index) => layerIn(contents, layer, { label, index }));
}

/** One of them; `index` is its number, 0-based. */
export function layerIn(
	{ files, index: archive, outer }: ArchiveContents,
	{ name, mediaType, isAbsent = false }: LayerInArchive,
	{ label, index }: { readonly label: string; readonly index: number },
): Changeset {
	if (isAbsent) return emptyChangeset();
	const found = archive.find(name);
	if (found !== null) requireDense(outer, found, label);
	const file = files.get(storedNameOf(archive, name));
	if (file?.type === 'layer') return file.changeset;
	const where = `${label}: layer ${index + 1}`;
	if (mediaType !== null && !saysTar(mediaType)) throw noTar(where, mediaType, reasonOf(file));
	throw layerError(file, where);
}

interface LayerInArchive extends Pick<ListedLayer, 'name' | 'mediaType'> {
	/** Whether it is kept elsewhere by design, and not in the archive. */
	readonly isAbsent?: boolean;
}

function layerError(file: StreamedFile | undefined, where: string): unknown {
	const reason = reasonOf(file);
	const worded = asLayerError(reason, where);
	if (worded instanceof FathomError) return worded;
	return new FathomError({
		code: 'unsupported',
		message: `${where}: ${messageOf(reason)}.`,
		hint: 'Open the archive as an uncompressed file, or unpack it and open the folder.',
		cause: reason,
	});
}

/** Why a file is not a layer. */
function reasonOf(file: StreamedFile | undefined): unknown {
	if (file?.type === 'other') return file.reason;
	const bytes = file?.type === 'document' ? file.bytes.length : 0;
	return bytes < BLOCK_BYTES ? truncated(bytes) : invalidHeader(0);
}
