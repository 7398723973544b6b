import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { pause, pauseBefore, triesWorthUnderWay } from './http/retry.ts';
import { transportError } from './http/transport-error.ts';
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

/** A part of a blob: the bytes `[from, to)`. */
export interface BlobRange {
	readonly from: number;
	readonly to: number;
}

/**
 * The bytes of a blob, or of a part of it, as they arrive. Where the connection breaks it goes on from there; where the registry gives no
 * parts it starts again and leaves out what is known. The content is not checked but for its length. Throws `corrupt` for another length,
 * `not-found`, `unavailable`, `interrupted`.
 */
export async function* blobChunks(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: BlobRange = { from: 0, to: blob.size },
): AsyncGenerator<Uint8Array> {
	let done = from;
	let progressAt = from;
	for (let tries = 1; done < to; tries++) {
		try {
			const response = await openPart(client, blob, { from: done, to });
			let position = response.statusCode === 206 ? done : 0;
			for await (const chunk of response as AsyncIterable<Uint8Array>) {
				const start = Math.min(done - position, chunk.length);
				const fresh = chunk.subarray(start, Math.max(start, to - position));
				position += chunk.length;
				done += fresh.length;
				if (position > blob.size) throw wrongLength(client, blob, `more than the ${blob.size} bytes`);
				if (fresh.length > 0) yield fresh;
				if (done === to && to < blob.size) break;
			}
			if (done < to) throw Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' });
		} catch (error) {
			throwIfInterrupted(client.signal);
			if (done - progressAt >= PROGRESS_BYTES) tries = 1;
			progressAt = done;
			if (tries >= triesWorthUnderWay(error)) throw transportError(error, client.host);
			await pause(pauseBefore(tries, null) ?? 0, client.signal);
		}
	}
}

/** The bytes `[from, to)` of a blob; null where the registry does not give parts, or has no such part. */
export async function fetchRange(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: BlobRange,
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

async function openPart(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: BlobRange,
): Promise<IncomingMessage> {
	const isWhole = from === 0 && to === blob.size;
	const headers = isWhole ? {} : { Range: `bytes=${from}-${to === blob.size ? '' : to - 1}` };
	const response = await client.get({ path: `blobs/${blob.digest}`, headers, asked: blob.asked });
	const isPart = response.statusCode === 206;
	const length = response.headers['content-length'];
	if (isPart && startOf(response) !== from) {
		response.destroy();
		throw wrongLength(client, blob, 'another part than what was asked for, and not the one');
	}
	if (length !== undefined && Number(length) !== (isPart ? to - from : blob.size)) {
		response.destroy();
		throw wrongLength(
			client,
			blob,
			`${isPart ? from + Number(length) : length} bytes, and not the ${blob.size}`,
		);
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
