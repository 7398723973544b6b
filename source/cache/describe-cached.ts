import { closeSync, openSync } from 'node:fs';
import type { CachedFile } from './cached-files.ts';
import { type CacheKey, kindNamed, type SubjectName } from './kinds/kind.ts';
import { peekKeys } from './sealed-file.ts';

/** Cached files that belong together, for people. The text may be hostile: escape it before printing. */
export interface CachedItem {
	/** Such as `layers of /srv/app.tar` or `layer sha256:75ae28b8ebf8`. */
	readonly what: string;
	readonly files: number;
	readonly bytes: number;
	/** Milliseconds since 1970. */
	readonly usedAt: number;
}

/** What files of the cache are about, those of one image archive together, the most recently used first. */
export function describeCached(files: readonly CachedFile[]): readonly CachedItem[] {
	const items = new Map<string, CachedItem>();
	for (const file of files) {
		const what = describeFile(file);
		const { files: others = 0, bytes = 0, usedAt = 0 } = items.get(what) ?? {};
		items.set(what, {
			what,
			files: others + 1,
			bytes: bytes + file.bytes,
			usedAt: Math.max(usedAt, file.usedAt),
		});
	}
	return [...items.values()].sort(
		(left, right) => right.usedAt - left.usedAt || (left.what < right.what ? -1 : 1),
	);
}

function describeFile({ kind, paths }: CachedFile): string {
	if (kind === null) return 'unfinished files';
	const keys = keysOf(paths[0]);
	if (keys.length === 0) return 'unusable files';
	const [subject] = keys.map(describeKey).sort((left, right) => left.rank - right.rank);
	return kindNamed(kind).describe(subject);
}

function keysOf(path: string): readonly CacheKey[] {
	try {
		const fd = openSync(path, 'r');
		try {
			return peekKeys(fd);
		} finally {
			closeSync(fd);
		}
	} catch {
		// The file is damaged, or was removed meanwhile.
		return [];
	}
}

interface RankedName extends SubjectName {
	/** The name that says most has the lowest rank. */
	readonly rank: number;
}

const SHORT_DIGEST = /^(sha\d+:[0-9a-f]{12})[0-9a-f]*$/;

function describeKey(key: CacheKey): RankedName {
	// Some keys have a line for what was asked, then one for each layer.
	const [, line = key] = /^(?:same contents|digests) [^\n]*\n([^\n]*)/.exec(key) ?? [];
	const [, word, rest] = /^(\S+) ([^\n]*)/.exec(line) ?? [];
	const path = word === 'file' ? pathOf(rest) : null;
	if (path !== null) return { text: path, isFile: true, rank: 0 };
	const text = word === 'diff-id' ? rest : line;
	const digest = SHORT_DIGEST.exec(text)?.[1] ?? text.replace(/(sha\d+:[0-9a-f]{12})[0-9a-f]+/g, '$1');
	return { text: digest, isFile: false, rank: word === 'diff-id' ? 1 : 2 };
}

function pathOf(json: string): string | null {
	try {
		const [path] = JSON.parse(json);
		return typeof path === 'string' ? path : null;
	} catch {
		return null;
	}
}
