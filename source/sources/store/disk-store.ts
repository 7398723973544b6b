import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Changeset } from '../../tar/changeset.ts';
import { ArchiveIndex } from '../archive/archive-index.ts';
import { requireDense } from '../archive/require-dense.ts';
import { type BlobLocation, readDocument } from './blob-location.ts';
import type { BlobStore } from './blob-store.ts';

/** A store whose files have known locations on disk, to be read by position. */
export interface DiskStore extends BlobStore {
	locationOf(name: string): BlobLocation | null;
}

/** The files inside an archive on disk, of which `outer` are the entries. */
export function archiveStore(label: string, path: string, outer: Changeset): DiskStore {
	const index = new ArchiveIndex(outer);
	const locationOf = (name: string): BlobLocation | null => {
		const found = index.find(name);
		if (found !== null) requireDense(outer, found, label);
		return found && { path, start: outer.positions[found.entry], bytes: outer.sizes[found.entry] };
	};
	return { ...diskStore(label, locationOf), hasRootFile: (name) => index.has(name) };
}

/** The files of a folder; what leads out of it is not there. */
export function folderStore(label: string, folder: string): DiskStore {
	const root = realpathSync(folder);
	const hasRootFile = (name: RegExp): boolean => readdirSync(root).some((file) => name.test(file));
	return { ...diskStore(label, (name) => insideOf(root, name)), hasRootFile };
}

function insideOf(root: string, name: string): BlobLocation | null {
	if (name.includes('\0')) return null;
	try {
		const path = realpathSync.native(join(root, name));
		if (!path.startsWith(root + sep)) return null;
		const stats = statSync(path);
		return stats.isFile() ? { path, start: 0, bytes: stats.size } : null;
	} catch (error) {
		if (isAbsence(error)) return null;
		throw error;
	}
}

/** A name that leads nowhere; not one that we may not follow. */
function isAbsence(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG';
}

function diskStore(
	label: string,
	find: (name: string) => BlobLocation | null,
): Omit<DiskStore, 'hasRootFile'> {
	// Each layer is asked for several times, and there may be thousands.
	const found = new Map<string, BlobLocation>();
	const locationOf = (name: string): BlobLocation | null => {
		const location = found.get(name) ?? find(name);
		if (location !== null) found.set(name, location);
		return location;
	};
	return {
		label,
		locationOf,
		sizeOf: (name) => locationOf(name)?.bytes ?? null,
		document: async (name) => {
			const location = locationOf(name);
			return location && readDocument(location);
		},
	};
}
