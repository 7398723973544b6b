import { lstatSync, realpathSync, statSync } from 'node:fs';
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
	return diskStore(label, (name) => {
		const found = index.find(name);
		if (found !== null) requireDense(outer, found, label);
		return found && { path, start: outer.positions[found.entry], bytes: outer.sizes[found.entry] };
	});
}

/** The files of a folder; what leads out of it is not there. */
export function folderStore(label: string, folder: string): DiskStore {
	const root = realpathSync(folder);
	return diskStore(label, (name) => {
		const path = insideOf(root, name);
		return path === null ? null : { path, start: 0, bytes: lstatSync(path).size };
	});
}

function insideOf(root: string, name: string): string | null {
	if (name.includes('\0')) return null;
	try {
		const path = realpathSync(join(root, name));
		return path.startsWith(root + sep) && statSync(path).isFile() ? path : null;
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

function diskStore(label: string, locationOf: (name: string) => BlobLocation | null): DiskStore {
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
