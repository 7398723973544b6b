import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fetchedDocument } from '../../cache/fetched.ts';
import type { LayerCache } from '../../cache/layer-cache.ts';
import { FathomError } from '../../errors.ts';
import { shortDigest } from '../../image/digest.ts';
import { maximumDocumentBytes } from '../../image/json.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { readBody } from './http/read-body.ts';
import { triesWorth } from './http/retry.ts';
import { transportError } from './http/transport-error.ts';
import type { RegistryClient, RegistryRequest } from './registry-client.ts';

/** A document that has the digest that it is asked for by, or whose digest is told by its content. */
export interface RegistryDocument {
	readonly bytes: Uint8Array;
	readonly digest: string;
}

/** Every kind of manifest and index that is read, and those of schema 1, so that they can be refused with words. */
const manifestTypes = [
	'application/vnd.oci.image.index.v1+json',
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
	'application/vnd.docker.distribution.manifest.v2+json',
	'application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.5',
	'application/vnd.docker.distribution.manifest.v1+json;q=0.5',
].join(', ');

/** Where documents come from: the cache, else the registry. */
export interface DocumentSource {
	readonly client: RegistryClient;
	readonly cache: LayerCache;
	/** What to call the image in errors. */
	readonly label: string;
}

/** The manifest or index of a tag, which is asked for each time, as a tag moves. */
export async function fetchTagged(tag: string, source: DocumentSource): Promise<RegistryDocument> {
	const asked = `the manifest of ${source.label}`;
	const bytes = await fetchWhole(
		{ path: `manifests/${tag}`, headers: { Accept: manifestTypes }, asked },
		source,
	);
	const digest = digestOf(bytes, 'sha256');
	source.cache.store(fetchedDocument(digest), bytes);
	return { bytes, digest };
}

/** The manifest or index of a digest. Throws `corrupt` where the registry gives anything else. */
export function fetchManifest(digest: string, source: DocumentSource): Promise<RegistryDocument> {
	const asked = `the manifest of ${source.label}`;
	return fetchByDigest(
		digest,
		{ path: `manifests/${digest}`, headers: { Accept: manifestTypes }, asked },
		source,
	);
}

/** The config of an image, which is a blob. Throws `corrupt` where the registry gives anything else. */
export function fetchConfig(digest: string, source: DocumentSource): Promise<RegistryDocument> {
	return fetchByDigest(digest, { path: `blobs/${digest}`, asked: `the config of ${source.label}` }, source);
}

async function fetchByDigest(
	digest: string,
	request: RegistryRequest,
	source: DocumentSource,
): Promise<RegistryDocument> {
	const bytes = await source.cache.through(fetchedDocument(digest), async () => {
		const fetched = await fetchWhole(request, source);
		const [algorithm] = digest.split(':');
		if (digestOf(fetched, algorithm) !== digest) throw wrongDigest(source.client.host, request.asked, digest);
		return fetched;
	});
	return { bytes, digest };
}

/** The connection may break in the middle; a second try costs little. */
async function fetchWhole(request: RegistryRequest, { client, label }: DocumentSource): Promise<Uint8Array> {
	const read = async (): Promise<Uint8Array> => {
		const response = await client.get(request);
		const bytes = await readBody(response, maximumDocumentBytes);
		if (isCut(response, bytes)) throw Object.assign(new Error('the answer was cut'), { code: 'ECONNRESET' });
		return bytes;
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
		message: `${client.host}: ${request.asked} is larger than ${maximumDocumentBytes} bytes.`,
		hint: `Nothing that large describes an image: check ${label}.`,
	});
}

function isCut({ headers }: IncomingMessage, bytes: Uint8Array): boolean {
	const length = headers['content-length'];
	return length !== undefined && bytes.length < Math.min(Number(length), maximumDocumentBytes);
}

function digestOf(bytes: Uint8Array, algorithm: string): string {
	return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** For content that is not what its digest says. */
export function wrongDigest(where: string, what: string, digest: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${where}: ${what} is not what its digest ${shortDigest(digest)} says.`,
		hint: 'Something on the way or in the registry changes content: try again, from another network if it stays.',
	});
}
