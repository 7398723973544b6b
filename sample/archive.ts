import { createHash } from 'node:crypto';
import { json } from './contents.ts';
import { packTar, type SampleEntry, withParents } from './tar.ts';

/** A step of the build: one that made a layer has entries. */
export interface BuildStep {
	readonly instruction: string;
	readonly comment?: string;
	readonly entries?: readonly SampleEntry[];
}

export interface SampleImage {
	readonly name: string;
	readonly tag: string;
	/** When the first step ran, seconds since 1970; each further step ran a minute later. */
	readonly startedAt: number;
	/** The `config` object of the image's config. */
	readonly config: object;
	readonly steps: readonly BuildStep[];
}

interface Blob {
	readonly digest: string;
	readonly content: Buffer;
}

/** The image as `docker save` of Docker Engine 25 and later writes it: an OCI layout with a manifest.json beside it. */
export async function packImage(image: SampleImage): Promise<Buffer> {
	const layers = await packLayers(image);
	const config = blobOf(configOf(image, layers));
	const manifest = blobOf(manifestOf(config, layers));
	const index = {
		schemaVersion: 2,
		mediaType: 'application/vnd.oci.image.index.v1+json',
		manifests: [
			{
				...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
				annotations: { 'org.opencontainers.image.ref.name': image.tag },
			},
		],
	};
	const docker = [
		{
			Config: blobPath(config),
			RepoTags: [`${image.name}:${image.tag}`],
			Layers: layers.map(blobPath),
		},
	];
	return packTar(
		[
			{ type: 'directory', path: 'blobs' },
			{ type: 'directory', path: 'blobs/sha256' },
			...[...layers, config, manifest].map(
				(blob): SampleEntry => ({ type: 'file', path: blobPath(blob), content: blob.content }),
			),
			{ type: 'file', path: 'index.json', content: JSON.stringify(index) },
			{ type: 'file', path: 'manifest.json', content: JSON.stringify(docker) },
			{ type: 'file', path: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
		],
		image.startedAt,
	);
}

async function packLayers({ steps, startedAt }: SampleImage): Promise<readonly Blob[]> {
	const layers: Blob[] = [];
	for (const [index, { entries }] of steps.entries()) {
		if (entries) layers.push(blobOf(await packTar(withParents(entries), startedAt + 60 * index)));
	}
	return layers;
}

function configOf({ config, steps, startedAt }: SampleImage, layers: readonly Blob[]): string {
	const time = (index: number) => new Date((startedAt + 60 * index) * 1000).toISOString();
	return json({
		architecture: 'amd64',
		os: 'linux',
		created: time(steps.length - 1),
		config,
		rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
		history: steps.map(({ instruction, comment, entries }, index) => ({
			created: time(index),
			created_by: instruction,
			...(comment && { comment }),
			...(entries ? {} : { empty_layer: true }),
		})),
	});
}

function manifestOf(config: Blob, layers: readonly Blob[]): string {
	return JSON.stringify({
		schemaVersion: 2,
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		config: descriptor('application/vnd.oci.image.config.v1+json', config),
		layers: layers.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar', layer)),
	});
}

function descriptor(mediaType: string, { digest, content }: Blob) {
	return { mediaType, digest, size: content.length };
}

function blobPath({ digest }: Blob): string {
	return `blobs/${digest.replace(':', '/')}`;
}

function blobOf(content: string | Buffer): Blob {
	const bytes = Buffer.from(content);
	return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, content: bytes };
}
