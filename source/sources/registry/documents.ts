import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { fetchedDocument } from '../../cache/fetched.ts';
import type { LayerCache } from '../../cache/layer-cache.ts';
import { FathomError } from '../../errors.ts';
import { shortDigest } from '../../image/digest.ts';
import { maximumDocumentBytes } from '../../image/json.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { readBody } from './http/read-body.ts';
import { triesWorth } from './http/retry.ts';
import type { TimeLimit } from './http/time-limits.ts';
import { transportError } from './http/transport-error.ts';
import type { RegistryClient, RegistryRequest } from './registry-client.ts';
import { tooLate } from './slow-error.ts';
import { isWebPageForJson, webPageError } from './web-page.ts';

/** A document whose content has this digest. */
export interface RegistryDocument {
	readonly bytes: Uint8Array;
	readonly digest: string;
}

/** All manifests and indexes that are read, and those of schema 1, so that an error can name them. */
const manifestTypes = [
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
	'application/vnd.docker.distribution.manifest.v2+json',
	'application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.5',
	'application/vnd.docker.distribution.manifest.v1+json;q=0.5',
].join(', ');

/** Documents come from the cache, or else from the registry. */
export interface DocumentSource {
	readonly client: RegistryClient;
	readonly cache: LayerCache;
	/** What to call the image in errors. */
	readonly label: string;
}

/** The manifest or index of a tag. It is requested each time, because tags move. */
export async function fetchTagged(tag: string, source: DocumentSource): Promise<RegistryDocument> {
	const subject = `the manifest of ${source.label}`;
	const bytes = await fetchWhole(
		{ path: `manifests/${tag}`, headers: { Accept: manifestTypes }, subject },
		source,
	);
	const digest = digestOf(bytes, 'sha256');
	source.cache.store(fetchedDocument(digest), bytes);
	return { bytes, digest };
}

/** The manifest or index with a digest. Throws `corrupt` when the registry sends anything else. */
export function fetchManifest(digest: string, source: DocumentSource): Promise<RegistryDocument> {
	const subject = `the manifest of ${source.label}`;
	return fetchByDigest(
		digest,
		{ path: `manifests/${digest}`, headers: { Accept: manifestTypes }, subject },
		source,
	);
}

/** The config of an image, which is a blob. Throws `corrupt` when the registry sends anything else. */
export function fetchConfig(digest: string, source: DocumentSource): Promise<RegistryDocument> {
	return fetchByDigest(digest, { path: `blobs/${digest}`, subject: `the config of ${source.label}` }, source);
}

/** An attestation about an image, which is a blob. Throws `corrupt` when the registry sends anything else. */
export function fetchAttestation(digest: string, source: DocumentSource): Promise<RegistryDocument> {
	return fetchByDigest(
		digest,
		{ path: `blobs/${digest}`, subject: `the attestation of ${source.label}` },
		source,
	);
}

async function fetchByDigest(
	digest: string,
	request: RegistryRequest,
	source: DocumentSource,
): Promise<RegistryDocument> {
	const bytes = await source.cache.through(fetchedDocument(digest), async () => {
		const fetched = await fetchWhole(request, source);
		const [algorithm] = digest.split(':');
		if (digestOf(fetched, algorithm) !== digest)
			throw wrongDigest(source.client.host, request.subject, digest);
		return fetched;
	});
	return { bytes, digest };
}

/** Tries a second time when the connection breaks, because documents are small. */
async function fetchWhole(request: RegistryRequest, source: DocumentSource): Promise<Uint8Array> {
	const { client } = source;
	const limit = client.newLimit();
	const late = (): FathomError => tooLate(client.host, request.subject, client.limits);
	return limit.run(() => fetchWithin(limit, request, source), late);
}

async function fetchWithin(
	limit: TimeLimit,
	request: RegistryRequest,
	{ client, label }: DocumentSource,
): Promise<Uint8Array> {
	const read = async (): Promise<Uint8Array> => {
		const response = await client.get(request, limit);
		const bytes = await readBody(response, maximumDocumentBytes);
		if (isCut(response, bytes)) throw Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' });
		const document = decoded(response, bytes);
		if (isWebPageForJson(response, document)) throw webPageError(client.host, request.subject);
		return document;
	};
	const bytes = await read()
		.catch((error: unknown) => {
			throwIfInterrupted(client.signal);
			if (triesWorth(error) === 1) throw error;
			return read();
		})
		.catch((error: unknown) => {
			throwIfInterrupted(client.signal);
			throw transportError(error, client.host);
		});
	if (bytes.length <= maximumDocumentBytes) return bytes;
	throw new FathomError({
		code: 'corrupt',
		message: `${client.host}: ${request.subject} is larger than ${maximumDocumentBytes} bytes.`,
		hint: `No image needs a document of that size: check ${label}.`,
	});
}

/** Some proxies pack a document although nobody asked for that. */
function decoded({ headers }: IncomingMessage, bytes: Uint8Array): Uint8Array {
	if (headers['content-encoding'] !== 'gzip' && headers['content-encoding'] !== 'x-gzip') return bytes;
	try {
		return gunzipSync(bytes, { maxOutputLength: maximumDocumentBytes + 1 });
	} catch {
		// It may not be packed at all, and is refused further on if it makes no sense.
		return bytes;
	}
}

function isCut({ headers }: IncomingMessage, bytes: Uint8Array): boolean {
	const length = headers['content-length'];
	return length !== undefined && bytes.length < Math.min(Number(length), maximumDocumentBytes);
}

function digestOf(bytes: Uint8Array, algorithm: string): string {
	return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** For content that does not match its digest. */
export function wrongDigest(where: string, what: string, digest: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${where}: ${what} does not match its digest ${shortDigest(digest)}.`,
		hint: 'The registry or the network changes content: try again, then try from another network.',
	});
}
