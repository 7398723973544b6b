import type { ImageConfig } from './config.ts';
import type { OciManifest } from './manifest.ts';
import type { Named } from './match-name.ts';

/** What a registry or a layout holds besides images (OCI image specification, manifest.md, "Guidelines for Artifact Usage"). */
export interface Artifact extends Named {
	/** The media type that says what it is: the artifact type, else the type of the config or of the first layer; null when none is stated. */
	readonly type: string | null;
	/** With its article: `a Helm chart`, or `an artifact` for an unknown type. */
	readonly what: string;
	/** What to do instead of opening it. */
	readonly hint: string;
}

type Manifest = Pick<OciManifest, 'artifactType' | 'config' | 'layers'>;

/**
 * Whether a manifest is that of an image with a file system. Types that are known decide. Where the type of the config is unknown and a layer
 * is a tar, or where all layers are tars of no particular kind, the config itself decides (`isImageByConfig`), because some builders write
 * types of their own, or wrong ones.
 */
export function manifestKind({ artifactType, config, layers }: Manifest): 'image' | 'artifact' | 'undecided' {
	const hasTar = layers.some(({ mediaType }) => mediaType !== null && tarType.test(mediaType));
	if (config.mediaType === null || imageConfigTypes.includes(config.mediaType)) {
		if (hasTar || layers.length === 0) return 'image';
		const onlyDocuments = layers.every(({ mediaType }) => documentType.test(mediaType ?? ''));
		return onlyDocuments || artifactType !== null ? 'artifact' : 'image';
	}
	if (config.mediaType === EMPTY_TYPE) return 'artifact';
	if (layers.length > 0 && layers.every(isPlainTar)) return 'undecided';
	if (kindOf(config.mediaType) !== null) return 'artifact';
	return hasTar ? 'undecided' : 'artifact';
}

/**
 * Whether a manifest that is undecided is that of an image, by its config: one that describes layers or a platform, as that of an image does; or
 * one that says nothing, where nothing in the layers speaks against it.
 */
export function isImageByConfig(
	{ layers }: Pick<OciManifest, 'layers'>,
	{ diffIds, history, platform }: ImageConfig,
	configBytes: Uint8Array,
): boolean {
	if (diffIds.length > 0 || history.length > 0 || platform !== null) return true;
	const saysNothing = /^\s*\{\s*\}\s*$/.test(Buffer.from(configBytes.subarray(0, 64)).toString('latin1'));
	return saysNothing && layers.every(isPlainTar);
}

function isPlainTar({ mediaType }: { readonly mediaType: string | null }): boolean {
	return mediaType !== null && /^application\/(?:x-)?tar(?:[.+][a-z]+)?$/.test(mediaType);
}

/** Names what a manifest of anything but an image is of. */
export function describeArtifact({ artifactType, config, layers }: Manifest): Omit<Artifact, keyof Named> {
	const isImageConfig = imageConfigTypes.includes(config.mediaType ?? '');
	const configType = isImageConfig || config.mediaType === EMPTY_TYPE ? null : config.mediaType;
	const stated = [artifactType, configType, layers[0]?.mediaType ?? null].filter((type) => type !== null);
	const known = stated.find((type) => kindOf(type) !== null);
	return artifactOfType(known ?? stated[0] ?? null);
}

/** What a media type says that something is. */
export function artifactOfType(type: string | null): Omit<Artifact, keyof Named> {
	const { what, hint } = (type === null ? null : kindOf(type)) ?? unknownKind;
	return { type, what, hint };
}

/** The config of an artifact that has none (OCI image specification, manifest.md, "Guidance for an Empty Descriptor"). */
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';

/** What is cached of a build, as an index of layers or as a manifest (BuildKit, cache/remotecache). */
export const BUILD_CACHE_TYPE = 'application/vnd.buildkit.cacheconfig.v0';

const tarType = /(?:^|[./+-])g?tar(?:[.+-]|$)/;
const documentType = /[/+](?:json|ya?ml)$/;
const imageConfigTypes: readonly string[] = [
	'application/vnd.oci.image.config.v1+json',
	'application/vnd.docker.container.image.v1+json',
];

interface ArtifactKind {
	readonly what: string;
	readonly hint: string;
}

function kindOf(type: string): ArtifactKind | null {
	return artifactKinds.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

const unknownKind: ArtifactKind = {
	what: 'an artifact',
	hint: 'fathom reads images. Fetch an artifact with the tool that made it, or with: oras pull',
};
const openTheImage = 'Open the image that it belongs to.';

/** By media type. The first pattern that fits counts. */
const artifactKinds: readonly (readonly [RegExp, ArtifactKind])[] = [
	[
		/\bvnd\.cncf\.helm\./,
		{ what: 'a Helm chart', hint: 'Fetch it with helm pull, and open the images that it installs.' },
	],
	[
		/\.simplesigning\.|\.cosign\.artifact\.sig\.|\bnotary\.signature\b|\bvnd\.cncf\.notary\./,
		{ what: 'a signature', hint: 'Open the image that it signs.' },
	],
	[/\bvnd\.dev\.sigstore\.bundle\b/, { what: 'a Sigstore bundle', hint: openTheImage }],
	[
		/\bspdx\b|\bcyclonedx\b|\bsyft\b|\.cosign\.artifact\.sbom\./,
		{ what: 'an SBOM', hint: 'Open the image that it describes.' },
	],
	[
		/\bvnd\.in-toto\b|\bvnd\.dsse\b|\bslsa\b/,
		{ what: 'an attestation', hint: 'Open the image that it describes.' },
	],
	[
		/\bwasm\b|\bvnd\.wasm\./,
		{ what: 'a WebAssembly module', hint: 'Fetch it with oras pull or wkg; it has no file system.' },
	],
	[
		/\bvnd\.docker\.plugin\./,
		{ what: 'a Docker plugin', hint: 'Install it with docker plugin install; it is no image.' },
	],
	[
		/\bvnd\.buildkit\.cacheconfig\b/,
		{ what: 'a build cache of BuildKit', hint: 'Open the image that was built with it.' },
	],
	[/\bvnd\.cncf\.flux\.|\bfluxcd\b/, { what: 'a Flux artifact', hint: 'Fetch it with: flux pull artifact' }],
	[/\btekton\b/, { what: 'a Tekton bundle', hint: 'List what it holds with: tkn bundle list' }],
	[
		/\bsylabs\b|\bsif\b/,
		{ what: 'a Singularity image (SIF)', hint: 'Open the image that it was built from.' },
	],
	[
		/\bdevcontainers?\b/,
		{ what: 'a dev container feature or template', hint: 'Fetch it with the devcontainer program.' },
	],
	[
		/\bopenpolicyagent\b|\bkyverno\b|\bvnd\.cncf\.kubewarden\b|\bgatekeeper\b/,
		{ what: 'a bundle of policies', hint: 'Fetch it with the policy engine, or with: oras pull' },
	],
	[/\baquasec\.trivy\b/, { what: 'a database of Trivy', hint: 'trivy fetches it itself; it is no image.' }],
	[
		/\bollama\b|\bdocker\.ai\b|\bkitops\b|\bvnd\.cncf\.model\b/,
		{ what: 'a machine-learning model', hint: 'Fetch it with the tool that runs it, or with: oras pull' },
	],
	[/\bcirruslabs\.tart\b/, { what: 'a virtual machine of Tart', hint: 'Fetch it with: tart pull' }],
	[/\bamazon\.soci\b/, { what: 'a SOCI index', hint: openTheImage }],
	[/\bcnab\b/, { what: 'a CNAB bundle', hint: 'Open the images that it installs.' }],
	[/\bdocker\.compose\b/, { what: 'a Compose project', hint: 'Open the images of its services.' }],
	[
		/\bopentofu\b|\bterraform\b|\bbicep\b/,
		{ what: 'an infrastructure module', hint: 'Fetch it with the tool that uses it, or with: oras pull' },
	],
	[/\bartifacthub\b/, { what: 'metadata of Artifact Hub', hint: 'It belongs to a repository of packages.' }],
	[/\bfalco\b/, { what: 'rules or a plugin of Falco', hint: 'Fetch it with: falcoctl artifact pull' }],
];
