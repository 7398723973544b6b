import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { NotReadable } from '../../../diff/reproducible/reproducibility.ts';
import { asFileError } from '../../../sources/file-errors.ts';
import { asLayerError } from '../../../sources/layer-error.ts';
import { sniffCompression } from '../../../sources/sniff-compression.ts';
import { unpackedChunks } from '../../../tar/compression/unpack-in-steps.ts';
import type { ComparedImage } from '../compared-image.ts';
import type { OpenedTar } from './compare-tars.ts';

/** What is read again of an image whose layers are compared. Without `files` nothing can be, as of a saved report. */
export type ReadableImage = Pick<ComparedImage, 'image' | 'files'>;

/** Called before a layer is read again, with its 0-based index in the new image and how many layers that has. */
export type OnLayer = (layerIndex: number, layerCount: number) => void;

export interface WantedLayer {
	/** 0-based. */
	readonly layerIndex: number;
	readonly signal: AbortSignal | undefined;
}

/** The blob of a layer; null where the source cannot give it. Throws `FathomError`. */
export function openBlob(image: ReadableImage, wanted: WantedLayer): AsyncGenerator<Uint8Array> | null {
	const stored = image.files?.storedLayer(wanted.layerIndex, wanted.signal) ?? null;
	return stored && worded(stored, image, wanted);
}

/** The uncompressed tar of a layer; null where the source cannot give it. Throws `FathomError`. */
export function openTar(image: ReadableImage, wanted: WantedLayer): OpenedTar | null {
	const stored = image.files?.storedLayer(wanted.layerIndex, wanted.signal) ?? null;
	return stored && { chunks: unpacked(stored), wordError: (error) => layerErrorOf(error, image, wanted) };
}

/** What is told of a layer that one of two images cannot give: the old one, or else the new one. */
export function notReadable(images: Both<ReadableImage>, isOld: boolean): NotReadable {
	const { sourceKind } = images[isOld ? 0 : 1].image;
	return { kind: 'not-readable', side: isOld ? 'old' : 'new', isSaved: sourceKind === 'report' };
}

async function* unpacked(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const { compression, chunks } = await sniffCompression(stored);
	yield* compression === 'none' ? chunks : unpackedChunks(chunks, compression);
}

/** Names the image and the layer in errors. */
async function* worded(
	chunks: AsyncIterable<Uint8Array>,
	image: ReadableImage,
	wanted: WantedLayer,
): AsyncGenerator<Uint8Array> {
	try {
		yield* chunks;
	} catch (error) {
		throw layerErrorOf(error, image, wanted);
	}
}

function layerErrorOf(
	error: unknown,
	{ image: { reference } }: ReadableImage,
	{ layerIndex }: WantedLayer,
): unknown {
	return asFileError(asLayerError(error, `${reference}: layer ${layerIndex + 1}`), reference);
}
