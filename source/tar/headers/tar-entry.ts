import type { ExtendedAttributes } from '../attributes/extended-attributes.ts';
import type { ByteSpan } from '../header.ts';
import type { SparseMap } from '../sparse/sparse-map.ts';

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
	/** Null where there are none. */
	attributes: ExtendedAttributes | null;
}

/** What Go's archive/tar refuses in headers that can be read all the same. */
export type HeaderOddity = 'malformed-header' | 'malformed-extended-header';

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
