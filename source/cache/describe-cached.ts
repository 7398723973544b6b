import { closeSync, openSync } from 'node:fs';
import type { KeptFile } from './cached-files.ts';
import type { CacheKey } from './layer-cache.ts';
import { peek } from './sealed-file.ts';

/** Something that is kept, in words for people. Hostile text may be in them: escape before printing. */
export interface KeptThing {
	/** Such as `layers of /srv/app.tar` or `layer sha256:75ae28b8ebf8`. */
	readonly what: string;
	readonly files: number;
	readonly bytes: number;
	/** Milliseconds since 1970. */
	readonly usedAt: number;
}

/** What files of the cache are about, those of one image archive together, and what was used last comes first. */
export function describeKept(files: readonly KeptFile[]): readonly KeptThing[] {
	const things = new Map<string, KeptThing>();
	for (const file of files) {
		const what = describeFile(file);
		const { files: others = 0, bytes = 0, usedAt = 0 } = things.get(what) ?? {};
		things.set(what, {
			what,
			files: others + 1,
			bytes: bytes + file.bytes,
			usedAt: Math.max(usedAt, file.usedAt),
		});
	}
	return [...things.values()].sort(
		(left, right) => right.usedAt - left.usedAt || (left.what < right.what ? -1 : 1),
	);
}

function describeFile({ kind, paths }: KeptFile): string {
	if (kind === null) return 'unfinished files';
	const keys = keysOf(paths[0]);
	if (keys.length === 0) return 'files of no use';
	const [name] = keys.map(describeKey).sort((left, right) => left.rank - right.rank);
	if (kind === 'layer') return name.isFile ? `layers in ${name.text}` : `layer ${name.text}`;
	if (kind === 'document') return `document ${name.text}`;
	return kind === 'tree' ? `file tree of ${name.text}` : `figures of ${name.text}`;
}

function keysOf(path: string): readonly CacheKey[] {
	try {
		const fd = openSync(path, 'r');
		try {
			const [first = new Uint8Array(0)] = peek(fd)?.parts ?? [];
			const { keys } = JSON.parse(Buffer.from(first).toString('utf8'));
			return Array.isArray(keys) ? keys.map(String) : [];
		} finally {
			closeSync(fd);
		}
	} catch {
		// It is damaged, or gone by now.
		return [];
	}
}

interface KeyName {
	readonly text: string;
	readonly isFile: boolean;
	/** Of several names the one that says most has the lowest. */
	readonly rank: number;
}

const SHORT_DIGEST = /^(sha\d+:[0-9a-f]{12})[0-9a-f]*$/;

function describeKey(key: CacheKey): KeyName {
	// The key of an answer has a line for each layer, after one for what was asked.
	const [, line = key] = /^(?:same contents|dive) [^\n]*\n([^\n]*)/.exec(key) ?? [];
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
