import { FathomError } from '../../errors.ts';
import { type ImageConfig, parseConfig } from '../../image/config.ts';
import { type Descriptor, isAttestation } from '../../image/descriptor.ts';
import { parseJsonObject } from '../../image/json.ts';
import { isImageManifest, type OciIndex, type OciManifest, parseOciDocument } from '../../image/manifest.ts';
import { formatPlatform, hostPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { shorten } from '../../text/shorten.ts';
import { type DocumentSource, fetchConfig, fetchManifest, type RegistryDocument } from './documents.ts';

/** The manifest of one image, with the digest that it was found to have, and its config. */
export interface ChosenImage {
	readonly manifest: OciManifest;
	readonly manifestDigest: string;
	readonly config: ImageConfig;
	/** What the index says; null where there is none. */
	readonly platform: Platform | null;
}

const MOST_NESTED_INDEXES = 4;
const MOST_NAMED = 20;

/**
 * Follows a document to the image for a platform: the one that is asked for, else in an index that of this machine. Throws `no-such-image`
 * and names the platforms that there are, `unsupported` for what is no image that can be read.
 */
export async function chooseImage(
	top: RegistryDocument,
	wanted: Platform | undefined,
	source: DocumentSource,
): Promise<ChosenImage> {
	let document = top;
	let platform: Platform | null = null;
	for (let depth = 0; depth <= MOST_NESTED_INDEXES; depth++) {
		const parsed = readDocument(document, source.label);
		if (parsed.kind === 'manifest')
			return readImage({ manifest: parsed, document, platform }, wanted, source);
		const descriptor = pickDescriptor(parsed, wanted ?? hostPlatform(), source.label);
		platform = descriptor.platform ?? platform;
		document = await fetchManifest(descriptor.digest, source);
	}
	throw notAnImage(source.label, 'its indexes are nested too deep');
}

function readDocument({ bytes }: RegistryDocument, label: string): OciIndex | OciManifest {
	const { schemaVersion } = parseJsonObject(bytes, `${label}: the manifest`);
	if (schemaVersion === 1) {
		throw new FathomError({
			code: 'unsupported',
			message: `${label}: its manifest is of schema 1, which was given up in 2017.`,
			hint: 'Pull it with an old engine and push it again, or save it and open the archive.',
		});
	}
	const parsed = parseOciDocument(bytes, `${label}: the manifest`);
	if (parsed.kind !== 'other') return parsed;
	throw notAnImage(label, `it is ${shorten(parsed.mediaType ?? 'a document of an unknown type')}`);
}

/** One that says for which platform it is and fits; else one that does not say, such as an index in the index. */
function pickDescriptor({ manifests }: OciIndex, wanted: Platform, label: string): Descriptor {
	const images = manifests.filter((descriptor) => !isAttestation(descriptor));
	const fitting = images.find(({ platform }) => platform !== null && platformMatches(wanted, platform));
	const silent = images.find(({ platform }) => platform === null);
	const picked = fitting ?? silent;
	if (picked) return picked;
	if (images.length === 0) throw notAnImage(label, 'it is an index without an image');
	throw noSuchPlatform(
		images.map(({ platform }) => platform).filter((platform) => platform !== null),
		wanted,
		label,
	);
}

interface FoundManifest {
	readonly manifest: OciManifest;
	readonly document: RegistryDocument;
	readonly platform: Platform | null;
}

async function readImage(
	{ manifest, document, platform }: FoundManifest,
	wanted: Platform | undefined,
	source: DocumentSource,
): Promise<ChosenImage> {
	const { label } = source;
	if (!isImageManifest(manifest)) {
		const { mediaType } = manifest.config;
		throw notAnImage(label, `it is an artifact of the type ${shorten(mediaType ?? 'unknown')}`);
	}
	const { bytes } = await fetchConfig(manifest.config.digest, source);
	const config = parseConfig(bytes, `${label}: the config`);
	const actual = platform ?? config.platform;
	if (wanted !== undefined && actual !== null && !platformMatches(wanted, actual))
		throw noSuchPlatform([actual], wanted, label);
	return { manifest, manifestDigest: document.digest, config, platform };
}

function noSuchPlatform(platforms: readonly Platform[], wanted: Platform, label: string): FathomError {
	const names = [...new Set(platforms.map(formatPlatform))];
	const rest = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
	return new FathomError({
		code: 'no-such-image',
		message: `${label} is not there for ${formatPlatform(wanted)}, but for ${names.slice(0, MOST_NAMED).join(', ')}${rest}.`,
		hint: 'Give --platform one of these.',
	});
}

function notAnImage(label: string, what: string): FathomError {
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is no container image: ${what}.`,
		hint: 'Registries keep charts, signatures and other things as well; fathom reads images.',
	});
}
