import { FathomError } from '../../errors.ts';
import { artifactOfType, describeArtifact, isImageByConfig, manifestKind } from '../../image/artifact.ts';
import { type ImageConfig, parseConfig } from '../../image/config.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { OciManifest } from '../../image/manifest.ts';
import { formatPlatform, hostPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { shorten } from '../../text/shorten.ts';
import { DocumentBudget } from '../store/document-budget.ts';
import { type IndexStep, walkIndex } from '../store/index-walk.ts';
import { type DocumentSource, fetchConfig, fetchManifest, type RegistryDocument } from './documents.ts';

/** The manifest and the config of one image. */
export interface ChosenImage {
	readonly manifest: OciManifest;
	/** Checked against the content. */
	readonly manifestDigest: string;
	readonly config: ImageConfig;
	/** As the index states it; null without an index. */
	readonly platform: Platform | null;
}

const MOST_NAMED = 20;

/**
 * Follows a document to the image for a platform: the wanted one, or in an index the one for this machine by default. Throws
 * `no-such-image`, naming the platforms of the index, `unsupported` for an image in a format that is not read, and `not-an-image` for
 * everything else.
 */
export async function chooseImage(
	top: RegistryDocument,
	wanted: Platform | undefined,
	source: DocumentSource,
): Promise<ChosenImage> {
	const { label, client } = source;
	const steps = walkIndex(
		{ bytes: top.bytes, name: `${label}: the manifest` },
		{
			read: async (digest) => (await fetchManifest(digest, source)).bytes,
			nameOf: () => `${label}: the manifest`,
			select: (images) => [pickDescriptor(images, wanted ?? hostPlatform(), label)],
			budget: new DocumentBudget(client.signal),
		},
	);
	for await (const step of steps) {
		if (step.kind !== 'image') throw notRead(step, label);
		const { manifest, path } = step;
		const platform = path.findLast((descriptor) => descriptor.platform !== null)?.platform ?? null;
		const { config, bytes } = await readConfig(manifest, source);
		if (manifestKind(manifest) === 'undecided' && !isImageByConfig(manifest, config, bytes))
			throw isArtifact(describeArtifact(manifest), label);
		const actual = platform ?? config.platform;
		if (wanted !== undefined && actual !== null && !platformMatches(wanted, actual))
			throw noSuchPlatform([actual], wanted, label);
		return { manifest, manifestDigest: path.at(-1)?.digest ?? top.digest, config, platform };
	}
	throw notAnImage(label, 'its index leads back to itself');
}

/** One for the platform, or else one that names no platform, such as a nested index. */
function pickDescriptor(images: readonly Descriptor[], wanted: Platform, label: string): Descriptor {
	const fitting = images.find(({ platform }) => platform !== null && platformMatches(wanted, platform));
	const picked = fitting ?? images.find(({ platform }) => platform === null);
	if (picked) return picked;
	if (images.length === 0) throw notAnImage(label, 'it is an index without an image');
	throw noSuchPlatform(
		images.flatMap(({ platform }) => platform ?? []),
		wanted,
		label,
	);
}

async function readConfig(
	manifest: OciManifest,
	source: DocumentSource,
): Promise<{ readonly config: ImageConfig; readonly bytes: Uint8Array }> {
	const { bytes } = await fetchConfig(manifest.config.digest, source);
	return { config: parseConfig(bytes, `${source.label}: the config`), bytes };
}

function notRead(step: Exclude<IndexStep, { kind: 'image' }>, label: string): FathomError {
	switch (step.kind) {
		case 'artifact':
			return isArtifact(describeArtifact(step.manifest), label);
		case 'other':
			return step.mediaType === null
				? notAnImage(label, 'it is a document of an unknown type')
				: isArtifact(artifactOfType(step.mediaType), label);
		case 'absent':
			return notAnImage(label, 'its index lists a manifest that is missing');
		case 'cut':
			return notAnImage(label, 'its indexes are nested too deeply');
		case 'schema-1':
			return new FathomError({
				code: 'unsupported',
				message: `${label}: its manifest uses schema version 1, which fathom does not read.`,
				hint: 'Pull it with an old engine and push it again, or save it and open the archive.',
			});
	}
}

function noSuchPlatform(platforms: readonly Platform[], wanted: Platform, label: string): FathomError {
	const names = [...new Set(platforms.map(formatPlatform))];
	const rest = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
	return new FathomError({
		code: 'no-such-image',
		message: `${label} has no image for ${formatPlatform(wanted)}; it has ${names.slice(0, MOST_NAMED).join(', ')}${rest}.`,
		hint: 'Set --platform to one of these.',
	});
}

function isArtifact({ what, type, hint }: ReturnType<typeof describeArtifact>, label: string): FathomError {
	return notAnImage(label, `it is ${what}${type === null ? '' : ` (${shorten(type)})`}`, hint);
}

function notAnImage(
	label: string,
	what: string,
	hint = 'Registries also hold charts, signatures and other artifacts; fathom reads images.',
): FathomError {
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is not a container image: ${what}.`,
		hint,
	});
}
