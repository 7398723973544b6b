import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type KindName, kinds } from './kinds/kind.ts';
import { isCode, UNFINISHED } from './write-file.ts';

/** A file of the cache, which may have several names. */
export interface CachedFile {
	/** Null for a file that was never finished. */
	readonly kind: KindName | null;
	readonly paths: readonly string[];
	readonly bytes: number;
	/** Milliseconds since 1970. It may be a day too early. */
	readonly usedAt: number;
}

/** Every file of the cache. Other files in its folders are left out. Throws the system's errors. */
export function cachedFiles(folder: string): readonly CachedFile[] {
	const files = new Map<string, CachedFile>();
	const folders: (readonly [string, KindName | null])[] = [[folder, null]];
	for (const kind of kinds) folders.push([join(folder, kind.folder), kind.name]);
	for (const [parent, kind] of folders) {
		for (const name of namesIn(parent)) {
			const isUnfinished = name.startsWith(UNFINISHED);
			if (!isUnfinished && (kind === null || !/^[0-9a-f]{64}$/.test(name))) continue;
			const path = join(parent, name);
			const stats = statsOf(path);
			if (stats === null) continue;
			const id = `${stats.dev} ${stats.ino}`;
			files.set(id, {
				kind: isUnfinished ? null : kind,
				paths: [...(files.get(id)?.paths ?? []), path],
				bytes: Number(stats.size),
				usedAt: Number(stats.mtimeMs),
			});
		}
	}
	return [...files.values()];
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder);
	} catch (error) {
		if (isCode(error, 'ENOENT')) return [];
		throw error;
	}
}

/** Null for anything but a file, and for a file that was removed meanwhile. */
function statsOf(path: string): BigIntStats | null {
	const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
	return stats?.isFile() ? stats : null;
}
