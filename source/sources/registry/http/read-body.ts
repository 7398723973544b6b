import type { IncomingMessage } from 'node:http';

/** The whole body, cut one byte above `maximum`, so that its length shows that it is too long. Throws the system's errors. */
export async function readBody(response: AsyncIterable<Uint8Array>, maximum: number): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of response) {
		pieces.push(piece);
		bytes += piece.length;
		if (bytes > maximum) break;
	}
	return Buffer.concat(pieces).subarray(0, maximum + 1);
}

/** Discards a body. A short one is read to its end, so that the connection can be reused. */
export function discardBody(response: IncomingMessage): void {
	const length = Number(response.headers['content-length'] ?? Number.NaN);
	if (length <= SHORT_BYTES) response.resume();
	else response.destroy();
	// Errors do not matter any more.
	response.on('error', () => {});
}

const SHORT_BYTES = 64 * 1024;
