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
	return withStats(findNames(folder));
}

/** The files that were never finished alone, which are few: finding them asks nothing about the others. Throws the system's errors. */
export function unfinishedFiles(folder: string): readonly CachedFile[] {
	return withStats(findNames(folder).filter(({ kind }) => kind === null));
}

interface FoundName {
	readonly path: string;
	/** Null for a file that was never finished. */
	readonly kind: KindName | null;
}

function findNames(folder: string): readonly FoundName[] {
	const inKinds = kinds.flatMap((kind) => {
		const parent = join(folder, kind.folder);
		const names = namesIn(parent).filter((name) => isUnfinished(name) || /^[0-9a-f]{64}$/.test(name));
		return names.map((name) => ({ path: join(parent, name), kind: isUnfinished(name) ? null : kind.name }));
	});
	const atTop = namesIn(folder).filter(isUnfinished);
	return [...atTop.map((name) => ({ path: join(folder, name), kind: null })), ...inKinds];
}

function isUnfinished(name: string): boolean {
	return name.startsWith(UNFINISHED);
}

function withStats(names: readonly FoundName[]): readonly CachedFile[] {
	const files = new Map<string, CachedFile>();
	for (const { path, kind } of names) {
		const stats = statsOf(path);
		if (stats === null) continue;
		// A name that was never finished may be a second one of a file that was.
		const id = kind === null ? path : `${stats.dev} ${stats.ino}`;
		files.set(id, {
			kind,
			paths: [...(files.get(id)?.paths ?? []), path],
			bytes: Number(stats.size),
			usedAt: Number(stats.mtimeMs),
		});
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
