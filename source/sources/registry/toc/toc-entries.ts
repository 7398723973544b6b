import { parseDigest } from '../../../image/digest.ts';
import { isObject } from '../../../image/json.ts';
import { type ExtendedAttributes, isOfFile } from '../../../tar/attributes/extended-attributes.ts';
import type { EntryKind } from '../../../tar/changeset.ts';

/** An entry of a layer as in its table of contents. */
export interface TocEntry {
	readonly kind: EntryKind;
	readonly name: string;
	readonly linkName: string;
	/** Content bytes of regular files. */
	readonly size: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	/** Seconds since 1970. */
	readonly mtime: number;
	readonly deviceMajor: number;
	readonly deviceMinor: number;
	/** Null for an entry without extended attributes. */
	readonly attributes: ExtendedAttributes | null;
	/** SHA-256 of the content, where there is content. */
	readonly digest: string | null;
	/** Where the compressed data with the content starts in the blob, bytes. */
	readonly offset: number;
	/** Where it ends; null when it extends to the next one. */
	readonly endOffset: number | null;
	/** Decompressed bytes before the content. */
	readonly innerOffset: number;
}

/** A table of contents. */
export interface Toc {
	/** In the order of the tar; a file in several chunks is one entry. */
	readonly entries: readonly TocEntry[];
	readonly lastChunk: LastChunk;
	/** Digest of the compressed headers of the tar, which zstd:chunked stores beside the table. */
	readonly headersDigest: string | null;
}

/** The last chunk in the blob, after which there are only headers. All zero without any content. */
export interface LastChunk {
	/** Where its compressed data starts in the blob, bytes. */
	readonly offset: number;
	/** Decompressed, including what comes before it in the same compressed data. */
	readonly bytes: number;
	/** Size of the whole content that it ends, bytes. */
	readonly contentBytes: number;
}

/** The kinds of entry by their names in a table. */
const kinds: Readonly<Record<string, EntryKind>> = {
	reg: 'file',
	hardlink: 'hard-link',
	symlink: 'symlink',
	char: 'character-device',
	block: 'block-device',
	dir: 'directory',
	fifo: 'fifo',
};

/**
 * Reads a table of contents, which eStargz and zstd:chunked write alike (stargz-snapshotter, estargz.md, "TOC"; containers/storage,
 * zstd-chunked). Null when it lacks something that the tar has: then the layer has to be read whole.
 */
export function parseToc(bytes: Uint8Array): Toc | null {
	const document = parseJson(bytes);
	if (!isObject(document) || document.version !== 1 || !Array.isArray(document.entries)) return null;
	const entries: TocEntry[] = [];
	let lastChunk: LastChunk = { offset: 0, bytes: 0, contentBytes: 0 };
	for (const item of document.entries) {
		if (!isObject(item) || Object.keys(item).some(isMisspelt)) return null;
		const entry = item.type === 'chunk' ? entries.at(-1) : readEntry(item);
		if (!entry) return null;
		if (item.type !== 'chunk') entries.push(entry);
		lastChunk = laterChunk(lastChunk, item, entry);
	}
	return { entries, lastChunk, headersDigest: parseDigest(document.tarSplitDigest) };
}

/** The size of a chunk may be left out for the last or only one of a file. */
function laterChunk(known: LastChunk, item: Item, { size }: TocEntry): LastChunk {
	const [offset, inner, start, stated] = [
		item.offset,
		item.innerOffset,
		item.chunkOffset,
		item.chunkSize,
	].map(countOf);
	if (size === 0 || !offset) return known;
	const bytes = (inner ?? 0) + (stated || size - (start ?? 0));
	const isLater = offset > known.offset || (offset === known.offset && bytes > known.bytes);
	return isLater ? { offset, bytes, contentBytes: size } : known;
}

const keys: ReadonlySet<string> = new Set([
	...['type', 'name', 'linkName', 'size', 'mode', 'uid', 'gid', 'modtime', 'devMajor', 'devMinor', 'digest'],
	...['xattrs', 'offset', 'endOffset', 'innerOffset', 'chunkOffset', 'chunkSize'],
]);
const foldedKeys = new Set([...keys].map(folded));

/** Programs in Go, such as engines, read `NAME` as `name`: a table that means something else to them is not trusted. */
function isMisspelt(key: string): boolean {
	return !keys.has(key) && foldedKeys.has(folded(key));
}

/** Upper case first, because two letters share their capital with another letter. */
function folded(key: string): string {
	return key.toUpperCase().toLowerCase();
}

function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return null;
	}
}

type Item = Readonly<Record<string, unknown>>;

function readEntry(item: Item): TocEntry | null {
	const kind = Object.hasOwn(kinds, String(item.type)) ? kinds[String(item.type)] : null;
	const name = textOf(item.name);
	const linkName = textOf(item.linkName ?? '');
	const mtime = secondsOf(item.modtime);
	const size = countOf(item.size);
	const digest = parseDigest(item.digest);
	const attributes = attributesOf(item.xattrs ?? {});
	if (kind === null || name === null || linkName === null || mtime === null || size === null) return null;
	if (attributes === null) return null;
	const hasContent = kind === 'file' && size > 0;
	if (hasContent && !(digest?.startsWith('sha256:') && isCount(item.offset))) return null;
	return {
		kind,
		name,
		linkName,
		size: hasContent ? size : 0,
		mode: countOf(item.mode) ?? 0,
		uid: countOf(item.uid) ?? 0,
		gid: countOf(item.gid) ?? 0,
		mtime,
		deviceMajor: countOf(item.devMajor) ?? 0,
		deviceMinor: countOf(item.devMinor) ?? 0,
		attributes: attributes.size === 0 ? null : attributes,
		digest: hasContent ? digest : null,
		offset: countOf(item.offset) ?? 0,
		endOffset: isCount(item.endOffset) ? item.endOffset : null,
		innerOffset: countOf(item.innerOffset) ?? 0,
	};
}

/** A name that is not UTF-8 in the tar has lost bytes on its way into JSON. */
function textOf(value: unknown): string | null {
	return typeof value === 'string' && !value.includes('\ufffd') ? value : null;
}

/** Values in base 64 by name; null where one is anything else. The names become Latin-1, as those in a tar. */
function attributesOf(value: unknown): ExtendedAttributes | null {
	if (!isObject(value)) return null;
	const attributes = new Map<string, Uint8Array>();
	for (const [key, text] of Object.entries(value)) {
		const name = textOf(key);
		if (name === null || typeof text !== 'string') return null;
		const bytes = Buffer.from(text, 'base64');
		if (bytes.toString('base64') !== text) return null;
		const nameBytes = Buffer.from(name).toString('latin1');
		if (nameBytes !== '' && isOfFile(nameBytes)) attributes.set(nameBytes, bytes);
	}
	return attributes;
}

/** A missing count is 0; null for anything that is not a count. */
function countOf(value: unknown): number | null {
	if (value === undefined || value === null) return 0;
	return isCount(value) ? value : null;
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** RFC 3339 with any number of decimals, of which `Date` would drop all but three; null for anything else. */
function secondsOf(value: unknown): number | null {
	if (value === undefined || value === null || value === '') return 0;
	const match = /^([\dT:-]{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(String(value));
	if (match === null) return null;
	const [, time, fraction, zone] = match;
	const seconds = Date.parse(`${time}${zone}`) / 1000;
	if (!Number.isFinite(seconds)) return null;
	if (fraction === undefined) return seconds;
	return seconds < 0 ? seconds + Number(`0.${fraction}`) : Number(`${seconds}.${fraction}`);
}
