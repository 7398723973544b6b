import type { IncomingMessage } from 'node:http';

/** All of a body; cut just above `maximum` bytes, so that whoever looks at its length sees that it is too long. Throws the system's errors. */
export async function readBody(response: IncomingMessage, maximum: number): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of response as AsyncIterable<Uint8Array>) {
		pieces.push(piece);
		bytes += piece.length;
		if (bytes > maximum) break;
	}
	return Buffer.concat(pieces).subarray(0, maximum + 1);
}

/** Does without a body: a short one is read, which keeps the connection for the next request. */
export function discardBody(response: IncomingMessage): void {
	const length = Number(response.headers['content-length'] ?? Number.NaN);
	if (length <= SHORT_BYTES) response.resume();
	else response.destroy();
	// What it could still say is of no use.
	response.on('error', () => {});
}

const SHORT_BYTES = 64 * 1024;
