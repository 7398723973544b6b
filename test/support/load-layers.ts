import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImageSession } from '../../source/session/image-session.ts';
import { type LoadOptions, loadImage } from './load-image.ts';
import type { TarEntry } from './tar-entry.ts';
import { writeFiles } from './temporary-folder.ts';
import {
	docker25Archive,
	dockerArchive,
	type LayerCompression,
	layoutFiles,
	ociArchive,
	podmanArchive,
} from './write-archive.ts';

type Layers = readonly (readonly TarEntry[])[];

/** Each way in which the program can come by the same layers. */
export const waysOfReading = {
	'docker archive': (layers: Layers) => fromFile(dockerArchive([{ layers }])),
	'docker archive with gzip layers': (layers: Layers) => fromFile(dockerArchive([{ layers }], 'gzip')),
	'docker 25 archive': (layers: Layers) => fromFile(docker25Archive([{ layers }])),
	'podman archive': (layers: Layers) => fromFile(podmanArchive([{ layers }])),
	'OCI archive with zstd layers': (layers: Layers) => fromFile(ociArchive([{ layers }], 'zstd')),
	'OCI layout folder': (layers: Layers) => fromFolder(layers, 'plain'),
	'OCI layout folder with gzip layers': (layers: Layers) => fromFolder(layers, 'gzip'),
	'docker archive as a stream': (layers: Layers) => fromStream(dockerArchive([{ layers }])),
	'podman archive as a stream': (layers: Layers) => fromStream(podmanArchive([{ layers }])),
	'OCI archive with gzip layers as a stream': (layers: Layers) =>
		fromStream(ociArchive([{ layers }], 'gzip')),
} as const;

/** Loads an image of these layers from a `docker save` archive on disk. */
export function loadLayers(layers: Layers): Promise<ImageSession> {
	return waysOfReading['docker archive'](layers);
}

/** Loads an archive that is a file on disk. */
export function fromFile(archive: Uint8Array, options: LoadOptions = {}): Promise<ImageSession> {
	return inFolder(async (folder) => {
		const path = join(folder, 'image.tar');
		await writeFile(path, archive);
		return loadImage(path, options);
	});
}

function fromFolder(layers: Layers, compression: LayerCompression): Promise<ImageSession> {
	return inFolder(async (folder) => {
		await writeFiles(folder, layoutFiles([{ layers }], compression));
		return loadImage(folder, {});
	});
}

/** Loads an archive that comes as a stream, in pieces that fit to nothing. */
export function fromStream(archive: Uint8Array, options: LoadOptions = {}): Promise<ImageSession> {
	const pieces: Uint8Array[] = [];
	for (let start = 0; start < archive.length; start += 997) pieces.push(archive.slice(start, start + 997));
	return loadImage('-', { ...options, stdin: Readable.from(pieces, { objectMode: false }) });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
