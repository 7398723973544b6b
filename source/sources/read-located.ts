import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ArchiveIndex } from './archive-index.ts';
import {
	assembleImage,
	describeSnapshot,
	notAnImage,
	type PickedImage,
	pickImage,
	snapshotNotice,
} from './assemble-image.ts';
import { Breather } from './breathe.ts';
import type { OpenOptions, ReadImage, SourceKind } from './image-source.ts';
import { withRange } from './located-blobs.ts';
import { archiveStore, folderStore, type LocatedStore } from './located-store.ts';
import { digestOf, readLayers } from './read-layers.ts';
import { locateFault, scanByPosition } from './scan-layer.ts';
import { layersToVerify } from './verified-layers.ts';

/** Reads an uncompressed archive on disk by position. */
export async function readArchive(path: string, bytes: number, options: OpenOptions): Promise<ReadImage> {
	const label = basename(path);
	const location = { path, start: 0, bytes };
	const breather = new Breather(options.signal);
	const outer = await withRange(location, (range) => scanByPosition(range, breather)).catch(
		(error: unknown) => {
			throw locateFault(error, label);
		},
	);
	const store = archiveStore(label, path, outer);
	const picked = await pickImage(store, options);
	if (picked) {
		const kind = picked.listedBy === 'manifest.json' ? 'docker-archive' : 'oci-archive';
		return readPicked({ reference: path, store, picked, kind }, options);
	}
	if (!new ArchiveIndex(outer).looksLikeRootFileSystem) {
		throw notAnImage(label, 'it has no manifest.json and no index.json');
	}
	const verified = layersToVerify([outer], options.verify ?? false);
	const diffId = verified.has(outer) ? await digestOf(location, options) : null;
	return assembleImage({
		reference: path,
		sourceKind: 'container-snapshot',
		description: describeSnapshot(bytes),
		others: [],
		changesets: [outer],
		diffIdOf: () => diffId,
		warnings: [],
		notices: [snapshotNotice],
		content: { locations: [{ path, position: 0 }] },
	});
}

/** Reads an OCI layout folder, or a folder into which an archive was unpacked. */
export async function readFolder(path: string, options: OpenOptions): Promise<ReadImage> {
	const label = basename(path);
	const store = folderStore(label, path);
	const picked = await pickImage(store, options);
	if (!picked) {
		const what = existsSync(join(path, 'oci-layout'))
			? 'it has no index.json'
			: 'the folder has no index.json and no manifest.json';
		throw notAnImage(label, what);
	}
	return readPicked({ reference: path, store, picked, kind: 'oci-layout' }, options);
}

interface Picked {
	readonly reference: string;
	readonly store: LocatedStore;
	readonly picked: PickedImage;
	readonly kind: SourceKind;
}

async function readPicked(
	{ reference, store, picked, kind }: Picked,
	options: OpenOptions,
): Promise<ReadImage> {
	const locations = picked.found.layers.map(({ name }) => {
		const location = store.locate(name);
		if (location === null) throw notAnImage(store.label, `the layer ${name} is gone`);
		return location;
	});
	const { changesets, locations: plain, diffIdOf } = await readLayers(locations, store.label, options);
	return assembleImage({
		reference,
		sourceKind: kind,
		description: picked.description,
		others: picked.others,
		changesets,
		diffIdOf,
		warnings: picked.warnings,
		notices: picked.notices,
		content: plain.some((location) => location !== null) ? { locations: plain } : null,
	});
}
