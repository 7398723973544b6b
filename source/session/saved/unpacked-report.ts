import { sniffCompression } from '../../sources/sniff-compression.ts';
import { type Chunks, decodedPieces } from '../../tar/compression/unpack.ts';
import { packedReportTooLarge } from './report-errors.ts';

/** A report takes some tens of times its packed size. Blanks, which no report has many of, take a thousand times theirs. */
const MOST_RATIO = 200;
/** What a small file may unpack to in any case. */
const ANY_BYTES = 64 * 1024 * 1024;

/** The JSON of a report that may be packed with gzip. Throws `too-large`, `TarError` for damaged data, and what the source throws. */
export async function* unpackedReport(source: Chunks, label: string): AsyncGenerator<Uint8Array> {
	const { compression, chunks } = await sniffCompression(source);
	if (compression !== 'gzip') {
		yield* chunks;
		return;
	}
	let taken = 0;
	const counted = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of chunks) {
			taken += chunk.length;
			yield chunk;
		}
	};
	let given = 0;
	for await (const piece of decodedPieces(counted(), 'gzip')) {
		given += piece.length;
		if (given > ANY_BYTES && given > MOST_RATIO * taken) throw packedReportTooLarge(label, MOST_RATIO);
		yield piece;
	}
}
