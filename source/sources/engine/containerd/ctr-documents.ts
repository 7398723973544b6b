import { fetchedDocument } from '../../../cache/fetched.ts';
import { FathomError } from '../../../errors.ts';
import { type Descriptor, isAttestation } from '../../../image/descriptor.ts';
import { parseOciDocument } from '../../../image/manifest.ts';
import { formatPlatform, hostPlatform, type Platform, platformMatches } from '../../../image/platform.ts';
import type { ImageRecord } from '../engine-image.ts';
import { hasDigest, recordOfManifest } from '../image-records.ts';
import { type Ctr, readBlob } from './ctr.ts';

const MOST_NESTED_INDEXES = 4;

/** Reads a manifest and its config out of containerd, those for the platform where there are several. Throws `no-such-image`. */
export async function readCtrRecord(
	ctr: Ctr,
	digest: string,
	platform: Platform | undefined,
	signal?: AbortSignal,
): Promise<ImageRecord> {
	const offered: Platform[] = [];
	const walk: Walk = { ctr, platform, signal, offered };
	const record = await follow(walk, digest, null, 0);
	if (record !== null) return record;
	throw noPlatform(ctr, platform, offered);
}

interface Walk {
	readonly ctr: Ctr;
	readonly platform: Platform | undefined;
	readonly signal: AbortSignal | undefined;
	/** What the index lists. */
	readonly offered: Platform[];
}

/** Null where the document is not there, or is for another platform. */
async function follow(
	walk: Walk,
	digest: string,
	listed: Platform | null,
	depth: number,
): Promise<ImageRecord | null> {
	const bytes = await readDocument(walk, digest);
	if (bytes === null) return null;
	const document = parseOciDocument(bytes, digest);
	if (document.kind === 'manifest') return readManifest(walk, digest, bytes, listed);
	if (document.kind !== 'index' || depth > MOST_NESTED_INDEXES) return null;
	for (const descriptor of inOrder(document.manifests, walk)) {
		const found = await follow(walk, descriptor.digest, descriptor.platform, depth + 1);
		if (found !== null) return found;
	}
	return null;
}

/** Those for the platform that was asked for; if none was, the one of this machine first. */
function inOrder(manifests: readonly Descriptor[], { platform, offered }: Walk): readonly Descriptor[] {
	const images = manifests.filter((descriptor) => !isAttestation(descriptor));
	offered.push(...images.flatMap((image) => image.platform ?? []));
	const fits = (wanted: Platform) => (image: Descriptor) =>
		image.platform === null || platformMatches(wanted, image.platform);
	if (platform !== undefined) return images.filter(fits(platform));
	const own = images.filter(fits(hostPlatform()));
	return [...own, ...images.filter((image) => !own.includes(image))];
}

async function readManifest(
	walk: Walk,
	digest: string,
	bytes: Uint8Array,
	listed: Platform | null,
): Promise<ImageRecord | null> {
	const documents = new Map([[digest, bytes]]);
	const manifest = parseOciDocument(bytes, digest);
	if (manifest.kind !== 'manifest') return null;
	const config = await readDocument(walk, manifest.config.digest);
	if (config !== null) documents.set(manifest.config.digest, config);
	const record = recordOfManifest(digest, (name) => documents.get(name) ?? null);
	const its = listed ?? record?.config.platform ?? null;
	if (record === null || !walk.platform || !its || platformMatches(walk.platform, its)) return record;
	walk.offered.push(its);
	return null;
}

/** From the cache, else out of containerd. Throws `corrupt` for content that has another digest than its name. */
async function readDocument({ ctr, signal }: Walk, digest: string): Promise<Uint8Array | null> {
	const { cache } = ctr.input;
	const cached = cache.lookUp(fetchedDocument(digest));
	if (cached !== null) return cached;
	const bytes = await readBlob(ctr, digest, signal);
	if (bytes === null) return null;
	if (!hasDigest(bytes, digest)) {
		throw new FathomError({
			code: 'corrupt',
			message: `${ctr.address.label}: the content of ${digest} does not match its digest.`,
			hint: 'Remove the image from containerd and pull it again.',
		});
	}
	cache.store(fetchedDocument(digest), bytes);
	return bytes;
}

function noPlatform(
	{ address, input }: Ctr,
	platform: Platform | undefined,
	offered: readonly Platform[],
): FathomError {
	const wanted = platform === undefined ? 'any platform' : formatPlatform(platform);
	const names = [...new Set(offered.map(formatPlatform))].slice(0, 10).join(', ');
	return new FathomError({
		code: 'no-such-image',
		message: `${address.label} does not have ${input.name} for ${wanted}${names === '' ? '' : `, only for ${names}`}.`,
		hint: `Get it with: ctr --namespace ${address.namespace} images pull --platform ${platform ? wanted : 'OS/ARCH'} REF`,
	});
}
