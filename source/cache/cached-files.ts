import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rooms } from './cache-store.ts';
import { type SealedKind, sealedKinds } from './sealed-file.ts';
import { isCode, UNFINISHED } from './write-file.ts';

/** A file of the cache, which may have several names. */
export interface KeptFile {
	/** Null for one that was never finished. */
	readonly kind: SealedKind | null;
	readonly paths: readonly string[];
	readonly bytes: number;
	/** Milliseconds since 1970; a day less exact than it looks. */
	readonly usedAt: number;
}

/** Every file in the cache. Nothing that lies there and is no file of ours is ever named. Throws the system's errors. */
export function keptFiles(folder: string): readonly KeptFile[] {
	const files = new Map<string, KeptFile>();
	const places: (readonly [string, SealedKind | null])[] = [[folder, null]];
	for (const kind of sealedKinds) places.push([join(folder, rooms[kind]), kind]);
	for (const [place, kind] of places) {
		for (const name of namesIn(place)) {
			const isUnfinished = name.startsWith(UNFINISHED);
			if (!isUnfinished && (kind === null || !/^[0-9a-f]{64}$/.test(name))) continue;
			const path = join(place, name);
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

/** Null for what is no file, or was removed meanwhile. */
function statsOf(path: string): BigIntStats | null {
	const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
	return stats?.isFile() ? stats : null;
}
