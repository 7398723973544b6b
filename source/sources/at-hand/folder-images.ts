import { type FileHandle, open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageAtHand } from '../../image/at-hand/image-at-hand.ts';
import { detectCompression } from '../../tar/compression/compression.ts';

/** A folder may hold a million files; what is looked at takes a fraction of a second. */
const MOST_NAMES = 2000;
const MOST_FOUND = 200;

/** Where a tar has its mark (POSIX.1-2017, pax, ustar Interchange Format). */
const MAGIC_START = 257;
const START_BYTES = 512;

const packedNames = /\.(?:tar\.\w+|tgz|tbz2?|txz|tzst)$/i;

/** The archives and OCI layouts in a folder, known by their first bytes and by the file that marks a layout. What cannot be read is left out. */
export async function folderImages(folder: string, signal: AbortSignal): Promise<readonly ImageAtHand[]> {
	const found: ImageAtHand[] = [];
	let count = 0;
	try {
		for await (const { name } of await opendir(folder)) {
			count += 1;
			if (signal.aborted || count > MOST_NAMES || found.length >= MOST_FOUND) break;
			const image = await imageCalled(name, folder).catch(() => null);
			if (image !== null) found.push(image);
		}
	} catch {
		// A folder that may not be read has nothing to offer.
	}
	return found;
}

async function imageCalled(name: string, folder: string): Promise<ImageAtHand | null> {
	const path = join(folder, name);
	const stats = await stat(path);
	// A name that reads as something else is a path all the same.
	const seconds = stats.mtimeMs / 1000;
	const known = { reference: `./${name}`, path, name, place: 'folder', seconds } as const;
	if (stats.isDirectory())
		return (await stat(join(path, 'oci-layout'))).isFile() ? { ...known, bytes: null } : null;
	if (!stats.isFile() || stats.size < START_BYTES) return null;
	const file = await open(path);
	try {
		return isArchive(await startOf(file), name) ? { ...known, bytes: stats.size } : null;
	} finally {
		await file.close();
	}
}

async function startOf(file: FileHandle): Promise<Uint8Array> {
	const start = new Uint8Array(START_BYTES);
	await file.read(start, 0, START_BYTES, 0);
	return start;
}

function isArchive(start: Uint8Array, name: string): boolean {
	const magic = Buffer.from(start.subarray(MAGIC_START, MAGIC_START + 5)).toString('latin1');
	return magic === 'ustar' || (packedNames.test(name) && detectCompression(start) !== 'none');
}
