import type { FilePart } from '../../../effects/file-requests.ts';

type Text = Pick<FilePart, 'text' | 'utf16Start'>;

const UNIT_BYTES = 2;

/** Where a place in the text of a part is in its bytes. */
export function placeInBytes({ text, utf16Start }: Text, offset: number): number {
	if (utf16Start === null) return offset;
	return utf16Start + UNIT_BYTES * decoded(text.subarray(0, offset)).length;
}

/** Where a place in the bytes of a part is in its text. */
export function placeInText({ text, utf16Start }: Text, offset: number): number {
	if (utf16Start === null) return offset;
	const units = Math.max(0, Math.floor((offset - utf16Start) / UNIT_BYTES));
	return Buffer.byteLength(decoded(text).slice(0, units));
}

function decoded(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
