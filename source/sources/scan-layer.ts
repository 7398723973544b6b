import { FathomError } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from '../tar/compression.ts';
import { FileScan } from '../tar/scan-file.ts';
import { StreamScan } from '../tar/scan-stream.ts';
import { TarFault } from '../tar/tar-fault.ts';
import { unpack } from '../tar/unpack.ts';
import type { FileRange } from '../tar/window-reader.ts';
import type { Breather } from './breathe.ts';
import { type BlobLocation, chunksOf, readStart, withRange } from './located-blobs.ts';

const HEADERS_A_STEP = 256;

/** Tells how a blob on disk is packed. */
export function compressionOf(location: BlobLocation): Promise<Compression> {
	return withRange(location, (range) => detectCompression(readStart(range, MAGIC_BYTES)));
}

/** Scans an uncompressed layer by position. `onProgress` gets the bytes behind. Throws `TarFault`. */
export async function scanByPosition(
	range: FileRange,
	breather: Breather,
	onProgress: (bytes: number) => void = () => {},
): Promise<Changeset> {
	const scan = new FileScan(range);
	while (!scan.step(HEADERS_A_STEP)) {
		onProgress(Math.min(scan.position, range.bytes));
		await breather.breathe();
	}
	onProgress(range.bytes);
	return scan.finish();
}

export interface UnpackedScan {
	readonly compression: Compression;
	readonly largestVerifiedBytes: number;
	/** To be awaited after every chunk. */
	readonly afterChunk: (bytesDone: number) => Promise<void> | void;
}

/** Unpacks a layer on disk and scans it as it passes. Throws `TarFault`. */
export async function scanUnpacked(range: FileRange, options: UnpackedScan): Promise<Changeset> {
	const scan = new StreamScan({ largestVerifiedBytes: options.largestVerifiedBytes });
	await unpack(withPauses(range, options.afterChunk), options.compression, (piece) => scan.write(piece));
	return scan.finish();
}

async function* withPauses(
	range: FileRange,
	afterChunk: UnpackedScan['afterChunk'],
): AsyncGenerator<Uint8Array> {
	let done = 0;
	for await (const chunk of chunksOf(range)) {
		yield chunk;
		done += chunk.length;
		const pause = afterChunk(done);
		if (pause) await pause;
	}
}

/** Says which file or layer a fault of a tar is in. Everything else passes through. */
export function locateFault(error: unknown, where: string): unknown {
	if (!(error instanceof TarFault)) return error;
	const { kind, message } = error;
	return new FathomError({
		code: kind,
		message: `${where}: ${message}.`,
		hint:
			kind === 'truncated'
				? 'The file is incomplete: save or copy the image again.'
				: 'The file is damaged or no image: save the image again.',
		cause: error,
	});
}
