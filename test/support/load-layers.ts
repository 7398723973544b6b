import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImageSession } from '../../source/session/image-session.ts';
import type { TarEntry } from './archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	type LayerCompression,
	layoutFiles,
	ociArchive,
	podmanArchive,
} from './archives/write-archive.ts';
import { type LoadOptions, loadImage } from './load-image.ts';
import { writeFiles } from './temporary-folder.ts';

type Layers = readonly (readonly TarEntry[])[];

/** What is done while the files of an image can still be read. */
type Use = (session: ImageSession) => Promise<void>;

/** Each way in which the program can come by the same layers. */
export const waysOfReading = {
	'docker archive': (layers: Layers, use?: Use) => fromFile(dockerArchive([{ layers }]), {}, use),
	'docker archive with gzip layers': (layers: Layers, use?: Use) =>
		fromFile(dockerArchive([{ layers }], 'gzip'), {}, use),
	'docker 25 archive': (layers: Layers, use?: Use) => fromFile(docker25Archive([{ layers }]), {}, use),
	'podman archive': (layers: Layers, use?: Use) => fromFile(podmanArchive([{ layers }]), {}, use),
	'OCI archive with zstd layers': (layers: Layers, use?: Use) =>
		fromFile(ociArchive([{ layers }], 'zstd'), {}, use),
	'OCI layout folder': (layers: Layers, use?: Use) => fromFolder(layers, 'plain', use),
	'OCI layout folder with gzip layers': (layers: Layers, use?: Use) => fromFolder(layers, 'gzip', use),
	'docker archive as a stream': (layers: Layers, use?: Use) =>
		fromStream(dockerArchive([{ layers }]), {}, use),
	'podman archive as a stream': (layers: Layers, use?: Use) =>
		fromStream(podmanArchive([{ layers }]), {}, use),
	'OCI archive with gzip layers as a stream': (layers: Layers, use?: Use) =>
		fromStream(ociArchive([{ layers }], 'gzip'), {}, use),
} as const;

/** Loads an image of these layers from a `docker save` archive on disk. */
export function loadLayers(layers: Layers, use?: Use): Promise<ImageSession> {
	return waysOfReading['docker archive'](layers, use);
}

/** Loads an archive that is a file on disk. */
export function fromFile(archive: Uint8Array, options: LoadOptions = {}, use?: Use): Promise<ImageSession> {
	return inFolder(async (folder) => {
		const path = join(folder, 'image.tar');
		await writeFile(path, archive);
		return used(await loadImage(path, options), use);
	});
}

function fromFolder(layers: Layers, compression: LayerCompression, use?: Use): Promise<ImageSession> {
	return inFolder(async (folder) => {
		await writeFiles(folder, layoutFiles([{ layers }], compression));
		return used(await loadImage(folder, {}), use);
	});
}

/** Loads an archive that comes as a stream, in pieces that fit to nothing. */
export async function fromStream(
	archive: Uint8Array,
	options: LoadOptions = {},
	use?: Use,
): Promise<ImageSession> {
	const pieces: Uint8Array[] = [];
	for (let start = 0; start < archive.length; start += 997) pieces.push(archive.slice(start, start + 997));
	const stdin = Readable.from(pieces, { objectMode: false });
	return used(await loadImage('-', { ...options, stdin }), use);
}

async function used(session: ImageSession, use?: Use): Promise<ImageSession> {
	await use?.(session);
	return session;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
