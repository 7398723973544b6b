import { FathomError } from '../../errors.ts';
import { artifactOfType, describeArtifact, isImageByConfig, manifestKind } from '../../image/artifact.ts';
import type { SourceImage } from '../../image/at-hand/source-image.ts';
import { type ImageConfig, parseConfig } from '../../image/config.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { OciManifest } from '../../image/manifest.ts';
import { formatPlatform, hostPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { type Candidate, choiceNotice, orderByPlatform, type PlatformChoice } from '../../image/select.ts';
import { shorten } from '../../text/shorten.ts';
import type { Notice } from '../../warning.ts';
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
	/** The digest of the manifest with attestations about it; null where the index has none. */
	readonly attestation: string | null;
	/** About the choice. */
	readonly notices: readonly Notice[];
	/** The images for each platform that the index names, in its order; none without an index. */
	readonly choices: readonly SourceImage[];
}

const MOST_NAMED = 20;
/** Descriptors without a platform that are followed to see what they are for. */
const MOST_UNSTATED = 20;

/**
 * Follows a document to the image for a platform: the wanted one, or in an index the one for this machine, or else the first. Throws
 * `no-such-image`, naming the platforms of the index, `unsupported` for an image in a format that is not read, and `not-an-image` for
 * everything else.
 */
export async function chooseImage(
	top: RegistryDocument,
	wanted: Platform | undefined,
	source: DocumentSource,
): Promise<ChosenImage> {
	const choice: PlatformChoice = { platform: wanted, host: hostPlatform() };
	const listed: Descriptor[] = [];
	const select = (images: readonly Descriptor[]): readonly Descriptor[] => {
		listed.push(...images);
		return mayFit(images, choice);
	};
	const search = { top, source, choice, listed };
	const fitting = await firstImage({ ...search, select, accepts: (image) => isFor(image, choice) });
	if (fitting.image !== null) return fitting.image;
	const platforms = [...listed, ...fitting.rejected].flatMap(({ platform }) => platform ?? []);
	if (wanted !== undefined && platforms.length > 0) throw noSuchPlatform(platforms, wanted, source.label);
	const any = await firstImage({
		...search,
		select: (images) => images.slice(0, MOST_UNSTATED),
		accepts: () => true,
	});
	if (any.image !== null && wanted === undefined) return any.image;
	throw any.problem ?? notAnImage(source.label, 'it is an index without an image');
}

interface Search {
	readonly top: RegistryDocument;
	readonly source: DocumentSource;
	readonly choice: PlatformChoice;
	/** All that the indexes list. */
	readonly listed: readonly Descriptor[];
	readonly select: (images: readonly Descriptor[]) => readonly Descriptor[];
	readonly accepts: (image: ChosenImage) => boolean;
}

interface SearchResult {
	readonly image: ChosenImage | null;
	/** Images that were not accepted. */
	readonly rejected: readonly { readonly platform: Platform | null }[];
	/** What was found in place of an image. */
	readonly problem: FathomError | null;
}

async function firstImage({ top, source, choice, listed, select, accepts }: Search): Promise<SearchResult> {
	const { label, client } = source;
	const rejected: { readonly platform: Platform | null }[] = [];
	let problem: FathomError | null = null;
	const attestations = new Map<string, string>();
	const steps = walkIndex(
		{ bytes: top.bytes, name: `${label}: the manifest` },
		{
			read: async (digest) => (await fetchManifest(digest, source)).bytes,
			nameOf: () => `${label}: the manifest`,
			select,
			onAttestation: (image, attestation) => attestations.set(image, attestation),
			budget: new DocumentBudget(client.signal),
		},
	);
	for await (const step of steps) {
		if (step.kind !== 'image') {
			problem ??= notRead(step, label);
			continue;
		}
		const { manifest, path } = step;
		const stated = path.findLast((descriptor) => descriptor.platform !== null)?.platform ?? null;
		const { config, bytes } = await readConfig(manifest, source);
		if (manifestKind(manifest) === 'undecided' && !isImageByConfig(manifest, config, bytes)) {
			problem ??= isArtifact(describeArtifact(manifest), label);
			continue;
		}
		const manifestDigest = path.at(-1)?.digest ?? top.digest;
		const attestation = attestations.get(manifestDigest) ?? null;
		const chosen = { manifest, manifestDigest, config, platform: stated, attestation };
		const notice = noticeOf(chosen, { label, choice, listed });
		const choices = platformsOf(listed, manifestDigest, label);
		const image = { ...chosen, notices: notice === null ? [] : [notice], choices };
		const isAlone = path.length === 0 && choice.platform === undefined;
		if (isAlone || accepts(image)) return { image, rejected, problem };
		rejected.push({ platform: stated ?? config.platform });
	}
	return { image: null, rejected, problem };
}

/** The first one for the platform, or else those that name no platform, such as a nested index. */
function mayFit(images: readonly Descriptor[], choice: PlatformChoice): readonly Descriptor[] {
	const target = choice.platform ?? choice.host;
	const [fitting] = orderByPlatform(images, { ...choice, platform: target });
	return fitting ? [fitting] : images.filter(({ platform }) => platform === null).slice(0, MOST_UNSTATED);
}

function isFor({ platform, config }: ChosenImage, choice: PlatformChoice): boolean {
	const actual = platform ?? config.platform;
	return actual === null || platformMatches(choice.platform ?? choice.host, actual);
}

/** The others are those that could have been opened just as well: for the same platform, or all where there is none for this machine. */
function noticeOf(
	{ platform, config, manifestDigest }: Omit<ChosenImage, 'notices' | 'choices'>,
	{ label, choice, listed }: Pick<Search, 'choice' | 'listed'> & { readonly label: string },
): Notice | null {
	const candidate = (digest: string, of: Platform | null): Candidate => ({
		names: [label],
		manifestDigest: digest,
		configDigest: null,
		platform: of,
	});
	const chosen = candidate(manifestDigest, platform ?? config.platform);
	const target = choice.platform ?? choice.host;
	const isForTarget = chosen.platform === null || platformMatches(target, chosen.platform);
	const others = listed
		.filter(({ digest, platform: of }) => digest !== manifestDigest && of !== null)
		.filter(({ platform: of }) => !isForTarget || (of !== null && platformMatches(target, of)))
		.map(({ digest, platform: of }) => candidate(digest, of));
	return choiceNotice({ chosen, others, ...choice, howElse: '--platform or NAME@DIGEST picks another' });
}

/** The first image for each platform: `--platform` takes no other. */
function platformsOf(listed: readonly Descriptor[], opened: string, label: string): readonly SourceImage[] {
	const byPlatform = new Map<string, SourceImage>();
	for (const { digest, platform } of listed) {
		const key = platform === null ? null : formatPlatform(platform);
		if (key === null || byPlatform.has(key)) continue;
		byPlatform.set(key, {
			names: [label],
			manifestDigest: digest,
			configDigest: null,
			platform,
			storedBytes: null,
			created: null,
			isOpened: digest === opened,
		});
	}
	return [...byPlatform.values()];
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
