import type { ByteSpan } from './header.ts';
import type { TarEntry } from './headers/tar-entry.ts';

const SLASH = 0x2f;
const DOT = 0x2e;
const whiteoutPrefix = new TextEncoder().encode('.wh.');
const bookkeepingPrefix = new TextEncoder().encode('.wh..wh.');
const opaqueName = new TextEncoder().encode('.wh..wh..opq');

/** What the path of an entry means in a layer. */
export type PathMeaning =
	| 'path'
	/** The path is what the marker removes. */
	| 'whiteout'
	/** The path is the directory whose lower content is hidden; it may be empty, for the root. */
	| 'opaque-whiteout'
	/** The root's own entry, or data of a storage driver, which are not listed. */
	| 'nothing'
	/** It has a `..` component. */
	| 'escapes-root'
	/** It has a NUL byte, or is a whiteout of nothing. */
	| 'invalid';

/** The most bytes that `writePath` writes for an entry. */
export function pathRoom({ name, prefix }: TarEntry): number {
	return name.end - name.start + prefix.end - prefix.start + 1;
}

export interface PathTarget {
	readonly bytes: Uint8Array;
	readonly start: number;
	/** Whether names such as `.wh.x` mark something, as in a layer and not in a file system. */
	readonly hasMarkers: boolean;
}

/** Writes the literal path of an entry (no leading `/`, no empty or `.` components). Returns its end in `bytes`, and what it means. */
export function writePath(
	entry: TarEntry,
	{ bytes, start, hasMarkers }: PathTarget,
): { meaning: PathMeaning; end: number } {
	const prefixed = writeComponents(entry.prefix, bytes, { start, end: start });
	if (prefixed === null) return { meaning: 'escapes-root', end: start };
	const end = writeComponents(entry.name, bytes, { start, end: prefixed });
	if (end === null) return { meaning: 'escapes-root', end: start };
	return hasMarkers ? meaningOf(bytes, start, end) : plainMeaningOf(bytes, start, end);
}

/** A hard link's target as a literal path; null where it has a `..` component. */
export function literalPath(text: Uint8Array): Uint8Array | null {
	const bytes = new Uint8Array(text.length);
	const end = writeComponents({ bytes: text, start: 0, end: text.length }, bytes, { start: 0, end: 0 });
	return end === null ? null : bytes.subarray(0, end);
}

/** An entry's name with its prefix as a literal path; null where it has a `..` component. */
export function literalPathOf(entry: TarEntry): Uint8Array | null {
	const bytes = new Uint8Array(pathRoom(entry));
	const prefixed = writeComponents(entry.prefix, bytes, { start: 0, end: 0 });
	if (prefixed === null) return null;
	const end = writeComponents(entry.name, bytes, { start: 0, end: prefixed });
	return end === null ? null : bytes.subarray(0, end);
}

interface Written {
	readonly start: number;
	readonly end: number;
}

/** Appends the components of `text`; returns the new end, or null for a `..` component. */
function writeComponents(text: ByteSpan, bytes: Uint8Array, { start, end }: Written): number | null {
	const source = text.bytes;
	const sourceEnd = text.end;
	let target = end;
	let position = text.start;
	while (position < sourceEnd) {
		while (position < sourceEnd && source[position] === SLASH) position += 1;
		const first = position;
		while (position < sourceEnd && source[position] !== SLASH) position += 1;
		const length = position - first;
		if (length === 0 || (length === 1 && source[first] === DOT)) continue;
		if (length === 2 && source[first] === DOT && source[first + 1] === DOT) return null;
		if (target > start) bytes[target++] = SLASH;
		for (let index = first; index < position; index++) bytes[target++] = source[index];
	}
	return target;
}

function plainMeaningOf(
	bytes: Uint8Array,
	start: number,
	end: number,
): { meaning: PathMeaning; end: number } {
	if (end === start) return { meaning: 'nothing', end };
	return bytes.subarray(start, end).includes(0)
		? { meaning: 'invalid', end: start }
		: { meaning: 'path', end };
}

function meaningOf(bytes: Uint8Array, start: number, end: number): { meaning: PathMeaning; end: number } {
	if (end === start) return { meaning: 'nothing', end };
	let base = start;
	let mayBeMarker = false;
	for (let index = start; index < end; index++) {
		const byte = bytes[index];
		if (byte === 0) return { meaning: 'invalid', end: start };
		if (byte === SLASH) {
			if (mayBeMarker && startsWith(bytes, base, index, bookkeepingPrefix))
				return { meaning: 'nothing', end: start };
			base = index + 1;
			mayBeMarker = false;
		} else if (index === base) mayBeMarker = byte === DOT;
	}
	return mayBeMarker ? meaningOfMarker(bytes, { start, base, end }) : { meaning: 'path', end };
}

interface LastComponent extends Written {
	readonly base: number;
}

/** The last component begins with a dot: it may be a marker. */
function meaningOfMarker(
	bytes: Uint8Array,
	{ start, base, end }: LastComponent,
): { meaning: PathMeaning; end: number } {
	if (startsWith(bytes, base, end, opaqueName) && end - base === opaqueName.length) {
		return { meaning: 'opaque-whiteout', end: base === start ? start : base - 1 };
	}
	if (startsWith(bytes, base, end, bookkeepingPrefix)) return { meaning: 'nothing', end: start };
	if (!startsWith(bytes, base, end, whiteoutPrefix)) return { meaning: 'path', end };
	const nameStart = base + whiteoutPrefix.length;
	const length = end - nameStart;
	const isDots = bytes[nameStart] === DOT && (length === 1 || (length === 2 && bytes[nameStart + 1] === DOT));
	if (length === 0 || isDots) return { meaning: 'invalid', end: start };
	bytes.copyWithin(base, nameStart, end);
	return { meaning: 'whiteout', end: base + length };
}

function startsWith(bytes: Uint8Array, from: number, end: number, prefix: Uint8Array): boolean {
	if (end - from < prefix.length) return false;
	for (let index = 0; index < prefix.length; index++) if (bytes[from + index] !== prefix[index]) return false;
	return true;
}

/** A hard link names a path of the image. One with `..` stays as written and leads nowhere. */
export function hardLinkTarget(entry: TarEntry): Uint8Array {
	const written = linkNameOf(entry);
	return literalPath(written) ?? written;
}

/** The link name as written. */
export function linkNameOf({ linkName: { bytes, start, end } }: TarEntry): Uint8Array {
	return bytes.subarray(start, end);
}
