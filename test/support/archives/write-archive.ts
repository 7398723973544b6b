import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { rawEntry, rawTar } from './raw-tar.ts';
import { directory, file, symlink, type TarEntry } from './tar-entry.ts';

/** An image as a test describes it. */
export interface TestImage {
	readonly names?: readonly string[];
	readonly os?: string;
	readonly architecture?: string;
	readonly variant?: string;
	/** Lowest first: entries, or a whole uncompressed tar. */
	readonly layers: readonly (readonly TarEntry[] | Uint8Array)[];
	/** Goes over the config that would be written. */
	readonly config?: Readonly<Record<string, unknown>>;
}

export type LayerCompression = 'plain' | 'gzip' | 'zstd';

/** What a `docker save` up to Docker 24 writes: a folder a layer. */
export function dockerArchive(
	images: readonly TestImage[],
	compression: LayerCompression = 'plain',
): Uint8Array {
	const files = new Map<string, Uint8Array>();
	const manifest = images.map((image) => {
		const { config, layers } = blobsOf(image, compression);
		files.set(`${hexOf(config)}.json`, config);
		const paths = layers.map((layer) => `${hexOf(layer)}/layer.tar`);
		layers.forEach((layer, index) => {
			files.set(paths[index], layer);
		});
		return { Config: `${hexOf(config)}.json`, RepoTags: image.names ?? null, Layers: paths };
	});
	files.set('manifest.json', json(manifest));
	return archiveOf(files);
}

/** What `docker save` writes from Docker 25 on: a layout with a manifest.json. */
export function docker25Archive(
	images: readonly TestImage[],
	compression: LayerCompression = 'plain',
): Uint8Array {
	const files = new Map(layoutFiles(images, compression));
	const manifest = images.map((image) => {
		const { config, layers } = blobsOf(image, compression);
		return { Config: blobPath(config), RepoTags: image.names ?? null, Layers: layers.map(blobPath) };
	});
	files.set('manifest.json', json(manifest));
	return archiveOf(files);
}

/** What `podman save` writes: layers beside the config, and in a folder each a symlink to its layer. */
export function podmanArchive(images: readonly TestImage[]): Uint8Array {
	const entries: TarEntry[] = [];
	const manifest = images.map((image) => {
		const { config, layers } = blobsOf(image, 'plain');
		for (const layer of layers) {
			entries.push(file(`${hexOf(layer)}.tar`, layer));
			entries.push(symlink(`${hexOf(config)}/${hexOf(layer)}/layer.tar`, `../../${hexOf(layer)}.tar`));
		}
		entries.push(file(`${hexOf(config)}.json`, config));
		return {
			Config: `${hexOf(config)}.json`,
			RepoTags: image.names ?? null,
			Layers: layers.map((layer) => `${hexOf(config)}/${hexOf(layer)}/layer.tar`),
		};
	});
	return layerTar([...entries, file('manifest.json', json(manifest))]);
}

/** A tar of an OCI image layout. */
export function ociArchive(
	images: readonly TestImage[],
	compression: LayerCompression = 'plain',
): Uint8Array {
	return archiveOf(layoutFiles(images, compression));
}

/** The files of an OCI image layout by path (OCI image specification, image-layout.md). */
export function layoutFiles(
	images: readonly TestImage[],
	compression: LayerCompression = 'plain',
): ReadonlyMap<string, Uint8Array> {
	const files = new Map<string, Uint8Array>();
	const manifests = images.map((image) => {
		const { config, layers } = blobsOf(image, compression);
		const manifest = json({
			schemaVersion: 2,
			mediaType: 'application/vnd.oci.image.manifest.v1+json',
			config: descriptor('application/vnd.oci.image.config.v1+json', config),
			layers: layers.map((layer) => descriptor(layerTypes[compression], layer)),
		});
		for (const blob of [...layers, config, manifest]) files.set(blobPath(blob), blob);
		const [name] = image.names ?? [];
		return {
			...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
			platform: platformOf(image),
			...(name === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': name } }),
		};
	});
	files.set('index.json', json({ schemaVersion: 2, manifests }));
	files.set('oci-layout', json({ imageLayoutVersion: '1.0.0' }));
	return files;
}

/** The uncompressed tar of a layer. */
export function layerTar(entries: readonly TarEntry[]): Uint8Array {
	return rawTar(entries.map((entry) => rawEntry(entry)));
}

export function json(value: unknown): Uint8Array {
	return Buffer.from(JSON.stringify(value));
}

export function sha256(bytes: Uint8Array): string {
	return `sha256:${hexOf(bytes)}`;
}

const layerTypes: Readonly<Record<LayerCompression, string>> = {
	plain: 'application/vnd.oci.image.layer.v1.tar',
	gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
	zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

function blobsOf(image: TestImage, compression: LayerCompression) {
	const tars = image.layers.map((layer) => (layer instanceof Uint8Array ? layer : layerTar(layer)));
	const config = json({
		...platformOf(image),
		rootfs: { type: 'layers', diff_ids: tars.map(sha256) },
		history: tars.map((_, index) => ({ created_by: `step ${index + 1}` })),
		...image.config,
	});
	return { config, layers: tars.map((tar) => compress(tar, compression)) };
}

function compress(tar: Uint8Array, compression: LayerCompression): Uint8Array {
	if (compression === 'plain') return tar;
	return compression === 'gzip' ? gzipSync(tar, { level: 1 }) : zstdCompressSync(tar);
}

function platformOf({ os = 'linux', architecture = 'amd64', variant }: TestImage) {
	return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

function descriptor(mediaType: string, blob: Uint8Array) {
	return { mediaType, digest: sha256(blob), size: blob.length };
}

function blobPath(blob: Uint8Array): string {
	return `blobs/sha256/${hexOf(blob)}`;
}

function hexOf(blob: Uint8Array): string {
	return createHash('sha256').update(blob).digest('hex');
}

/** The files and their folders, as engines list them. */
function archiveOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
	const folders = new Set<string>();
	for (const path of files.keys()) {
		const parts = path.split('/').slice(0, -1);
		parts.forEach((_, index) => {
			folders.add(parts.slice(0, index + 1).join('/'));
		});
	}
	return layerTar([
		...[...folders].map((path) => directory(`${path}/`)),
		...[...files].map(([path, bytes]) => file(path, bytes)),
	]);
}
