import type { Chunks } from '../../../tar/unpack.ts';
import { refused } from '../engine-error.ts';
import type { Engine } from '../http/engine-api.ts';
import { openAnswer } from '../http/engine-http.ts';

const MOST_WORDS_BYTES = 64 * 1024;

/** Has an engine write an image out. Throws `unavailable` with the engine's words when it does not. */
export async function openExport(
	{ connection }: Engine,
	path: string,
	signal: AbortSignal | undefined,
): Promise<Chunks> {
	const response = await openAnswer(connection, path, signal);
	if (response.statusCode === 200) return response;
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of response as AsyncIterable<Buffer>) {
		pieces.push(piece);
		bytes += piece.length;
		if (bytes > MOST_WORDS_BYTES) break;
	}
	const { statusCode: status = 0, headers } = response;
	throw refused(connection, { status, headers, body: Buffer.concat(pieces) });
}
