import { FathomError } from '../../errors.ts';
import { describeImage } from '../../image/describe.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import { DAMAGED_ARCHIVE } from '../../image/json.ts';
import { isForeignLayer, requireReadableLayers } from '../../image/layer-type.ts';
import type { ImageReference } from '../../image/reference.ts';
import type { Notice } from '../../warning.ts';
import { answersByKey } from '../contents/content-answers.ts';
import type { Access, ReadImage, ReadOptions, SourceInput } from '../image-source.ts';
import { assembleImage } from '../store/assemble-image.ts';
import { type FoundProvenance, readProvenance } from '../store/read-provenance.ts';
import { hasBlob } from './blob-chunks.ts';
import { chooseImage } from './choose-image.ts';
import { type DocumentSource, fetchAttestation, fetchManifest, type RegistryDocument } from './documents.ts';
import { readRegistryLayers } from './read-registry-layers.ts';
import type { RegistryClient } from './registry-client.ts';
import { RegistryFiles } from './registry-files.ts';
import { tocPointer } from './toc/toc-pointer.ts';

export interface RegistryImage {
	readonly input: SourceInput;
	/** The name in the registry that is asked. */
	readonly reference: ImageReference;
	/** How to get at that registry. */
	readonly access: Access;
	readonly source: DocumentSource;
	/** The manifest or index that the reference leads to. */
	readonly top: RegistryDocument;
	readonly names: readonly string[];
	readonly notices: readonly Notice[];
}

/** Picks the image for the platform and reads its layers: from the cache, from their tables of contents, or whole. Throws `FathomError`. */
export async function readRegistryImage(
	{ input, reference, access, source, top, names, notices: given }: RegistryImage,
	options: ReadOptions,
): Promise<ReadImage> {
	const { client, label } = source;
	try {
		const chosen = await chooseImage(top, input.platform, source);
		const { manifest, manifestDigest, config, platform } = chosen;
		const built = provenanceOf(chosen.attestation, source);
		// It is awaited behind the layers, which may fail before.
		built.catch(() => undefined);
		const notices = [...given, ...chosen.notices];
		requireReadableLayers(manifest.layers, label);
		const absent = await absentLayers(manifest.layers, client);
		const { description, warnings } = describeImage({
			names,
			manifestDigest,
			configDigest: manifest.config.digest,
			platform,
			annotations: manifest.annotations,
			config,
			layers: manifest.layers.map(({ digest, mediaType, size, urls }) => ({
				digest,
				mediaType,
				storedBytes: absent.has(digest) ? 0 : (size ?? 0),
				absent: absent.has(digest) ? { sizeBytes: size, urls } : null,
			})),
		});
		const { cache, workers, host } = input;
		const { layers } = manifest;
		await options.watcher?.onDescribed({ description, warnings, notices, choices: chosen.choices });
		const { changesets, byToc, scheme, keys } = await readRegistryLayers(
			{
				client,
				label,
				layers,
				description,
				cache,
				workers,
			},
			options,
		);
		const { provenance, notices: about } = await built;
		const image = assembleImage({
			reference: input.reference,
			sourceKind: 'registry',
			description,
			others: [],
			choices: chosen.choices,
			changesets,
			diffIdOf: ({ diffId }) => diffId,
			warnings,
			notices: [...notices, ...tocNotices(layers, byToc), ...about],
			provenance,
			content: null,
			identityScheme: scheme,
			answers: keys && answersByKey(keys),
			files: new RegistryFiles({ reference, access, host, label, layers, byToc }),
		});
		const closed = [...layers.keys()].filter((index) => byToc.has(layers[index].digest));
		return { ...image, closedLayers: new Set(closed) };
	} catch (error) {
		throw withRegistryHint(error);
	} finally {
		client.close();
	}
}

/** It is two small documents. */
export async function provenanceOf(
	attestation: string | null,
	source: DocumentSource,
): Promise<FoundProvenance> {
	if (attestation === null) return { provenance: null, notices: [] };
	return readProvenance({
		digest: attestation,
		manifest: async (digest) => (await fetchManifest(digest, source)).bytes,
		blob: async (digest) => (await fetchAttestation(digest, source)).bytes,
	});
}

/**
 * The blobs of foreign layers that the registry does not have. The other locations that a manifest names are never asked: they may lead
 * anywhere, and the content is not the registry's.
 */
async function absentLayers(
	layers: readonly Descriptor[],
	client: RegistryClient,
): Promise<ReadonlySet<string>> {
	const absent = new Set<string>();
	for (const [index, layer] of layers.entries()) {
		if (absent.has(layer.digest) || !isForeignLayer(layer)) continue;
		const isThere = await hasBlob(client, layer, `layer ${index + 1}`);
		if (!isThere) absent.add(layer.digest);
	}
	return absent;
}

/** A document that makes no sense did not come from an archive here. */
function withRegistryHint(error: unknown): unknown {
	if (!(error instanceof FathomError) || error.hint !== DAMAGED_ARCHIVE) return error;
	const { code, message, cause } = error;
	const hint =
		'Check that the host is a registry, and that no proxy changes what it sends; else push the image again.';
	return new FathomError({ code, message, hint, cause });
}

/** Names the layers of which only the table of contents was read, and says what that means for the figures. */
function tocNotices(layers: readonly Descriptor[], byToc: ReadonlySet<string>): readonly Notice[] {
	const numbers = layers.flatMap(({ digest }, index) => (byToc.has(digest) ? [index + 1] : []));
	if (numbers.length === 0) return [];
	const isGuessed = layers.some((layer) => byToc.has(layer.digest) && !isUnpackedSizeKnown(layer));
	const sizes = isGuessed ? ' Unpacked sizes computed from them leave out some headers.' : '';
	return [
		{
			code: 'contents-by-toc',
			message: `Only the tables of contents of ${nameLayers(numbers, layers.length)} were fetched; contents are compared by the digests in them.${sizes}`,
		},
	];
}

function isUnpackedSizeKnown(layer: Descriptor): boolean {
	const toc = tocPointer(layer);
	return toc?.format === 'zstd-chunked' ? toc.headers !== null : toc?.unpackedBytes !== null;
}

const MOST_LISTED = 10;

/** `all layers`, `layer 2`, `layers 1, 2 and 3`. */
function nameLayers(numbers: readonly number[], layerCount: number): string {
	if (numbers.length === layerCount) return layerCount === 1 ? 'the layer' : 'all layers';
	if (numbers.length === 1) return `layer ${numbers[0]}`;
	const shown = numbers.slice(0, MOST_LISTED).map(String);
	const last = numbers.length > MOST_LISTED ? `${numbers.length - MOST_LISTED} more` : shown.pop();
	return `layers ${shown.join(', ')} and ${last}`;
}
