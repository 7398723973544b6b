import { createHash } from 'node:crypto';
import { directory, file, whiteout } from '../../../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	layerTar,
	layoutFiles,
	type TestImage,
} from '../../../support/archives/write-archive.ts';

/** An image in a fake engine. */
export interface EngineContent {
	readonly name: string;
	/** The response of the inspect call. */
	readonly inspect: Readonly<Record<string, unknown>>;
	/** The archive that the engine exports. */
	readonly archive: Uint8Array;
}

const large = Buffer.alloc(100_000, 'large ');

export const engineImage: TestImage = {
	names: ['app:1'],
	layers: [
		[directory('etc/'), file('etc/motd', 'hello'), file('large', large), file('old', 'x'.repeat(5000))],
		[file('etc/motd', 'hullo'), file('large', large), whiteout('old')],
	],
};

export const diffIds = engineImage.layers.map((layer) =>
	digestOf(layerTar(layer as Parameters<typeof layerTar>[0])),
);

/** The image in Docker's own store: its ID is the digest of the config. */
export function classicImage(archive: Uint8Array = dockerArchive([engineImage])): EngineContent {
	const id = digestOf(configOf());
	return { name: 'app:1', archive, inspect: { ...common, Id: id } };
}

/** The image in containerd's store: its ID is the digest of the manifest, and layers are compressed. */
export function containerdImage(): EngineContent {
	const files = layoutFiles([engineImage], 'gzip');
	const index = JSON.parse(Buffer.from(files.get('index.json') ?? '').toString());
	return {
		name: 'app:1',
		archive: docker25Archive([engineImage], 'gzip'),
		inspect: { ...common, Id: index.manifests[0].digest },
	};
}

const common = {
	RepoTags: ['app:1', 'app:latest'],
	Os: 'linux',
	Architecture: 'amd64',
	RootFS: { Type: 'layers', Layers: diffIds },
};

function configOf(): Uint8Array {
	const files = layoutFiles([engineImage]);
	const index = JSON.parse(Buffer.from(files.get('index.json') ?? '').toString());
	const path = (digest: string) => `blobs/${digest.replace(':', '/')}`;
	const manifest = JSON.parse(Buffer.from(files.get(path(index.manifests[0].digest)) ?? '').toString());
	return files.get(path(manifest.config.digest)) ?? new Uint8Array();
}

export function digestOf(bytes: Uint8Array): string {
	return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
