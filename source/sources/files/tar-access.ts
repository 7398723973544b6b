import type { Compression } from '../../tar/compression/compression.ts';
import type { Chunks } from '../../tar/compression/unpack.ts';
import { unpackInSteps } from '../../tar/compression/unpack-in-steps.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { type BlobLocation, blobChunks, compressionOf } from '../store/blob-location.ts';
import { unpackedArchive } from '../unpacked-archive.ts';
import type { OpenTar } from './tar-stream.ts';

/** How the uncompressed tar of a layer on disk is read again. Two layers at one location are one. */
export type TarAccess =
	/** The tar itself is at the location. */
	| { readonly kind: 'by-position'; readonly location: BlobLocation }
	/** What is at the location is unpacked from its start on. */
	| { readonly kind: 'packed-blob'; readonly location: BlobLocation }
	/** The location is in what the file unpacks to. */
	| {
			readonly kind: 'in-packed-archive';
			readonly location: BlobLocation;
			readonly open: OpenTar;
			/** The bytes at the location. */
			readonly stored: () => AsyncGenerator<Uint8Array>;
	  };

/** Layers that lie on disk, each by itself packed or not; `plain` is where those lie that are not. */
export function layersOnDisk(
	layers: readonly BlobLocation[],
	plain: readonly (BlobLocation | null)[],
): readonly TarAccess[] {
	return layers.map(
		(location, index): TarAccess =>
			plain[index] === null ? { kind: 'packed-blob', location } : { kind: 'by-position', location },
	);
}

/** Where a layer is in an unpacked archive. */
export type ByteRange = Pick<BlobLocation, 'start' | 'bytes'>;

/** Layers in an archive that is packed as a whole. */
export function layersInPackedArchive(
	archive: BlobLocation,
	compression: Compression,
	ranges: readonly ByteRange[],
): readonly TarAccess[] {
	return ranges.map((range) => {
		const stored = () => sliceOf(unpackedArchive(blobChunks(archive), compression), range);
		return {
			kind: 'in-packed-archive',
			location: { path: archive.path, ...range },
			open: (sink) => unpackMember(stored(), sink),
			stored,
		};
	});
}

/** Unpacks a blob step by step. */
export async function* unpackBlob(
	location: BlobLocation,
	sink: (piece: Uint8Array) => void,
): AsyncGenerator<void> {
	yield* unpackInSteps(blobChunks(location), await compressionOf(location), sink);
}

async function* unpackMember(
	member: AsyncGenerator<Uint8Array>,
	sink: (piece: Uint8Array) => void,
): AsyncGenerator<void> {
	try {
		const { compression, chunks } = await sniffCompression(member);
		yield* unpackInSteps(chunks, compression, sink);
	} finally {
		await member.return(undefined);
	}
}

async function* sliceOf(chunks: Chunks, { start, bytes }: ByteRange): AsyncGenerator<Uint8Array> {
	let position = 0;
	for await (const chunk of chunks) {
		const from = Math.max(0, start - position);
		const piece = chunk.subarray(from, Math.max(from, start + bytes - position));
		if (piece.length > 0) yield piece;
		position += chunk.length;
		if (position >= start + bytes) return;
	}
}
