import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import { throwIfInterrupted } from '../breathe.ts';
import { MOST_TRIES, pause, pauseBefore } from './http/retry.ts';
import { isWorthAnotherTry, transportFault } from './http/transport-fault.ts';
import type { RegistryClient } from './registry-client.ts';

/** A blob, known well enough to be fetched. */
export interface BlobRequest {
	readonly digest: string;
	/** Bytes, as the manifest says. */
	readonly size: number;
	/** What it is, for an error: `layer 2 of app:1`. */
	readonly asked: string;
}

/** So many bytes count as progress, after which a connection may break as often again. */
const PROGRESS_BYTES = 1024 * 1024;

/** What the manifest says of a blob. Throws `corrupt` where it does not say how large it is. */
export function blobRequest({ digest, size }: Descriptor, asked: string): BlobRequest {
	if (size !== null) return { digest, size, asked };
	throw new FathomError({
		code: 'corrupt',
		message: `The manifest does not say how large ${asked} is.`,
		hint: 'The image has to be pushed again.',
	});
}

/**
 * The bytes of a blob as they arrive, from the first to the last. Where the connection breaks it goes on from there. The content is not
 * checked but for its length. Throws `corrupt` for another length, `missing`, `unavailable`, `interrupted`.
 */
export async function* blobChunks(client: RegistryClient, blob: BlobRequest): AsyncGenerator<Uint8Array> {
	let done = 0;
	let progressAt = 0;
	for (let tries = 1; done < blob.size; tries++) {
		try {
			const response = await openFrom(client, blob, done);
			let position = response.statusCode === 206 ? done : 0;
			for await (const chunk of response as AsyncIterable<Uint8Array>) {
				const fresh = chunk.subarray(Math.min(done - position, chunk.length));
				position += chunk.length;
				done += fresh.length;
				if (done > blob.size) throw wrongLength(client, blob, `more than the ${blob.size} bytes`);
				if (fresh.length > 0) yield fresh;
			}
			if (done < blob.size) throw Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' });
		} catch (error) {
			throwIfInterrupted(client.signal);
			if (done - progressAt >= PROGRESS_BYTES) tries = 1;
			progressAt = done;
			if (!isWorthAnotherTry(error) || tries >= MOST_TRIES) throw transportFault(error, client.host);
			await pause(pauseBefore(tries, null) ?? 0, client.signal);
		}
	}
}

/** The bytes `[from, to)` of a blob; null where the registry does not give parts, or has no such part. */
export async function fetchRange(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: { readonly from: number; readonly to: number },
): Promise<IncomingMessage | null> {
	const response = await client.get({
		path: `blobs/${blob.digest}`,
		headers: { Range: `bytes=${from}-${to - 1}` },
		asked: blob.asked,
	});
	if (response.statusCode === 206 && startOf(response) === from) return response;
	response.destroy();
	return null;
}

async function openFrom(client: RegistryClient, blob: BlobRequest, from: number): Promise<IncomingMessage> {
	const headers = from === 0 ? {} : { Range: `bytes=${from}-` };
	const response = await client.get({ path: `blobs/${blob.digest}`, headers, asked: blob.asked });
	const length = response.headers['content-length'];
	const start = response.statusCode === 206 ? from : 0;
	if (start !== 0 && startOf(response) !== start) {
		response.destroy();
		throw wrongLength(client, blob, 'another part than what was asked for, and not the rest');
	}
	if (length !== undefined && Number(length) !== blob.size - start) {
		response.destroy();
		throw wrongLength(client, blob, `${start + Number(length)} bytes, and not the ${blob.size}`);
	}
	return response;
}

/** Where a part begins (RFC 9110, 14.4 "Content-Range"). */
function startOf({ headers }: IncomingMessage): number | null {
	const match = /^bytes (\d+)-/.exec(headers['content-range'] ?? '');
	return match === null ? null : Number(match[1]);
}

function wrongLength({ host }: RegistryClient, { asked }: BlobRequest, what: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${host}: it gives ${what} that the manifest says for ${asked}.`,
		hint: 'Something on the way or in the registry changes content: try again, from another network if it stays.',
	});
}
