import { copyOf } from '../columns/copy-of.ts';
import {
	BLOCK_BYTES,
	type ByteSpan,
	checksumMatches,
	isZeroBlock,
	readLinkName,
	readName,
	readNumber,
	readPrefix,
	setSpan,
	TYPE_FLAG_OFFSET,
} from './header.ts';
import { applyPaxRecords, emptyPaxRecords, type PaxRecords } from './pax.ts';
import { OldGnuMapReader, PaxMapReader, type SparseMapReader } from './sparse/map-reader.ts';
import { holeBytes, type RawSparseMap, type SparseMap, soundMap } from './sparse/sparse-map.ts';
import type { SparseRecords } from './sparse/sparse-records.ts';
import { type ExtensionKind, type HeaderType, headerTypeOf } from './type-flags.ts';

/** An entry as described by its headers. The object and the bytes that its spans refer to are reused for the next entry. */
export interface TarEntry {
	/** Code of the type flag's character. */
	typeFlag: number;
	readonly name: ByteSpan;
	readonly prefix: ByteSpan;
	/** Only of links. */
	readonly linkName: ByteSpan;
	/** Content bytes that follow the headers in the tar. */
	contentBytes: number;
	/** Where in the file the content belongs, which is then its data without its holes; null unless it is a GNU sparse entry. */
	sparse: SparseMap | null;
	mode: number;
	uid: number;
	gid: number;
	/** Seconds since 1970. */
	mtime: number;
	/** Only of devices. */
	deviceMajor: number;
	deviceMinor: number;
}

/** What a header block is. */
export type Decoded =
	/** All zero. Two of them, or one at the end, end the archive. */
	| 'zero'
	/** Not a header: its checksum is wrong. */
	| 'invalid'
	| 'impossible-size'
	/** `extensionBytes` of content about the next entry follow: pass them to `extend`. */
	| 'extension'
	/** `entry` is filled, its content follows. */
	| 'entry'
	/** `entry` is filled, but blocks of a sparse map precede its content: pass the next one to `extendMap`. */
	| 'sparse-entry'
	| 'invalid-sparse-map';

/** A longer name or set of pax records is rejected, as by Go's archive/tar. */
export const MAXIMUM_EXTENSION_BYTES = 1024 * 1024;

const nothing = new Uint8Array(0);

/** Decodes header blocks of v7, POSIX ustar and pax, and GNU tar. It holds the contents of extension headers until their entry comes. */
export class EntryDecoder {
	readonly entry: TarEntry = {
		typeFlag: 0,
		name: { bytes: nothing, start: 0, end: 0 },
		prefix: { bytes: nothing, start: 0, end: 0 },
		linkName: { bytes: nothing, start: 0, end: 0 },
		contentBytes: 0,
		sparse: null,
		mode: 0,
		uid: 0,
		gid: 0,
		mtime: 0,
		deviceMajor: 0,
		deviceMinor: 0,
	};
	/** After 'extension': the number of bytes to pass to `extend`. */
	extensionBytes = 0;
	#extension: ExtensionKind | null = null;
	#longName: Uint8Array | null = null;
	#longLink: Uint8Array | null = null;
	#pax: PaxRecords = emptyPaxRecords;
	#map: SparseMapReader | null = null;

	/** Whether extension headers were decoded, but not their entry. */
	get isExtended(): boolean {
		return this.#longName !== null || this.#longLink !== null || this.#pax !== emptyPaxRecords;
	}

	decode(block: Uint8Array, offset: number): Decoded {
		if (block[offset] === 0 && isZeroBlock(block, offset)) return 'zero';
		if (!checksumMatches(block, offset)) return 'invalid';
		const typeFlag = block[offset + TYPE_FLAG_OFFSET];
		const type = headerTypeOf(typeFlag);
		if (type.role === 'extension') return this.#startExtension(block, offset, type.kind);
		this.entry.typeFlag = typeFlag;
		return this.#fill(block, offset, type);
	}

	/** Takes the content of an extension header. */
	extend(content: Uint8Array): void {
		const copy = copyOf(content);
		if (this.#extension === 'long-name') this.#longName = untilNul(copy);
		else if (this.#extension === 'long-link') this.#longLink = untilNul(copy);
		else if (this.#extension === 'pax') this.#pax = applyPaxRecords(this.#pax, copy);
	}

	/** Takes a block of a sparse map. */
	extendMap(block: Uint8Array, offset: number): Decoded {
		if (this.#map === null) return 'invalid-sparse-map';
		if (this.#map.isInContent) this.entry.contentBytes -= BLOCK_BYTES;
		if (this.entry.contentBytes < 0) return 'invalid-sparse-map';
		return this.#takeMap(this.#map.take(block, offset));
	}

	#startExtension(block: Uint8Array, offset: number, kind: ExtensionKind): Decoded {
		const bytes = readNumber(block, offset, 'size');
		if (!(bytes >= 0 && bytes <= MAXIMUM_EXTENSION_BYTES)) return 'impossible-size';
		this.#extension = kind;
		this.extensionBytes = bytes;
		return 'extension';
	}

	#fill(block: Uint8Array, offset: number, type: HeaderType): Decoded {
		const { entry } = this;
		const pax = this.#pax;
		this.#fillNames(block, offset);
		entry.contentBytes = pax.size ?? readNumber(block, offset, 'size');
		entry.mode = readNumber(block, offset, 'mode') & 0o7777;
		entry.uid = pax.uid ?? readNumber(block, offset, 'uid');
		entry.gid = pax.gid ?? readNumber(block, offset, 'gid');
		entry.mtime = pax.mtime ?? readNumber(block, offset, 'mtime');
		if (isDevice(type)) {
			entry.deviceMajor = readNumber(block, offset, 'deviceMajor');
			entry.deviceMinor = readNumber(block, offset, 'deviceMinor');
		}
		this.#longName = null;
		this.#longLink = null;
		this.#pax = emptyPaxRecords;
		if (type.role === 'entry' && !type.hasContent) entry.contentBytes = 0;
		if (!(entry.contentBytes >= 0 && Number.isSafeInteger(entry.contentBytes))) return 'impossible-size';
		entry.sparse = null;
		if (type.role !== 'entry') return 'entry';
		if (type.isSparse) return this.#startOldGnuMap(block, offset);
		return pax.sparse === null ? 'entry' : this.#startPaxMap(pax.sparse, type);
	}

	#startOldGnuMap(block: Uint8Array, offset: number): Decoded {
		const reader = new OldGnuMapReader();
		this.#map = reader;
		return this.#takeMap(reader.takeHeader(block, offset));
	}

	#startPaxMap(records: SparseRecords, { hasContent }: EntryType): Decoded {
		const found = records.read(this.entry.contentBytes);
		if (found === null) return 'entry';
		if (!hasContent || found.kind === 'invalid') return 'invalid-sparse-map';
		const { name, prefix } = this.entry;
		if (records.name !== null) {
			setSpan(name, records.name, 0, records.name.length);
			setSpan(prefix, records.name, 0, 0);
		}
		this.#map = found.kind === 'map' ? null : new PaxMapReader(found.fileBytes);
		return this.#takeMap(found.kind === 'map' ? found.map : null);
	}

	/** Takes what came of the blocks of a map so far; null while there are more. */
	#takeMap(raw: RawSparseMap | 'invalid' | null): Decoded {
		if (raw === null) {
			this.#copyNames();
			return 'sparse-entry';
		}
		this.#map = null;
		const map = raw === 'invalid' ? null : soundMap(raw, this.entry.contentBytes);
		// Without holes it is a file like any other.
		this.entry.sparse = map !== null && holeBytes(map) > 0 ? map : null;
		return map === null ? 'invalid-sparse-map' : 'entry';
	}

	/** The blocks of a sparse map may overwrite the header, and its names. */
	#copyNames(): void {
		const { name, prefix, linkName } = this.entry;
		for (const span of [name, prefix, linkName]) {
			if (span.bytes.length === span.end - span.start) continue;
			const copy = copyOf(span.bytes.subarray(span.start, span.end));
			setSpan(span, copy, 0, copy.length);
		}
	}

	#fillNames(block: Uint8Array, offset: number): void {
		const { name, prefix, linkName } = this.entry;
		const longName = this.#pax.path ?? this.#longName;
		if (longName === null) {
			readName(block, offset, name);
			readPrefix(block, offset, prefix);
		} else {
			setSpan(name, longName, 0, longName.length);
			setSpan(prefix, longName, 0, 0);
		}
		const longLink = this.#pax.linkPath ?? this.#longLink;
		if (longLink === null) readLinkName(block, offset, linkName);
		else setSpan(linkName, longLink, 0, longLink.length);
	}
}

type EntryType = Extract<HeaderType, { role: 'entry' }>;

/** Bytes from one header to the next: the content with its padding. */
export function paddedBytes(contentBytes: number): number {
	return Math.ceil(contentBytes / BLOCK_BYTES) * BLOCK_BYTES;
}

function isDevice(type: HeaderType): boolean {
	return type.role === 'entry' && (type.kind === 'character-device' || type.kind === 'block-device');
}

function untilNul(bytes: Uint8Array): Uint8Array {
	const end = bytes.indexOf(0);
	return end === -1 ? bytes : bytes.subarray(0, end);
}
