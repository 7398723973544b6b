import { copyOf } from '../columns/copy-of.ts';
import { decodeName } from '../text/decode-name.ts';
import {
	BLOCK_BYTES,
	checksumMatches,
	isZeroBlock,
	readLinkName,
	readName,
	readPrefix,
	setSpan,
	TYPE_FLAG_OFFSET,
} from './header.ts';
import { newHeaderNumbers, readNumbers } from './header-numbers.ts';
import type { Decoded, HeaderOddity, TarEntry } from './headers/tar-entry.ts';
import { applyPaxRecords, areNumbersSound, emptyPaxRecords, type PaxRecords } from './pax.ts';
import { OldGnuMapReader, PaxMapReader, type SparseMapReader } from './sparse/map-reader.ts';
import { holeBytes, type RawSparseMap, soundMap } from './sparse/sparse-map.ts';
import type { SparseRecords } from './sparse/sparse-records.ts';
import { type ExtensionKind, type HeaderType, headerTypeOf } from './type-flags.ts';

/** A longer name or set of pax records is rejected, as by Go's archive/tar. */
export const MAXIMUM_EXTENSION_BYTES = 1024 * 1024;

const NAME_BYTES = 100;
const SLASH = 0x2f;
const V7_FILE = 0;
const DIRECTORY_FLAG = 0x35;
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
		attributes: null,
	};
	/** After 'extension': the number of bytes to pass to `extend`. */
	extensionBytes = 0;
	#extension: ExtensionKind | null = null;
	#longName: Uint8Array | null = null;
	#longLink: Uint8Array | null = null;
	#pax: PaxRecords = emptyPaxRecords;
	#map: SparseMapReader | null = null;
	readonly #numbers = newHeaderNumbers();
	#extensionName: Uint8Array = nothing;
	readonly #onOddity: (code: HeaderOddity, name: string) => void;

	/** `onOddity` gets the name in the header. */
	constructor(onOddity: (code: HeaderOddity, name: string) => void = () => {}) {
		this.#onOddity = onOddity;
	}

	/** Whether extension headers were decoded, but not their entry. */
	get isExtended(): boolean {
		return this.#longName !== null || this.#longLink !== null || this.#pax !== emptyPaxRecords;
	}

	decode(block: Uint8Array, offset: number): Decoded {
		if (block[offset] === 0 && isZeroBlock(block, offset)) return 'zero';
		if (!checksumMatches(block, offset)) return 'invalid';
		const typeFlag = block[offset + TYPE_FLAG_OFFSET];
		const type = headerTypeOf(typeFlag);
		if (!readNumbers(block, offset, this.#numbers)) this.#onOddity('malformed-header', nameIn(block, offset));
		if (type.role === 'extension') return this.#startExtension(block, offset, type.kind);
		this.entry.typeFlag = typeFlag;
		return this.#fill(block, offset, type);
	}

	/** Takes the content of an extension header. The last one of a kind counts; a global one has no effect but to end those before it. */
	extend(content: Uint8Array): void {
		const copy = copyOf(content);
		if (this.#extension === 'long-name') this.#longName = untilNul(copy);
		else if (this.#extension === 'long-link') this.#longLink = untilNul(copy);
		else {
			this.#pax = applyPaxRecords(emptyPaxRecords, copy);
			if (this.#pax.isMalformed) this.#onOddity('malformed-extended-header', nameIn(this.#extensionName, 0));
			if (this.#extension === 'pax-global') this.#forgetExtensions();
		}
	}

	/** Takes a block of a sparse map. */
	extendMap(block: Uint8Array, offset: number): Decoded {
		if (this.#map === null) return 'invalid-sparse-map';
		if (this.#map.isInContent) this.entry.contentBytes -= BLOCK_BYTES;
		if (this.entry.contentBytes < 0) return 'invalid-sparse-map';
		return this.#takeMap(this.#map.take(block, offset));
	}

	#startExtension(block: Uint8Array, offset: number, kind: ExtensionKind): Decoded {
		const bytes = this.#numbers.size;
		if (!(bytes >= 0 && bytes <= MAXIMUM_EXTENSION_BYTES)) return 'impossible-size';
		this.#extension = kind;
		this.extensionBytes = bytes;
		this.#extensionName = copyOf(block.subarray(offset, offset + NAME_BYTES));
		return 'extension';
	}

	#forgetExtensions(): void {
		this.#longName = null;
		this.#longLink = null;
		this.#pax = emptyPaxRecords;
	}

	#fill(block: Uint8Array, offset: number, type: HeaderType): Decoded {
		const { entry } = this;
		const pax = this.#pax;
		const numbers = this.#numbers;
		this.#fillNames(block, offset);
		entry.contentBytes = pax.size ?? numbers.size;
		entry.mode = numbers.mode & 0o7777;
		entry.uid = firstNumber(pax.uid, numbers.uid);
		entry.gid = firstNumber(pax.gid, numbers.gid);
		entry.mtime = firstNumber(pax.mtime, numbers.mtime);
		entry.deviceMajor = numbers.deviceMajor;
		entry.deviceMinor = numbers.deviceMinor;
		entry.attributes = pax.attributes;
		if (!areNumbersSound(pax)) this.#onOddity('malformed-extended-header', nameIn(block, offset));
		this.#forgetExtensions();
		const mayHaveContent = type.role !== 'entry' || type.hasContent;
		if (mayHaveContent && numbers.size < 0) return 'impossible-size';
		if (entry.typeFlag === V7_FILE && endsInSlash(entry)) entry.typeFlag = DIRECTORY_FLAG;
		if (!mayHaveContent || entry.typeFlag === DIRECTORY_FLAG) entry.contentBytes = 0;
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
		const longName = textOf(this.#longName) ?? this.#pax.path;
		if (longName === null) {
			readName(block, offset, name);
			readPrefix(block, offset, prefix);
		} else {
			setSpan(name, longName, 0, longName.length);
			setSpan(prefix, longName, 0, 0);
		}
		const longLink = textOf(this.#longLink) ?? this.#pax.linkPath;
		if (longLink === null) readLinkName(block, offset, linkName);
		else setSpan(linkName, longLink, 0, longLink.length);
	}
}

type EntryType = Extract<HeaderType, { role: 'entry' }>;

/** Bytes from one header to the next: the content with its padding. */
export function paddedBytes(contentBytes: number): number {
	return Math.ceil(contentBytes / BLOCK_BYTES) * BLOCK_BYTES;
}

/** In v7, a directory is a file whose name ends in a slash. Newer files have another type flag, which decides, whatever the name. */
function endsInSlash({ name, prefix }: TarEntry): boolean {
	if (name.end > name.start) return name.bytes[name.end - 1] === SLASH;
	return prefix.end > prefix.start;
}

function firstNumber(first: number | null, second: number): number {
	return first === null || Number.isNaN(first) ? second : first;
}

/** An empty long name means the one in the header. */
function textOf(text: Uint8Array | null): Uint8Array | null {
	return text === null || text.length === 0 ? null : text;
}

function nameIn(block: Uint8Array, offset: number): string {
	return decodeName(untilNul(block.subarray(offset, offset + NAME_BYTES)));
}

function untilNul(bytes: Uint8Array): Uint8Array {
	const end = bytes.indexOf(0);
	return end === -1 ? bytes : bytes.subarray(0, end);
}
