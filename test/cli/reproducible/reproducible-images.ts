import { gzipSync } from 'node:zlib';
import { type Attributes, directory, file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { json, layerTar, sha256 } from '../../support/archives/write-archive.ts';

/** What a build may come out with. What is not given is as in every other build. */
export interface Build {
	readonly name?: string;
	readonly created?: string;
	/** The entries of the upper layer, or its whole tar. */
	readonly top?: readonly TarEntry[] | Uint8Array;
	/** Makes the blob of the upper layer. */
	readonly pack?: (tar: Uint8Array) => Uint8Array;
	readonly annotations?: Readonly<Record<string, string>>;
	/** Goes over the config that would be written. */
	readonly config?: Readonly<Record<string, unknown>>;
	/** Layers above the upper one. */
	readonly more?: readonly (readonly TarEntry[])[];
}

const base = [directory('bin/'), file('bin/sh', '#!', { mode: 0o755 })];
const program = `${'machine code '.repeat(300)}/build/one/main.c`;

/** The entries of the upper layer, with other attributes or content for its program. */
export function app(attributes: Attributes = {}, content = program): readonly TarEntry[] {
	return [
		directory('app/'),
		file('app/config', 'port=80\n'),
		file('app/main', content, { mode: 0o755, ...attributes }),
		file('app/readme', 'read me\n'),
		file('app/version', '1\n'),
	];
}

/** As gzip writes it: from Unix, with the time where it is not 0. */
export function packWithTime(mtime: number): (tar: Uint8Array) => Uint8Array {
	return (tar) => {
		const packed = Buffer.from(gzipSync(tar));
		packed.writeUInt32LE(mtime, 4);
		packed[9] = 3;
		return packed;
	};
}

/** An archive of an OCI image layout with one build. */
export function builtArchive({
	name = 'app:1',
	created = '2023-11-14T22:13:20Z',
	...build
}: Build = {}): Uint8Array {
	const { top = app(), pack = packWithTime(0), annotations, more = [] } = build;
	const tars = [layerTar(base), top instanceof Uint8Array ? top : layerTar(top), ...more.map(layerTar)];
	const blobs = tars.map((tar, index) => (index === 1 ? pack(tar) : packWithTime(0)(tar)));
	const config = json({
		os: 'linux',
		architecture: 'amd64',
		created,
		config: { Env: ['PATH=/bin'], Cmd: ['/app/main'] },
		rootfs: { type: 'layers', diff_ids: tars.map(sha256) },
		history: tars.map((_, index) => ({ created, created_by: `RUN step ${index + 1}` })),
		...build.config,
	});
	const manifest = json({
		schemaVersion: 2,
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		config: descriptor('application/vnd.oci.image.config.v1+json', config),
		layers: blobs.map((blob) => descriptor(typeOf(blob), blob)),
		...(annotations && { annotations }),
	});
	const index = json({
		schemaVersion: 2,
		manifests: [
			{
				...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
				annotations: { 'org.opencontainers.image.ref.name': name },
			},
		],
	});
	return layerTar([
		file('oci-layout', json({ imageLayoutVersion: '1.0.0' })),
		file('index.json', index),
		...[...blobs, config, manifest].map((blob) => file(`blobs/${sha256(blob).replace(':', '/')}`, blob)),
	]);
}

function descriptor(mediaType: string, blob: Uint8Array) {
	return { mediaType, digest: sha256(blob), size: blob.length };
}

function typeOf(blob: Uint8Array): string {
	const type = 'application/vnd.oci.image.layer.v1.tar';
	return blob[0] === 0x1f ? `${type}+gzip` : blob[0] === 0x28 ? `${type}+zstd` : type;
}
