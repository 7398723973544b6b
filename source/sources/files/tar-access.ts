import type { Compression } from '../../tar/compression.ts';
import type { Chunks } from '../../tar/unpack.ts';
import { unpackedChunks, unpackInSteps } from '../../tar/unpack-in-steps.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { type BlobLocation, blobChunks, compressionOf } from '../store/blob-location.ts';
import type { OpenTar } from './tar-stream.ts';

/** How the uncompressed tar of a layer on disk can be had again. */
export type TarAccess = { readonly kind: 'by-position'; readonly location: BlobLocation } | TarFromStart;

/** A tar that can be had from its start on only. */
export interface TarFromStart {
	readonly kind: 'from-start';
	/** Where it lies, in a file or in what is packed in that file. Two layers that lie in one place are one. */
	readonly location: BlobLocation;
	readonly open: OpenTar;
}

/** Layers that lie on disk, each by itself packed or not; `plain` is where those lie that are not. */
export function layersOnDisk(
	layers: readonly BlobLocation[],
	plain: readonly (BlobLocation | null)[],
): readonly TarAccess[] {
	return layers.map((location, index) =>
		plain[index] === null
			? { kind: 'from-start', location, open: (sink) => unpackBlob(location, sink) }
			: { kind: 'by-position', location },
	);
}

/** Where a layer lies in an unpacked archive. */
export type Place = Pick<BlobLocation, 'start' | 'bytes'>;

/** Layers in an archive that is packed as a whole. */
export function layersInPackedArchive(
	archive: BlobLocation,
	compression: Compression,
	places: readonly Place[],
): readonly TarAccess[] {
	return places.map((place) => ({
		kind: 'from-start',
		location: { path: archive.path, ...place },
		open: (sink) => unpackMember(unpackedChunks(blobChunks(archive), compression), place, sink),
	}));
}

async function* unpackBlob(location: BlobLocation, sink: (piece: Uint8Array) => void): AsyncGenerator<void> {
	yield* unpackInSteps(blobChunks(location), await compressionOf(location), sink);
}

async function* unpackMember(
	archive: Chunks,
	place: Place,
	sink: (piece: Uint8Array) => void,
): AsyncGenerator<void> {
	const member = sliceOf(archive, place);
	try {
		const { compression, chunks } = await sniffCompression(member);
		yield* unpackInSteps(chunks, compression, sink);
	} finally {
		await member.return(undefined);
	}
}

async function* sliceOf(chunks: Chunks, { start, bytes }: Place): AsyncGenerator<Uint8Array> {
	let position = 0;
	for await (const chunk of chunks) {
		const from = Math.max(0, start - position);
		const piece = chunk.subarray(from, Math.max(from, start + bytes - position));
		if (piece.length > 0) yield piece;
		position += chunk.length;
		if (position >= start + bytes) return;
	}
}
