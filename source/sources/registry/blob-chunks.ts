import type { IncomingMessage } from 'node:http';
import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { Pace } from './http/pace.ts';
import { pause, pauseBefore, triesWorthUnderWay } from './http/retry.ts';
import { transportError } from './http/transport-error.ts';
import type { RegistryClient } from './registry-client.ts';
import { tooSlow } from './slow-error.ts';
import { isWebPage, webPageError } from './web-page.ts';

/** What is needed to fetch a blob. */
export interface BlobRequest {
	readonly digest: string;
	/** Bytes, as the manifest states. */
	readonly size: number;
	/** What the blob is, for an error: `layer 2 of app:1`. */
	readonly subject: string;
}

/** After this many bytes the attempts are counted from the start again. */
const PROGRESS_BYTES = 1024 * 1024;

/** The request for a blob of the manifest. Throws `corrupt` when its size is not stated. */
export function blobRequest({ digest, size }: Descriptor, subject: string): BlobRequest {
	if (size !== null) return { digest, size, subject };
	throw new FathomError({
		code: 'corrupt',
		message: `The manifest states no valid size of ${subject}.`,
		hint: 'Push the image again.',
	});
}

/** A part of a blob: the bytes `[from, to)`. */
export interface BlobRange {
	readonly from: number;
	readonly to: number;
}

/**
 * The bytes of a blob, or of a part of it, as they arrive. After a lost connection the transfer resumes; where the registry does not support
 * ranges it starts again and skips what has arrived. Only the length is checked. Throws `corrupt` for a wrong length, `not-found`,
 * `unavailable`, `interrupted`.
 */
export async function* blobChunks(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: BlobRange = { from: 0, to: blob.size },
): AsyncGenerator<Uint8Array> {
	let done = from;
	let progressAt = from;
	const pace = paceOf(client, blob);
	for (let tries = 1; done < to; tries++) {
		try {
			const response = await openPart(client, blob, { from: done, to });
			let position = response.statusCode === 206 ? done : 0;
			for await (const chunk of pace.watch(response)) {
				const start = Math.min(done - position, chunk.length);
				const fresh = chunk.subarray(start, Math.max(start, to - position));
				position += chunk.length;
				done += fresh.length;
				if (position > blob.size) throw wrongLength(client, blob, `more than ${blob.size} bytes`);
				if (fresh.length > 0) yield fresh;
				if (done === to && to < blob.size) break;
			}
			if (done < to) throw Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' });
		} catch (error) {
			throwIfInterrupted(client.signal);
			if (done - progressAt >= PROGRESS_BYTES) tries = 1;
			progressAt = done;
			if (tries >= triesWorthUnderWay(error)) throw transportError(error, client.host, blob.subject);
			await pause(pauseBefore(tries, null) ?? 0, client.signal);
		}
	}
}

/** Whether the registry has a blob. Throws what `RegistryClient.get` throws. */
export async function hasBlob(
	client: RegistryClient,
	{ digest }: Pick<Descriptor, 'digest'>,
	subject: string,
): Promise<boolean> {
	try {
		const response = await client.get({ path: `blobs/${digest}`, headers: { Range: 'bytes=0-0' }, subject });
		response.destroy();
		return true;
	} catch (error) {
		if (error instanceof FathomError && error.code === 'not-found') return false;
		throw error;
	}
}

/** The lowest rate at which a blob is waited for. */
export function paceOf({ host, limits }: RegistryClient, { subject }: BlobRequest): Pace {
	return new Pace(limits, (part) => tooSlow(host, subject, part));
}

/** The response with the bytes `[from, to)` of a blob; null when the registry does not support ranges, or not this one. */
export async function fetchRange(
	client: RegistryClient,
	blob: BlobRequest,
	{ from, to }: BlobRange,
): Promise<IncomingMessage | null> {
	const response = await client.get({
		path: `blobs/${blob.digest}`,
		headers: { Range: `bytes=${from}-${to - 1}` },
		subject: blob.subject,
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
	const response = await client.get({ path: `blobs/${blob.digest}`, headers, subject: blob.subject });
	const isPart = response.statusCode === 206;
	const length = response.headers['content-length'];
	if (isWebPage(response) && Number(length) !== (isPart ? to - from : blob.size)) {
		response.destroy();
		throw webPageError(client.host, blob.subject);
	}
	if (isPart && startOf(response) !== from) {
		response.destroy();
		throw wrongLength(client, blob, `bytes from offset ${startOf(response) ?? 'unknown'} instead of ${from}`);
	}
	if (length !== undefined && Number(length) !== (isPart ? to - from : blob.size)) {
		response.destroy();
		throw wrongLength(
			client,
			blob,
			`${isPart ? from + Number(length) : length} bytes instead of ${blob.size}`,
		);
	}
	return response;
}

/** The offset at which a part begins (RFC 9110, 14.4 "Content-Range"). */
function startOf({ headers }: IncomingMessage): number | null {
	const match = /^bytes (\d+)-/.exec(headers['content-range'] ?? '');
	return match === null ? null : Number(match[1]);
}

function wrongLength({ host }: RegistryClient, { subject }: BlobRequest, what: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${host}: it sent ${what} for ${subject}.`,
		hint: 'The registry or the network changes content: try again, then try from another network.',
	});
}
