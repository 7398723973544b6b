import { Readable } from 'node:stream';
import { FathomError } from '../../source/errors.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { loadImage } from './load-image.ts';
import { jsonTextOf, withFacts } from './report.ts';

/** Loads an archive that comes as a stream and is cut at these places. */
export function fromCutStream(archive: Uint8Array, places: readonly number[]): Promise<ImageSession> {
	const ends = [...new Set([...places, archive.length])].sort((one, other) => one - other);
	const pieces = ends.map((end, index) => archive.slice(ends[index - 1] ?? 0, end));
	return loadImage('-', { stdin: Readable.from(pieces, { objectMode: false }) });
}

/** The report of an image, less where it came from; or the code of the error, without the name of the archive. */
export async function resultOf(loading: Promise<ImageSession>): Promise<string> {
	try {
		return await jsonTextOf(withFacts(await loading, { reference: 'it', sourceKind: 'archive' }));
	} catch (error) {
		if (error instanceof FathomError) return error.code;
		throw error;
	}
}
