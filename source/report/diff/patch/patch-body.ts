import type { Both } from '../../../diff/merge/merge-structure.ts';
import type { LineTable } from './line-table.ts';

/** What there is to show of two contents, of which one is empty where one image alone has the file. */
export type PatchBody =
	| { readonly kind: 'none' }
	| { readonly kind: 'text'; readonly tables: Both<LineTable> }
	| DescribedBody;

/** Of what is not compared line by line. */
export interface DescribedBody {
	readonly kind: 'described';
	/** Why text is not compared line by line; null for what is no text. */
	readonly reason: string | null;
	/** null where the image has no such file, or where they are not worked out. */
	readonly digests: Both<ContentDigests | null>;
	/** null where none was found, and where one image alone has the file. */
	readonly firstDifference: FirstDifference | null;
}

/** In hexadecimal. */
export interface ContentDigests {
	readonly sha256: string;
	/** What git calls a file with this content: the SHA-1 of a header and the content. */
	readonly blob: string;
}

export interface FirstDifference {
	/** Bytes from the start of both contents. */
	readonly offset: number;
	/** What each content has of the row with the offset: `ROW_BYTES` from a multiple of it on, fewer at the end. */
	readonly rows: Both<Uint8Array>;
}

/** As many bytes as a line of a hexadecimal dump has. */
export const ROW_BYTES = 16;

export const noBody: PatchBody = { kind: 'none' };
