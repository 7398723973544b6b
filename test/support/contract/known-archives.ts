import type { SourceKind } from '../../../source/sources/image-source.ts';
import {
	docker25Archive,
	dockerArchive,
	type LayerCompression,
	layoutFiles,
	ociArchive,
	podmanArchive,
	sha256,
} from '../archives/write-archive.ts';
import { knownImage } from './known-image.ts';
import type { StoredLayer } from './subject.ts';

/** The known image in an archive. */
export interface KnownArchive {
	readonly sourceKind: SourceKind;
	readonly compression: LayerCompression;
	readonly bytes: Buffer;
	/** Lowest first. */
	readonly layers: readonly StoredLayer[];
	/** The blob of the top layer, and where it starts in the archive. */
	readonly top: { readonly blob: Uint8Array; readonly start: number };
}

/** As each program writes it, with layers that are packed in each way. */
export const knownArchives: Readonly<Record<string, KnownArchive>> = {
	...Object.fromEntries(
		(['plain', 'gzip', 'zstd'] as const).flatMap((compression) => [
			[`docker save up to 24, with ${compression} layers`, knownArchive(dockerArchive, compression)],
			[`docker save from 25 on, with ${compression} layers`, knownArchive(docker25Archive, compression)],
			[`an OCI layout in a tar, with ${compression} layers`, knownArchive(ociArchive, compression)],
		]),
	),
	'podman save': knownArchive(podmanArchive, 'plain'),
};

function knownArchive(
	write: typeof dockerArchive | typeof podmanArchive,
	compression: LayerCompression,
): KnownArchive {
	const bytes = Buffer.from(write([knownImage.image], compression));
	const blob = knownBlobs(compression)[4];
	const layers = knownLayers(compression);
	return {
		sourceKind: write === ociArchive ? 'oci-archive' : 'docker-archive',
		compression,
		bytes,
		// The layers of the others are not called by their digests.
		layers:
			write === ociArchive || write === docker25Archive
				? layers
				: layers.map((layer) => ({ ...layer, digest: null, mediaType: null })),
		top: { blob, start: bytes.indexOf(blob) },
	};
}

/** The archive with the content of its top layer overwritten. */
export function withDamagedTop({ bytes, top, compression }: KnownArchive): Buffer {
	return Buffer.concat([
		bytes.subarray(0, top.start),
		damaged(top.blob, compression),
		bytes.subarray(top.start + top.blob.length),
	]);
}

/** The archive as it is when it was cut in the middle of its top layer. */
export function cut({ bytes, top }: KnownArchive): Buffer {
	return bytes.subarray(0, top.start + Math.floor(top.blob.length / 2));
}

/** The layers of the known image as blobs, lowest first. */
function knownBlobs(compression: LayerCompression): readonly Uint8Array[] {
	const files = layoutFiles([knownImage.image], compression);
	return layersIn(files).map(({ digest }) => blobOf(files, digest));
}

/** What a layout says of its layers. */
export function knownLayers(compression: LayerCompression): readonly StoredLayer[] {
	return layersIn(layoutFiles([knownImage.image], compression)).map(({ digest, mediaType, size }) => ({
		...{ digest, mediaType },
		storedBytes: size,
	}));
}

/** The digest of the known image's config. */
export function knownConfigDigest(): string {
	return manifestIn(layoutFiles([knownImage.image])).config.digest;
}

/** The digest of the known image's manifest. */
export function knownManifestDigest(compression: LayerCompression): string {
	const files = layoutFiles([knownImage.image], compression);
	return sha256(Buffer.from(JSON.stringify(manifestIn(files))));
}

/** Where a blob is in a layout. */
export function blobPath(digest: string): string {
	return `blobs/${digest.replace(':', '/')}`;
}

/** The blob as it is when something of it was overwritten. */
export function damaged(blob: Uint8Array, compression: LayerCompression): Uint8Array {
	const bytes = Buffer.from(blob);
	// What is not packed has no checksum but that of its headers.
	return compression === 'plain' ? bytes.fill('x', 0, 100) : bytes.fill(0xff, 20, bytes.length - 10);
}

interface Manifest {
	readonly config: { readonly digest: string };
	readonly layers: readonly { readonly digest: string; readonly mediaType: string; readonly size: number }[];
}

type Files = ReturnType<typeof layoutFiles>;

function layersIn(files: Files): Manifest['layers'] {
	return manifestIn(files).layers;
}

function manifestIn(files: Files): Manifest {
	const { manifests } = parsed(files.get('index.json'));
	return parsed(blobOf(files, manifests[0].digest));
}

function blobOf(files: Files, digest: string): Uint8Array {
	return files.get(blobPath(digest)) ?? new Uint8Array();
}

function parsed(bytes: Uint8Array | undefined) {
	return JSON.parse(Buffer.from(bytes ?? []).toString());
}
