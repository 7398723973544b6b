import { fetchedDocument } from '../../../cache/fetched.ts';
import { FathomError } from '../../../errors.ts';
import type { Descriptor } from '../../../image/descriptor.ts';
import type { OciManifest } from '../../../image/manifest.ts';
import { formatPlatform, hostPlatform, type Platform, platformMatches } from '../../../image/platform.ts';
import { DocumentBudget } from '../../store/document-budget.ts';
import { walkIndex } from '../../store/index-walk.ts';
import type { ImageRecord } from '../engine-image.ts';
import { hasDigest, recordOf } from '../image-records.ts';
import { type Ctr, readBlob } from './ctr.ts';

/** What is needed to read documents. */
type DocumentCtr = Pick<Ctr, 'address'> & { readonly input: Pick<Ctr['input'], 'host' | 'cache' | 'name'> };

/** Reads the manifest and the config of an image from containerd, in an index those for the platform. Throws `no-such-image`. */
export async function readCtrRecord(
	ctr: DocumentCtr,
	digest: string,
	platform: Platform | undefined,
	signal?: AbortSignal,
): Promise<ImageRecord> {
	const offered: Platform[] = [];
	const reading: Reading = { ctr, platform, signal, offered };
	const top = await readDocument(reading, digest);
	if (top === null) throw noPlatform(ctr, platform, offered);
	const steps = walkIndex(
		{ bytes: top, name: digest },
		{
			read: (listed) => readDocument(reading, listed),
			nameOf: (listed) => listed,
			select: (images) => inOrder(images, reading),
			budget: new DocumentBudget(signal),
		},
	);
	for await (const step of steps) {
		if (step.kind !== 'image' && step.kind !== 'artifact') continue;
		const own = step.path.at(-1);
		const record = await readRecord(reading, step.manifest, own?.digest ?? digest);
		if (record !== null && fitsPlatform(reading, own?.platform ?? record.config.platform)) return record;
	}
	throw noPlatform(ctr, platform, offered);
}

interface Reading {
	readonly ctr: DocumentCtr;
	readonly platform: Platform | undefined;
	readonly signal: AbortSignal | undefined;
	/** The platforms that were found, for an error. */
	readonly offered: Platform[];
}

/** Those for the wanted platform; by default all, with those for this machine first. */
function inOrder(images: readonly Descriptor[], { platform, offered }: Reading): readonly Descriptor[] {
	offered.push(...images.flatMap((image) => image.platform ?? []));
	const fits = (wanted: Platform) => (image: Descriptor) =>
		image.platform === null || platformMatches(wanted, image.platform);
	if (platform !== undefined) return images.filter(fits(platform));
	const fitsHost = fits(hostPlatform());
	return [...images.filter(fitsHost), ...images.filter((image) => !fitsHost(image))];
}

async function readRecord(
	reading: Reading,
	manifest: OciManifest,
	manifestDigest: string,
): Promise<ImageRecord | null> {
	const config = await readDocument(reading, manifest.config.digest);
	return config && recordOf(manifest, manifestDigest, config);
}

function fitsPlatform({ platform, offered }: Reading, actual: Platform | null): boolean {
	if (platform === undefined || actual === null || platformMatches(platform, actual)) return true;
	offered.push(actual);
	return false;
}

/** From the cache or from containerd. Throws `corrupt` for content that has another digest than its name. */
async function readDocument({ ctr, signal }: Reading, digest: string): Promise<Uint8Array | null> {
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
	{ address, input }: DocumentCtr,
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
